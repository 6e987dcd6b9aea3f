"""The clock that is passed in, and the local calendar."""

from collections.abc import Callable
from datetime import UTC, date, datetime
from zoneinfo import ZoneInfo

Clock = Callable[[], datetime]
"""Gives the present moment in UTC."""

WARSAW = ZoneInfo("Europe/Warsaw")


def system_clock() -> datetime:
    """The present moment in UTC by the machine's clock."""
    return datetime.now(UTC)


_ENDLESS = frozenset({datetime.min, datetime.max})  # noqa: DTZ901 (so asyncpg has them)
"""What a database's infinite moments are read as: they have no zone."""


def local(moment: datetime) -> datetime:
    """The moment as clocks in Poland show it; as it is, in UTC, where the calendar ends before that: rows may hold it.

    Raises ValueError for a time without a zone.
    """
    if moment.tzinfo is None:
        if moment not in _ENDLESS:
            raise ValueError(f"a moment must carry its time zone: {moment}")
        return moment.replace(tzinfo=UTC)
    try:
        return moment.astimezone(WARSAW)
    except OverflowError:
        return moment


def local_date(moment: datetime) -> date:
    """The calendar date in Poland at `moment`."""
    return local(moment).date()
