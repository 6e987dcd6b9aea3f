"""`event`: from the queue to the gateway's read model, beside a bare consumer that copies the same rows by 500."""

import asyncio
import itertools
import json
import statistics
import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

import aio_pika
import asyncpg
import psutil
from sqlalchemy.ext.asyncio import AsyncEngine

from contracts.envelope import Envelope
from gateway.read_model.scope import EVERYTHING
from services.chassis.messaging.outbox import Relay
from services.chassis.messaging.publishing import ConfirmedChannel, amqp_message
from services.chassis.storage.database import open_engine
from services.chassis.storage.transactions import write_outbox
from tests.benchmarks.measuring import Measurement, alternated
from tests.benchmarks.relay import invoices
from tests.support.infrastructure import Servers
from tests.support.processes import OfficeProcesses
from tests.support.waiting import until

COUNT = 6_000
SAMPLES = 300
BATCH = 500
BAR = 0.5
P99_BAR_MS = 20.0

_BARE_QUEUE = "bench.bare"
_BARE_TABLE = "bare_invoice"
_TO_COLUMN: dict[str, Callable[[Any], object]] = {
    **dict.fromkeys(("invoice_id", "party_id", "reading_id"), UUID),
    **dict.fromkeys(("issued_on", "due_on", "period_from", "period_to"), date.fromisoformat),
    **dict.fromkeys(("net", "vat", "gross"), Decimal),
    **dict.fromkeys(("number", "kind", "agreement_number", "service_point", "description"), str),
    **dict.fromkeys(("items", "buyer"), json.dumps),
    "version": int,
}
"""The read model's columns of an invoice, each with what makes its value from the event's JSON."""


async def measure(servers: Servers) -> list[Measurement]:
    """Throughput of both in turns, from a full queue; then how long one event takes from its outbox on, all being idle.

    The gateway is a process of its own, as in production; the publishing service's relay runs in this one.
    """
    with OfficeProcesses(servers, "demo", ["gateway"]) as office:
        admin = office.broker.admin
        gateway = await asyncpg.connect(office.databases["gateway"], server_settings=EVERYTHING)
        bare = await asyncpg.connect(servers.database.migrated("gateway"), server_settings=EVERYTHING)
        await bare.execute(f"CREATE TABLE {_BARE_TABLE} (LIKE invoice INCLUDING ALL)")  # COPY wants no policies
        async with _outbox(servers.database.migrated("services.identity"), admin) as outbox:
            reference, value = await alternated(
                lambda: _copy_bare(admin, bare, invoices(COUNT)),
                lambda: outbox.project(psutil.Process(office.pid("gateway")), gateway, invoices(COUNT)),
            )
            latencies = [await outbox.project_one(gateway) for _ in range(SAMPLES)]
        await gateway.close()
        await bare.close()
    return [
        Measurement.rate("event", value, reference, "events/s", BAR),
        Measurement("event p50", statistics.median(latencies), "ms"),
        Measurement.cost("event p99", statistics.quantiles(latencies, n=100)[98], P99_BAR_MS, "ms"),
    ]


async def _copy_bare(address: str, database: asyncpg.Connection, events: Sequence[Envelope]) -> float:
    """Events a second of a loop: take a batch of messages, copy their rows, acknowledge all at once."""
    async with await aio_pika.connect(address) as connection, connection.channel() as channel:
        queue = await channel.declare_queue(_BARE_QUEUE, durable=True, arguments={"x-queue-type": "quorum"})
        await asyncio.gather(
            *(channel.default_exchange.publish(amqp_message(e.headers(), e.data), _BARE_QUEUE) for e in events)
        )
        await channel.set_qos(prefetch_count=2 * BATCH)
        rows, began = [], time.perf_counter()
        async with queue.iterator() as messages:
            for count in itertools.count(1):
                message = await anext(messages)
                body: dict[str, Any] = json.loads(message.body)
                rows.append([make(body[name]) for name, make in _TO_COLUMN.items()])
                if len(rows) == BATCH or count == len(events):
                    await database.copy_records_to_table(_BARE_TABLE, records=rows, columns=list(_TO_COLUMN))
                    await message.ack(multiple=True)
                    rows = []
                if count == len(events):
                    break
        return len(events) / (time.perf_counter() - began)


class _Outbox:
    """A publishing service: its database and its relay."""

    def __init__(self, engine: AsyncEngine, relay: Relay) -> None:
        self._engine = engine
        self._relay = relay

    async def project(self, process: psutil.Process, gateway: asyncpg.Connection, events: Sequence[Envelope]) -> float:
        """Events a second into the read model's rows, of events that wait in the queue of the gateway's `process`."""
        before = await gateway.fetchval("SELECT count(*) FROM invoice")
        process.suspend()
        await self._emit(events)
        await until(self._is_empty, 120, "all events relayed")
        process.resume()
        began = time.perf_counter()

        async def all_there() -> bool:
            return bool(await gateway.fetchval("SELECT count(*) FROM invoice") == before + len(events))

        await until(all_there, 120, "all events projected")
        return len(events) / (time.perf_counter() - began)

    async def project_one(self, gateway: asyncpg.Connection) -> float:
        """Milliseconds from the commit of one outbox row to the row in the read model."""
        (event,) = invoices(1)
        await self._emit([event])
        began = time.perf_counter()
        while not await gateway.fetchval("SELECT true FROM invoice WHERE invoice_id = $1", UUID(event.subject)):
            assert time.perf_counter() - began < 10
        return (time.perf_counter() - began) * 1000

    async def _is_empty(self) -> bool:
        async with self._engine.connect() as connection:
            return not (await connection.exec_driver_sql("SELECT EXISTS (SELECT FROM outbox)")).scalar_one()

    async def _emit(self, events: Sequence[Envelope]) -> None:
        async with self._engine.begin() as connection:
            await write_outbox(connection, events)
        self._relay.wake()


@asynccontextmanager
async def _outbox(database: str, address: str) -> AsyncIterator[_Outbox]:
    engine = open_engine(database, application_name="bench")
    channel = ConfirmedChannel(address)
    relay = Relay(database, channel)
    task = asyncio.create_task(relay.run())
    try:
        yield _Outbox(engine, relay)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)
        await channel.close()
        await engine.dispose()
