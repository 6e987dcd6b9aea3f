"""The edge where transactions begin and end."""

from collections.abc import AsyncIterator, Callable
from contextlib import asynccontextmanager

from sqlalchemy.ext.asyncio import AsyncEngine

from services.chassis.clock import Clock
from services.chassis.messaging import outbox
from services.chassis.profile import Profile
from services.chassis.settings import Settings
from services.chassis.storage.unit_of_work import UnitOfWork


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

    @asynccontextmanager
    async def begin(self, correlation_id: str, causation_id: str = "") -> AsyncIterator[UnitOfWork]:
        """A unit of work: committed at the end of the block, rolled back when the block raises."""
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
            await outbox.write(connection, work.emitted)
        if work.emitted:
            self._committed()
