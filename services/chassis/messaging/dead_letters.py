"""Events that a service has given up: looking at them, trying them again, dropping them."""

import hashlib
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any, Self

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractConnection, AbstractIncomingMessage
from pydantic import BaseModel

from contracts.envelope import PREFIX
from contracts.message import type_registry
from services.chassis.messaging import topology
from services.chassis.messaging.failing import ATTEMPT, PARKED_AT, REASON, own_headers
from services.chassis.messaging.frames import UNREADABLE
from services.chassis.messaging.publishing import amqp_message

MASK = "•••"

ACKNOWLEDGED_AT_ONCE = 16
"""A quorum queue's client in the broker (3.10) holds back what is more than 32 commands ahead of the queue, and forgets
them when its channel closes: what was acknowledged would stay parked."""


@dataclass(frozen=True)
class DeadLetter:
    """A parked event of one service."""

    service: str
    headers: dict[str, Any]
    body: bytes

    @property
    def id(self) -> str:
        """The event's id; for a message that has none, a digest of what it is."""
        return str(self.headers.get(PREFIX + "id") or hashlib.sha256(self.body).hexdigest()[:12])

    @property
    def type(self) -> str:
        """What the message calls itself."""
        return str(self.headers.get(PREFIX + "type", ""))

    @property
    def reason(self) -> str:
        """Why it was given up."""
        if REASON in self.headers:
            return str(self.headers[REASON])
        if UNREADABLE in self.headers:
            return f"its AMQP properties cannot be read: {self.headers[UNREADABLE]}"
        deaths = self.headers.get("x-death")
        why = deaths[0].get("reason") if isinstance(deaths, list) and deaths and isinstance(deaths[0], dict) else ""
        if why == "delivery_limit":
            return "parked by the broker: delivered again and again, and each time the process or its connection ended"
        return f"parked by the broker: {why or 'unknown'}"

    @property
    def parked_at(self) -> str:
        """When, in UTC; empty for what the broker parked."""
        return str(self.headers.get(PARKED_AT, ""))

    def shown(self) -> dict[str, Any]:
        """Headers and body for a person's eyes: what a contract marks `x-secret` is masked."""
        return {"headers": {k: v for k, v in self.headers.items() if k != "x-death"}, "body": self._masked_body()}

    def _masked_body(self) -> object:
        try:
            return _masked(json.loads(self.body), _secret_fields())
        except ValueError:
            model = type_registry.get(self.type)
            if model is not None and _secrets_of(model):
                return f"{len(self.body)} bytes that are no JSON, not shown because {self.type} carries a secret"
            return self.body[:2000].decode("utf-8", "backslashreplace")


class DeadLetters:
    """The parked events of one service, reached as its own user; an async context manager.

    Two of them at once do no harm: what the one holds, the other does not see.
    """

    def __init__(self, service: str, amqp_url: str) -> None:
        self._service = service
        self._url = amqp_url
        self._connection: AbstractConnection

    async def __aenter__(self) -> Self:
        self._connection = await aio_pika.connect(self._url, timeout=5)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._connection.close()

    async def all(self) -> list[DeadLetter]:
        """All of them, the oldest first; they stay where they are."""
        found: list[DeadLetter] = []

        async def look(letter: DeadLetter, _message: AbstractIncomingMessage, _channel: AbstractChannel) -> None:
            found.append(letter)

        await self._each(look)
        return found

    async def retry(self, wanted: Callable[[DeadLetter], bool]) -> int:
        """Give those that are `wanted` to the service again, with all their tries before them; how many."""
        count = 0

        async def again(letter: DeadLetter, message: AbstractIncomingMessage, channel: AbstractChannel) -> None:
            nonlocal count
            if wanted(letter):
                exchange = await channel.get_exchange(topology.retry_exchange(self._service), ensure=False)
                headers = own_headers(letter.headers)
                fresh = {k: v for k, v in headers.items() if k not in {ATTEMPT, REASON, PARKED_AT}}
                await exchange.publish(amqp_message(fresh, letter.body), routing_key=topology.AGAIN, mandatory=True)
                await message.ack()
                count += 1

        await self._each(again)
        return count

    async def drop(self, wanted: Callable[[DeadLetter], bool]) -> int:
        """Delete those that are `wanted`; how many."""
        count = 0

        async def away(letter: DeadLetter, message: AbstractIncomingMessage, _channel: AbstractChannel) -> None:
            nonlocal count
            if wanted(letter):
                await message.ack()
                count += 1

        await self._each(away)
        return count

    async def _each(
        self, act: Callable[[DeadLetter, AbstractIncomingMessage, AbstractChannel], Awaitable[None]]
    ) -> None:
        """Take every message in hand once; closing the channel puts back what was not acknowledged."""
        async with self._connection.channel(publisher_confirms=True, on_return_raises=True) as channel:
            queue = await channel.get_queue(topology.parked_queue(self._service), ensure=False)
            taken = []
            while (message := await queue.get(fail=False)) is not None:
                taken.append(message)
            # Only now, so that an event which is parked again at once is not taken a second time.
            for start in range(0, len(taken), ACKNOWLEDGED_AT_ONCE):
                for message in taken[start : start + ACKNOWLEDGED_AT_ONCE]:
                    await act(DeadLetter(self._service, dict(message.headers), message.body), message, channel)
                await queue.get(fail=False)  # answered when the queue has carried out what came before


def _secret_fields() -> set[str]:
    """Names of the fields that any contract marks as secret: masked wherever they stand."""
    return {name for model in type_registry.values() for name in _secrets_of(model)}


def _secrets_of(model: type[BaseModel]) -> set[str]:
    found = set()
    for name, field in model.model_fields.items():
        extra = field.json_schema_extra
        if isinstance(extra, dict) and extra.get("x-secret"):
            found.add(name)
    return found


def _masked(value: object, secret: set[str]) -> object:
    if isinstance(value, dict):
        return {name: MASK if name in secret else _masked(inner, secret) for name, inner in value.items()}
    if isinstance(value, list):
        return [_masked(inner, secret) for inner in value]
    return value
