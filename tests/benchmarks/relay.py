"""`relay`: outbox messages a second, beside a bare pipelined confirmed publish of the same messages."""

import asyncio
import time
from typing import Any

import aio_pika

from contracts.billing import InvoiceIssued
from contracts.envelope import Envelope
from services.chassis.clock import system_clock
from services.chassis.ids import new_id
from services.chassis.messaging import topology
from services.chassis.messaging.outbox import Relay
from services.chassis.messaging.publishing import ConfirmedChannel
from services.chassis.messaging.topology import Part
from services.chassis.storage.database import open_engine
from services.chassis.storage.transactions import write_outbox
from tests.benchmarks.measuring import Measurement, alternated
from tests.support.infrastructure import Servers
from tests.support.waiting import until

COUNT = 5_000
PIPELINE = 500
BAR = 0.9


def invoices(count: int) -> list[Envelope]:
    """As many events of the commonest kind, each about an invoice of its own."""
    example = InvoiceIssued.model_validate(InvoiceIssued.example)
    made = (example.model_copy(update={"invoice_id": new_id()}) for _ in range(count))
    return [
        Envelope.of(event, id=new_id(), source="billing", time=system_clock(), correlation_id=str(new_id()))
        for event in made
    ]


async def measure(servers: Servers, database: str) -> list[Measurement]:
    """Relay and bare publisher in turns, into the same quorum queue."""
    reader = Part("gateway", consumes=(InvoiceIssued.message_type,))
    address = servers.broker.plain([reader])
    events = invoices(COUNT)
    reference, value = await alternated(
        lambda: _purged(address, reader, _publish_bare(address, events)),
        lambda: _purged(address, reader, _relay(address, database, events)),
    )
    return [Measurement.rate("relay", value, reference, "messages/s", BAR)]


async def _purged(address: str, reader: Part, measured: Any) -> float:
    rate: float = await measured
    async with await aio_pika.connect(address) as connection, connection.channel() as channel:
        queue = await channel.get_queue(topology.events_queue(reader.name), ensure=False)
        purged = await queue.purge()
        assert purged.message_count == COUNT, f"{purged.message_count} of {COUNT} arrived"
    return rate


async def _publish_bare(address: str, events: list[Envelope]) -> float:
    async with await aio_pika.connect(address) as connection:
        channel = await connection.channel(publisher_confirms=True, on_return_raises=True)
        exchange = await channel.get_exchange(topology.EVENTS)
        began = time.perf_counter()
        for start in range(0, len(events), PIPELINE):
            await asyncio.gather(
                *(
                    exchange.publish(
                        aio_pika.Message(
                            e.data, headers=dict(e.headers()), delivery_mode=aio_pika.DeliveryMode.PERSISTENT
                        ),
                        routing_key=e.type,
                    )
                    for e in events[start : start + PIPELINE]
                )
            )
        return len(events) / (time.perf_counter() - began)


async def _relay(address: str, database: str, events: list[Envelope]) -> float:
    engine = open_engine(database, application_name="bench")
    channel = ConfirmedChannel(address)
    relay = Relay(database, channel)
    async with engine.begin() as connection:
        await write_outbox(connection, events)
    async with engine.connect() as connection:

        async def empty() -> bool:
            count = await connection.exec_driver_sql("SELECT NOT EXISTS (SELECT FROM outbox)")
            return bool(count.scalar())

        await channel.exchange(topology.EVENTS)  # both have their connection before the clock runs
        began = time.perf_counter()
        task = asyncio.create_task(relay.run())
        await until(empty, 60, "the outbox is empty")
        rate = len(events) / (time.perf_counter() - began)
    task.cancel()
    await asyncio.gather(task, return_exceptions=True)
    await channel.close()
    await engine.dispose()
    return rate
