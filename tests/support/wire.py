"""What a test says to the broker itself, and asks it."""

from collections.abc import Mapping
from typing import Any, Self

import aio_pika
from aio_pika.abc import AbstractChannel, AbstractConnection, AbstractIncomingMessage

from contracts.envelope import Envelope
from contracts.message import Message
from services.chassis.clock import system_clock
from services.chassis.ids import new_id
from services.chassis.messaging import topology
from services.chassis.messaging.publishing import amqp_message


def enveloped(message: Message, source: str = "metering", correlation_id: str = "test-correlation") -> Envelope:
    """`message` as a service would send it now."""
    return Envelope.of(message, id=new_id(), source=source, time=system_clock(), correlation_id=correlation_id)


class Wire:
    """A connection of the test's own, as a user who may do everything; an async context manager."""

    def __init__(self, address: str) -> None:
        self.address = address
        self._connection: AbstractConnection
        self._channel: AbstractChannel

    async def __aenter__(self) -> Self:
        self._connection = await aio_pika.connect(self.address)
        self._channel = await self._connection.channel(on_return_raises=True)
        return self

    async def __aexit__(self, *_: object) -> None:
        await self._connection.close()

    async def event(self, envelope: Envelope) -> None:
        """Publish an event as a relay does."""
        await self.raw(topology.EVENTS, envelope.type, envelope.headers(), envelope.data)

    async def raw(
        self, exchange: str, routing_key: str, headers: Mapping[str, Any], body: bytes, **properties: Any
    ) -> None:
        """Publish anything; fails when nobody is bound to get it."""
        there = await self._channel.get_exchange(exchange, ensure=False)
        await there.publish(amqp_message(dict(headers), body, **properties), routing_key=routing_key)

    async def take(self, queue: str) -> AbstractIncomingMessage | None:
        """The next message of a queue, taken out of it."""
        return await (await self._channel.get_queue(queue, ensure=False)).get(fail=False, no_ack=True)

    async def waiting(self, queue: str) -> int:
        """How many messages of a queue wait to be delivered."""
        declared = await self._channel.declare_queue(queue, passive=True)
        return declared.declaration_result.message_count or 0

    async def queue(self, name: str, exchange: str) -> None:
        """A queue of the test's own, which gets what is sent to its name."""
        queue = await self._channel.declare_queue(name, exclusive=True)
        await queue.bind(exchange, name)

    async def bind(self, queue: str, exchange: str, routing_key: str) -> None:
        """Bind a queue that is there."""
        await (await self._channel.get_queue(queue, ensure=False)).bind(exchange, routing_key)
