"""What a message may hold at most: beyond it nothing is meant, and databases, calendars or pages have no room for it.

Texts, lists and bodies have their lengths in `message.py`. These bounds are no words of the schemas: what is released
stays as it is there, and nobody sends beyond them.
"""

from collections.abc import Callable, Mapping, Sequence
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from typing import Annotated, Any, NoReturn

from pydantic import AfterValidator
from pydantic_core import PydanticCustomError

FIRST_MOMENT, LAST_MOMENT = datetime(1990, 1, 1, tzinfo=UTC), datetime(2100, 12, 31, 23, 59, 59, tzinfo=UTC)
"""Between these the office tells that something happened, or until when something is good."""

FIRST_DAY, LAST_DAY = date(1900, 1, 1), date(2199, 12, 31)
"""Wider: books tell of agreements and meters that are older than the office, and of what is agreed for long."""

LARGEST_WHOLE = 2**31 - 1
"""Databases keep versions and counts as `integer`."""

MOST_DIGITS = 11
"""Before the comma, as columns keep money, quantities and registers (`numeric(14, 3)`)."""

MOST_DECIMALS = 28
"""As many as arithmetic with `Decimal` leaves."""

OUT_OF_BOUNDS = "out_of_bounds"
"""Type of the error that pydantic tells."""


def bounded(value: Any) -> Any:
    """The value as it is. Raises pydantic's `OUT_OF_BOUNDS` for what is beyond the bounds, in parts of it as well."""
    check = _check_of(value.__class__)
    if check:
        check(value)
    return value


def is_bounded(value: date | Decimal) -> bool:
    """Whether a message may hold the value."""
    try:
        bounded(value)
    except PydanticCustomError:
        return False
    return True


def _check_text(value: str) -> None:
    if "\0" in value:
        _refuse("must not hold the character U+0000")


def _check_moment(value: datetime) -> None:
    if value.tzinfo is None:
        _refuse("must have a time zone")
    if not FIRST_MOMENT <= value <= LAST_MOMENT:
        _refuse(f"must be in the years {FIRST_MOMENT.year} to {LAST_MOMENT.year}")


def _check_day(value: date) -> None:
    if not FIRST_DAY <= value <= LAST_DAY:
        _refuse(f"must be in the years {FIRST_DAY.year} to {LAST_DAY.year}")


def _check_whole(value: int) -> None:
    if not -LARGEST_WHOLE <= value <= LARGEST_WHOLE:
        _refuse(f"must be at most {LARGEST_WHOLE}")


def _check_number(value: Decimal) -> None:
    exponent = value.as_tuple().exponent
    if not isinstance(exponent, int):
        _refuse("must be a number")
    if value.adjusted() >= MOST_DIGITS:  # of 0E+99 too, which is nothing and long to write
        _refuse(f"must be less than {10**MOST_DIGITS}")
    if exponent < -MOST_DECIMALS:
        _refuse(f"must have at most {MOST_DECIMALS} decimals")


def _check_list(value: Sequence[Any]) -> None:
    for each in value:
        bounded(each)


def _check_object(value: Mapping[str, Any]) -> None:
    for name, each in value.items():
        bounded(name)
        bounded(each)


_CHECKS: Sequence[tuple[type | tuple[type, ...], Callable[[Any], None]]] = (
    (str, _check_text),
    (datetime, _check_moment),  # before `date`, which a moment is as well for Python
    (date, _check_day),
    (Decimal, _check_number),
    (int, _check_whole),
    ((tuple, list), _check_list),
    (dict, _check_object),
)


@cache  # asked for each field of each message
def _check_of(kind: type) -> Callable[[Any], None] | None:
    return next((check for kinds, check in _CHECKS if issubclass(kind, kinds)), None)


def _said(value: str) -> str:
    if not value.strip():
        _refuse("must not be blank")
    return value


def _refuse(reason: str) -> NoReturn:
    raise PydanticCustomError(OUT_OF_BOUNDS, reason)


Said = Annotated[str, AfterValidator(_said)]
"""A text that pages and letters call a thing by, such as its number: it is never blank."""
