"""The database's clock, which all replicas of a service share whatever their machines' clocks say."""

import time
from datetime import UTC, datetime, timedelta

import structlog
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncEngine

from services.chassis.clock import system_clock

log = structlog.get_logger()

EVERY_SECONDS = 30.0
"""How often a process asks its database what time it is."""

LONGEST_ROUND_SECONDS = 0.5
"""An answer that took longer says too little about the present."""

NOTABLE = timedelta(seconds=2)
"""From this difference on, the machine's clock is wrong, and its log says so."""

_STEADY = getattr(time, "CLOCK_BOOTTIME", time.CLOCK_MONOTONIC)
"""Goes on while the machine sleeps, where there is such a clock, and is never set."""


class DatabaseClock:
    """Gives the present moment in UTC as the database counts it, in step with it by `follow`.

    Leases, due times, sweeps and the ends of sessions are compared by several processes, so none may go by its own
    machine's clock. Before the first answer it is the machine's; while the database is away it goes on by itself.
    """

    def __init__(self) -> None:
        self._known = False
        self._told = datetime.min.replace(tzinfo=UTC)
        self._since = 0.0

    def __call__(self) -> datetime:
        """The present moment in UTC."""
        if not self._known:
            return system_clock()
        return self._told + timedelta(seconds=_steady() - self._since)

    @property
    def machine_ahead(self) -> timedelta:
        """How far the machine's clock is ahead of the database's."""
        return system_clock() - self()

    async def follow(self, engine: AsyncEngine) -> None:
        """Ask the database once what time it is. Raises what the database raises."""
        async with engine.connect() as connection:
            asked = _steady()
            told = (await connection.execute(select(func.clock_timestamp()))).scalar_one()
            answered = _steady()
        if self._known and answered - asked > LONGEST_ROUND_SECONDS:
            return
        self._told, self._since, self._known = told.astimezone(UTC), (asked + answered) / 2, True
        if abs(self.machine_ahead) > NOTABLE:
            log.warning("clock.differs", machine_ahead_seconds=round(self.machine_ahead.total_seconds(), 1))


def _steady() -> float:
    return time.clock_gettime(_STEADY)
