"""Telling a service's present state again, for read models that are built anew."""

import asyncio
from collections.abc import Callable

from aio_pika.abc import AbstractExchange

from contracts.envelope import Envelope
from contracts.message import Event
from services.chassis.ids import new_id
from services.chassis.messaging import topology
from services.chassis.messaging.publishing import ConfirmedChannel, amqp_message
from services.chassis.service import Service

PIPELINE = 500


async def replay(service: Service, told: Callable[[int], None] = lambda _count: None) -> int:
    """Publish what the histories of `service` tell to `ebok.replay`, which read models alone are bound to; how many.

    All histories are read from one snapshot of the database. Running it twice, or beside the service, does no harm:
    a projection ignores what is not newer than what it has. `told` hears the count as it grows.
    """
    channel = ConfirmedChannel(service.settings.amqp_url)
    correlation_id = f"replay-{new_id()}"
    count = 0
    try:
        async with service.engine.connect() as plain:
            connection = await plain.execution_options(isolation_level="REPEATABLE READ")
            exchange = await channel.exchange(topology.REPLAY)
            for history in service.histories:
                batch: list[Event] = []
                async for event in history(connection):
                    batch.append(event)
                    if len(batch) == PIPELINE:
                        count += await _publish(exchange, service, batch, correlation_id)
                        told(count)
                        batch = []
                count += await _publish(exchange, service, batch, correlation_id)
                told(count)
    finally:
        await channel.close()
    return count


async def _publish(exchange: AbstractExchange, service: Service, events: list[Event], correlation_id: str) -> int:
    now = service.clock()
    envelopes = [
        Envelope.of(event, id=new_id(), source=service.name, time=now, correlation_id=correlation_id)
        for event in events
    ]
    await asyncio.gather(
        *(
            # Not mandatory: a history also tells what no read model shows.
            exchange.publish(amqp_message(e.headers(), e.data), routing_key=e.type, mandatory=False)
            for e in envelopes
        )
    )
    return len(envelopes)
