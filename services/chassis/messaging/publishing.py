"""Publishing with the broker's word for every message."""

import asyncio
from collections.abc import Mapping
from typing import Any

import aio_pika
from aio_pika import DeliveryMode
from aio_pika.abc import AbstractChannel, AbstractConnection, AbstractExchange
from aio_pika.exceptions import CONNECTION_EXCEPTIONS, ChannelNotFoundEntity
from pamqp.commands import Basic

from contracts.envelope import MEDIA_TYPE, PREFIX
from services.chassis.messaging import topology

BROKER_FAULTS: tuple[type[BaseException], ...] = (*CONNECTION_EXCEPTIONS, TimeoutError)
"""What publishing raises while the broker is away or refuses the message."""


SHORT = 255
"""Bytes of a property of AMQP that is a text."""


def amqp_message(headers: dict[str, Any], body: bytes, **properties: Any) -> aio_pika.Message:
    """A persistent AMQP message with CloudEvents `headers`; `properties` may override what is set here."""
    settled = _settled(headers)
    settled["type"] = settled.pop("message_type")
    return aio_pika.Message(body, headers=headers, **(settled | properties))


def amqp_properties(headers: dict[str, Any]) -> Basic.Properties:
    """What `amqp_message` sets, for publishing on aiormq's channel, as the relay does with many."""
    return Basic.Properties(headers=headers, **_settled(headers))


def _settled(headers: Mapping[str, Any]) -> dict[str, Any]:
    return {
        "content_type": MEDIA_TYPE,
        "delivery_mode": DeliveryMode.PERSISTENT.value,
        "message_id": _short(headers.get(PREFIX + "id", "")),
        "correlation_id": _short(headers.get(PREFIX + "correlationid", "")),
        "message_type": _short(headers.get(PREFIX + "type", "")),
    }


def _short(value: object) -> str:
    """As much of a header as AMQP's short texts hold: bytes, not letters. The header itself travels whole."""
    text = str(value)
    if len(text) * 4 <= SHORT:  # as nearly always: no letter has more than four bytes
        return text
    return text.encode(errors="replace")[:SHORT].decode(errors="ignore")


class ConfirmedChannel:
    """A connection of its own for publishing: confirms on, and an unroutable message is an error, never silence.

    It reconnects when it is next asked for an exchange; the callers decide how long to wait.
    """

    def __init__(self, amqp_url: str) -> None:
        self._url = amqp_url
        self._connection: AbstractConnection | None = None
        self._channel: AbstractChannel | None = None
        self._exchanges: dict[str, AbstractExchange] = {}
        self._lock = asyncio.Lock()

    async def channel(self) -> AbstractChannel:
        """The channel, open. Raises one of `BROKER_FAULTS` while the broker is away."""
        async with self._lock:
            return await self._opened()

    async def exchange(self, name: str) -> AbstractExchange:
        """The exchange `name` on an open channel. Raises one of `BROKER_FAULTS` while the broker is away."""
        async with self._lock:
            channel = await self._opened()
            if name not in self._exchanges:
                self._exchanges[name] = await channel.get_exchange(name, ensure=False)
            return self._exchanges[name]

    async def probe(self, service: str) -> None:
        """Return when the broker has confirmed a message that nobody reads. Raises one of `BROKER_FAULTS`."""
        exchange = await self.exchange(topology.EVENTS)
        message = aio_pika.Message(b"", delivery_mode=DeliveryMode.NOT_PERSISTENT)
        await exchange.publish(message, routing_key=f"{service}.probe", mandatory=False)

    async def readers_of(self, queue: str) -> int | None:
        """How many read `queue`; None when there is no such queue. Raises one of `BROKER_FAULTS`."""
        await self.exchange(topology.EVENTS)
        if self._connection is None:
            return None
        channel = await self._connection.channel()
        try:
            found = await channel.declare_queue(queue, passive=True)
        except ChannelNotFoundEntity:  # which ends the channel too
            return None
        await channel.close()
        return found.declaration_result.consumer_count

    async def close(self) -> None:
        """Close the connection; the next `exchange` opens it again."""
        async with self._lock:
            await self._close()

    async def _opened(self) -> AbstractChannel:
        if self._channel is None or self._channel.is_closed:
            return await self._open()
        return self._channel

    async def _open(self) -> AbstractChannel:
        await self._close()
        self._connection = await aio_pika.connect(self._url, timeout=5)
        self._channel = await self._connection.channel(publisher_confirms=True, on_return_raises=True)
        return self._channel

    async def _close(self) -> None:
        self._exchanges.clear()
        self._channel = None
        if self._connection is not None:
            connection, self._connection = self._connection, None
            await connection.close()
