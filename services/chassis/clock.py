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


def local(moment: datetime) -> datetime:
    """The moment as clocks in Poland show it; as it is where the calendar ends before that (messages may name it)."""
    try:
        return moment.astimezone(WARSAW)
    except OverflowError:
        return moment


def local_date(moment: datetime) -> date:
    """The calendar date in Poland at `moment`."""
    return local(moment).date()
