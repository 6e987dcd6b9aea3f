"""Numbers of documents, such as FV/2026/11/000123, by a utility's own pattern."""

from datetime import date
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator

_KNOWN = {"year", "month", "serial"}


def _checked(pattern: str) -> str:
    try:
        fields = {name for _, name, _, _ in Formatter().parse(pattern) if name is not None}
    except ValueError as error:
        raise ValueError(f"is no number pattern: {error}") from error
    if unknown := fields - _KNOWN:
        raise ValueError(f"knows only {{year}}, {{month}} and {{serial}}, not {{{min(unknown)}}}")
    if "serial" not in fields:
        raise ValueError("must contain {serial}, else two documents would get one number")
    if "month" in fields and "year" not in fields:
        raise ValueError("has {month} without {year}, so a number would come again next year")
    try:
        pattern.format(year=2026, month=11, serial=1)
    except (ValueError, LookupError) as error:
        raise ValueError(f"is no number pattern: {error}") from error
    return pattern


NumberPattern = Annotated[str, AfterValidator(_checked)]
"""`{serial}` is required, `{year}` and `{month}` are optional; widths as in Python: `{month:02}`, `{serial:06}`."""


def number(pattern: NumberPattern, on: date, serial: int) -> str:
    """The number of the `serial`-th document of its series, issued on the local date `on`."""
    return pattern.format(year=on.year, month=on.month, serial=serial)


def series(pattern: NumberPattern, on: date) -> str:
    """The key of the counter that gives `serial`: documents whose year and month, where the pattern has them, agree.

    A pattern with the month counts from 1 each month, one with the year alone each year, one with neither forever.
    """
    return number(pattern, on, 0)
