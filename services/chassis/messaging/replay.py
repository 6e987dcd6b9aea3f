"""Telling a service's present state again, for read models that are built anew."""

import asyncio
from collections.abc import AsyncIterator, Callable, Iterable
from functools import partial

from aio_pika.abc import AbstractExchange
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from contracts.envelope import Envelope
from contracts.message import Event
from services.chassis.clock import Clock
from services.chassis.ids import new_id
from services.chassis.messaging import topology
from services.chassis.messaging.publishing import ConfirmedChannel, amqp_message

History = Callable[[AsyncConnection], AsyncIterator[Event]]
"""Tells present state as events, each with the version that it was told with last."""

PIPELINE = 500


async def replay(
    histories: Iterable[History],
    *,
    source: str,
    engine: AsyncEngine,
    amqp_url: str,
    clock: Clock,
    told: Callable[[int], None] = lambda _count: None,
) -> int:
    """Publish what the `histories` of service `source` tell to `ebok.replay`; returns how many events.

    Read models alone are bound to it. All histories are read from one snapshot of the database. Running it twice, or
    beside the service, does no harm: a projection ignores what is not newer than what it has. `told` hears the count
    as it grows.
    """
    channel = ConfirmedChannel(amqp_url)
    count = 0
    try:
        async with engine.connect() as plain:
            connection = await plain.execution_options(isolation_level="REPEATABLE READ")
            # It stands still while the broker takes nothing, holding no lock against anybody.
            await connection.execute(text("SET LOCAL idle_in_transaction_session_timeout = 0"))
            exchange = await channel.exchange(topology.REPLAY)
            publish = partial(_publish, exchange, source, clock, f"replay-{new_id()}")
            for history in histories:
                batch: list[Event] = []
                async for event in history(connection):
                    batch.append(event)
                    if len(batch) == PIPELINE:
                        count += await publish(batch)
                        told(count)
                        batch = []
                count += await publish(batch)
                told(count)
    finally:
        await channel.close()
    return count


async def _publish(
    exchange: AbstractExchange, source: str, clock: Clock, correlation_id: str, events: list[Event]
) -> int:
    now = clock()
    envelopes = [
        Envelope.of(event, id=new_id(), source=source, time=now, correlation_id=correlation_id) for event in events
    ]
    await asyncio.gather(
        *(
            # Not mandatory: a history also tells what no read model shows.
            exchange.publish(amqp_message(e.headers(), e.data), routing_key=e.type, mandatory=False)
            for e in envelopes
        )
    )
    return len(envelopes)
