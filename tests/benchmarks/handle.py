"""`handle`: events through inbox, handler and outbox to the broker, beside a bare loop of inserts and publishing."""

import asyncio
import secrets
import time
from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager
from typing import Any

import aio_pika
import asyncpg

from contracts.billing import InvoiceIssued
from contracts.metering import ReadingAccepted
from services.chassis.ids import new_id
from services.chassis.messaging import topology
from services.chassis.messaging.publishing import amqp_message
from services.chassis.messaging.topology import Part
from services.chassis.process import CONNECTIONS, EVENTS_AT_ONCE, Process
from services.chassis.service import Service
from services.chassis.settings import Settings
from services.chassis.storage.unit_of_work import UnitOfWork
from tests.benchmarks.measuring import Measurement, alternated
from tests.support.infrastructure import Servers
from tests.support.profiles import a_profile
from tests.support.toy import PACKAGE, note
from tests.support.wire import enveloped

COUNT = 2_000
BAR = 0.5

_HANDLER = Part("billing", consumes=(ReadingAccepted.message_type,))
_READER = Part("gateway", consumes=(InvoiceIssued.message_type,))


async def measure(servers: Servers) -> list[Measurement]:
    """Events a second of both in turns: each notes an event and its effect, and tells of it, in one transaction."""
    address = servers.broker.plain([_HANDLER, _READER])
    bare, ours = servers.database.migrated(PACKAGE), servers.database.migrated(PACKAGE)
    reference, value = await alternated(
        lambda: _rate(address, lambda: _bare(address, bare)), lambda: _rate(address, lambda: _process(address, ours))
    )
    return [Measurement.rate("handle", value, reference, "events/s", BAR)]


async def _rate(address: str, handling: Callable[[], Any]) -> float:
    """How many a second come out of what handles them, from the first to the last."""
    times: list[float] = []
    all_told = asyncio.Event()

    async def told(_: aio_pika.abc.AbstractIncomingMessage) -> None:
        times.append(time.perf_counter())
        if len(times) == COUNT:
            all_told.set()

    async with await aio_pika.connect(address) as connection, connection.channel() as channel:
        events = await channel.get_exchange(topology.EVENTS, ensure=False)
        envelopes = [enveloped(_reading()) for _ in range(COUNT)]
        await asyncio.gather(*(events.publish(amqp_message(e.headers(), e.data), e.type) for e in envelopes))
        reader = await channel.get_queue(topology.events_queue(_READER.name), ensure=False)
        await reader.consume(told, no_ack=True)
        async with handling(), asyncio.timeout(120):
            await all_told.wait()
    return (COUNT - 1) / (times[-1] - times[0])


def _reading() -> ReadingAccepted:
    return ReadingAccepted.model_validate(ReadingAccepted.example | {"reading_id": new_id()})


def _effect() -> InvoiceIssued:
    return InvoiceIssued.model_validate(InvoiceIssued.example | {"invoice_id": new_id()})


@asynccontextmanager
async def _process(address: str, database: str) -> AsyncIterator[None]:
    async def bill(event: ReadingAccepted, work: UnitOfWork) -> None:
        await note(work, event.reading_id)
        work.emit(_effect())

    settings = Settings(amqp_url=address, database_url=database, secret=secrets.token_hex(16))
    service = Service(_HANDLER.name, settings, a_profile(), migrations=PACKAGE)
    service.event_handlers[ReadingAccepted] = bill
    async with Process(service) as process:
        await process.start()
        yield


@asynccontextmanager
async def _bare(address: str, database: str) -> AsyncIterator[None]:
    """As many events at once, and as many connections."""
    async with (
        asyncpg.create_pool(database, min_size=CONNECTIONS, max_size=CONNECTIONS) as pool,
        await aio_pika.connect(address) as connection,
        connection.channel() as publishing,
        connection.channel() as consuming,
    ):
        events = await publishing.get_exchange(topology.EVENTS, ensure=False)
        in_hand: set[asyncio.Task[None] | None] = set()

        async def handle(message: aio_pika.abc.AbstractIncomingMessage) -> None:
            in_hand.add(asyncio.current_task())
            reading = ReadingAccepted.model_validate_json(message.body)
            effect = enveloped(_effect(), "billing")
            async with pool.acquire() as database, database.transaction():
                await database.execute("INSERT INTO inbox (message_id) VALUES ($1)", new_id())
                await database.execute("INSERT INTO noted (thing_id, text) VALUES ($1, '')", reading.reading_id)
                await events.publish(amqp_message(effect.headers(), effect.data), effect.type)
            await message.ack()
            in_hand.remove(asyncio.current_task())

        await consuming.set_qos(prefetch_count=EVENTS_AT_ONCE)
        queue = await consuming.get_queue(topology.events_queue(_HANDLER.name), ensure=False)
        tag = await queue.consume(handle)
        yield
        await queue.cancel(tag)
        await asyncio.gather(*(task for task in in_hand if task))
