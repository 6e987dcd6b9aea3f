"""The edge where transactions begin and end."""

import time
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager

from sqlalchemy import insert
from sqlalchemy.exc import DBAPIError
from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from contracts.envelope import Envelope
from services.chassis.clock import Clock
from services.chassis.profile.profile import Profile
from services.chassis.settings import Settings
from services.chassis.storage.database import is_full
from services.chassis.storage.tables import outbox
from services.chassis.storage.unit_of_work import UnitOfWork

_ADD = insert(outbox)


class Transactions:
    """Opens units of work on one service's database and commits each with the events that it emitted."""

    def __init__(
        self,
        engine: AsyncEngine,
        *,
        source: str,
        settings: Settings,
        profile: Profile,
        clock: Clock,
        committed: Callable[[], None],
    ) -> None:
        self.engine = engine
        self.clock = clock
        self._source = source
        self._settings = settings
        self._profile = profile
        self._committed = committed
        self.full_at: float | None = None
        """When the database last had no room, in seconds of a steady clock."""

    @asynccontextmanager
    async def begin(self, correlation_id: str, causation_id: str = "") -> AsyncIterator[UnitOfWork]:
        """A unit of work: committed at the end of the block, rolled back when the block raises."""
        try:
            async with self._begun(correlation_id, causation_id) as work:
                yield work
        except DBAPIError as error:
            if is_full(error):
                self.full_at = time.monotonic()
            raise
        if work.emitted:
            self._committed()

    @asynccontextmanager
    async def _begun(self, correlation_id: str, causation_id: str) -> AsyncIterator[UnitOfWork]:
        async with self.engine.begin() as connection:
            work = UnitOfWork(
                connection,
                source=self._source,
                settings=self._settings,
                profile=self._profile,
                now=self.clock(),
                correlation_id=correlation_id,
                causation_id=causation_id,
            )
            yield work
            await write_outbox(connection, work.emitted)


async def write_outbox(connection: AsyncConnection, envelopes: Sequence[Envelope]) -> None:
    """Add what was emitted to the outbox, in the transaction of its change; the relay publishes it afterwards."""
    if envelopes:
        rows = [{"message_type": e.type, "headers": e.headers(), "body": e.data} for e in envelopes]
        await connection.execute(_ADD, rows)
