"""What a test says to the broker itself, and asks it."""

import struct
from collections.abc import Mapping
from typing import Any, Self

import aio_pika
import aiormq
from aio_pika.abc import AbstractChannel, AbstractConnection, AbstractIncomingMessage
from aiormq.abc import ChannelFrame
from pamqp.commands import Basic
from pamqp.constants import FRAME_BODY, FRAME_END, FRAME_HEADER, FRAME_METHOD

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

    async def bytes(self, exchange: str, routing_key: bytes, properties: bytes, body: bytes) -> None:
        """Publish with a routing key and properties (flags and values) as they are, which no library would send."""
        channel = await (await self._connection.channel(publisher_confirms=False)).get_underlay_channel()
        publish = struct.pack(">HHH", 60, 40, 0) + short(exchange.encode()) + short(routing_key) + b"\0"
        header = struct.pack(">HHQ", 60, 0, len(body)) + properties
        for kind, payload in ((FRAME_METHOD, publish), (FRAME_HEADER, header), (FRAME_BODY, body)):
            frame = struct.pack(">BHI", kind, channel.number, len(payload)) + payload + bytes([FRAME_END])
            assert isinstance(channel, aiormq.Channel)
            await channel.write_queue.put(ChannelFrame(frame, should_close=False))
        await channel.basic_qos(prefetch_count=1)  # answered after all that was sent before it
        await channel.close()

    async def take(self, queue: str) -> AbstractIncomingMessage | None:
        """The next message of a queue, taken out of it."""
        return await (await self._channel.get_queue(queue, ensure=False)).get(fail=False, no_ack=True)

    async def waiting(self, queue: str) -> int:
        """How many messages of a queue wait to be delivered."""
        declared = await self._channel.declare_queue(queue, passive=True)
        return declared.declaration_result.message_count or 0

    async def delete(self, queue: str) -> None:
        """Delete a queue with all that is in it, as an administrator may."""
        await self._channel.queue_delete(queue)

    async def delete_exchange(self, exchange: str) -> None:
        """Delete an exchange with its bindings, as an administrator may."""
        await self._channel.exchange_delete(exchange)

    async def queue(self, name: str, exchange: str) -> None:
        """A queue of the test's own, which gets what is sent to its name."""
        queue = await self._channel.declare_queue(name, exclusive=True)
        await queue.bind(exchange, name)

    async def bind(self, queue: str, exchange: str, routing_key: str) -> None:
        """Bind a queue that is there."""
        await (await self._channel.get_queue(queue, ensure=False)).bind(exchange, routing_key)


def short(text: bytes) -> bytes:
    """A short string of AMQP."""
    return bytes([len(text)]) + text


def table(entries: Mapping[bytes, bytes]) -> bytes:
    """A table of AMQP from names and values, each value with the letter of its type."""
    inner = b"".join(short(name) + value for name, value in entries.items())
    return struct.pack(">I", len(inner)) + inner


def text(value: str) -> bytes:
    """A long string as a value in a table."""
    return b"S" + struct.pack(">I", len(value.encode())) + value.encode()


def properties(headers: Mapping[str, Any], *, odd: Mapping[bytes, bytes] | None = None, **more: bytes) -> bytes:
    """A message with `headers` (texts and numbers), with `odd` ones as they are, and `more` properties by name."""
    numbers = {name: b"l" + struct.pack(">q", value) for name, value in headers.items() if isinstance(value, int)}
    texts = {name: text(value) for name, value in headers.items() if isinstance(value, str)}
    entries = {name.encode(): value for name, value in (texts | numbers).items()} | dict(odd or {})
    values = {"headers": table(entries)} | more
    present = [name for name in Basic.Properties.attributes() if name in values]
    flags = sum(Basic.Properties.flags[name] for name in present)
    return struct.pack(">H", flags) + b"".join(values[name] for name in present)
