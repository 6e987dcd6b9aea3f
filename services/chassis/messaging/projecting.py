"""Projecting events into a read model: as many in one transaction as have arrived meanwhile.

A projection is an upsert that ignores an older `version`, so events may come twice and in any order: no inbox.
"""

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import structlog
from aio_pika.abc import AbstractIncomingMessage
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from contracts.envelope import Envelope
from contracts.message import Event
from services.chassis.clock import Clock
from services.chassis.errors import told
from services.chassis.messaging.consuming import StillAway, once_there, read_or_moved
from services.chassis.messaging.failing import FailedEvents
from services.chassis.storage.database import is_away

log = structlog.get_logger()

Projection = Callable[[Sequence[Any], AsyncConnection], Awaitable[None]]
"""Applies the events that it is named for, in order of arrival, in the present transaction.

Projections run in the order in which the service names them, so that two processes take locks in one order.
"""

Alongside = Callable[[Sequence[Envelope], AsyncConnection], Awaitable[None]]
"""Runs in the transaction of a batch that came from the broker, after its projections."""


@dataclass(frozen=True, slots=True)
class _Arrival:
    delivery: AbstractIncomingMessage
    envelope: Envelope
    event: Event


class Projector:
    """Writes what a batch of deliveries tells in one transaction."""

    def __init__(
        self,
        projections: Mapping[type[Event], Projection],
        engine: AsyncEngine,
        failed: FailedEvents,
        clock: Clock,
        alongside: Sequence[Alongside],
    ) -> None:
        self._projections = projections
        self._engine = engine
        self._failed = failed
        self._clock = clock
        self._alongside = alongside

    async def receive(self, deliveries: Sequence[AbstractIncomingMessage]) -> None:
        """Store what `deliveries` tell; one that cannot be read or written takes no other with it."""
        read = [
            _Arrival(delivery, *found)
            for delivery in deliveries
            if (found := await read_or_moved(delivery, self._projections, self._failed, self._clock))
        ]
        if read:
            await self._write(read)

    async def apply(self, events: Sequence[Event]) -> None:
        """Apply events that came with a reply, in one transaction, before the page is shown.

        Tried twice: after a restart of the database the pool learns from the first fault that its connections ended,
        and what was carried out must not read as if it had failed.
        """
        try:
            await self._apply(events)
        except Exception as error:
            if not is_away(error):
                raise
            await self._apply(events)

    async def _apply(self, events: Sequence[Event]) -> None:
        async with self._engine.begin() as connection:
            await self._project(events, connection)

    async def _write(self, batch: Sequence[_Arrival]) -> None:
        try:
            await self._persist(batch)
        except StillAway:
            await self._let_wait(batch)
        except Exception as error:
            log.warning("projection.batch_split", size=len(batch), error=type(error).__name__)
            await self._write_each(batch)

    async def _write_each(self, batch: Sequence[_Arrival]) -> None:
        """Write one after the other: the one at fault is found, and takes no other with it."""
        for place, arrival in enumerate(batch):
            try:
                await self._persist([arrival])
            except StillAway:  # none of the others waits as long once more
                await self._let_wait(batch[place:])
                return
            except Exception as error:
                log.exception("projection.failed", type=arrival.envelope.type, message_id=str(arrival.envelope.id))
                delivery = arrival.delivery
                await self._failed.retry_later(delivery.headers, delivery.body, told(error), self._clock())

    async def _let_wait(self, arrivals: Sequence[_Arrival]) -> None:
        for arrival in arrivals:
            await self._failed.wait(arrival.delivery.headers, arrival.delivery.body)

    async def _project(self, events: Sequence[Event], connection: AsyncConnection) -> None:
        for projection in dict.fromkeys(self._projections.values()):
            own = [event for event in events if self._projections.get(type(event)) is projection]
            if own:
                await projection(own, connection)

    async def _persist(self, batch: Sequence[_Arrival]) -> None:
        envelopes = [arrival.envelope for arrival in batch]

        async def carry_out() -> None:
            async with self._engine.begin() as connection:
                await self._project([arrival.event for arrival in batch], connection)
                for step in self._alongside:
                    await step(envelopes, connection)

        await once_there(carry_out, *envelopes)
