"""How figures, days and numbers of identity are written for a Polish reader: on pages, papers, in mails and texts.

Pure functions. Spaces inside a figure are no-break spaces (U+00A0) and the minus is U+2212, so that an amount never
breaks over two lines. They run for every cell of every list, so they are plain string work.
"""

from datetime import date, datetime
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Final

from services.chassis.clock import local, local_date

NO_BREAK_SPACE: Final = "\u00a0"
MINUS: Final = "\u2212"

_GROSZ: Final = Decimal("0.01")
_POLISH_FIGURES: Final = str.maketrans({",": NO_BREAK_SPACE, ".": ",", "-": MINUS})
_UNIT_SIGNS: Final = (("m3", "m³"), ("m2", "m²"), ("month", "mies."))


@lru_cache(maxsize=8192)
def amount(value: Decimal) -> str:
    """Write a sum of money without its unit, to the grosz: `1 234,56`.

    More decimals than two are rounded half up, for reading only. Raises ValueError for NaN and infinity.
    """
    if not value.is_finite():
        raise ValueError(f"an amount must be finite, not {value}")
    rounded = value.quantize(_GROSZ, ROUND_HALF_UP)
    if not rounded:
        return "0,00"
    return f"{rounded:,f}".translate(_POLISH_FIGURES)


@lru_cache(maxsize=8192)
def money(value: Decimal) -> str:
    """Write a sum of money in PLN: `1 234,56 zł`. Errors as in `amount`."""
    return f"{amount(value)}{NO_BREAK_SPACE}zł"


def number(value: Decimal | int) -> str:
    """Write a number with all the decimals it has: Decimal("12.340") is `12,340`.

    The precision of a register or a price is a fact of its own, so nothing is cut and nothing is added
    (so there is no cache here either: 12.34 and 12.340 would be the same key). Raises ValueError for NaN and infinity.
    """
    exact = Decimal(value)
    if not exact.is_finite():
        raise ValueError(f"a number must be finite, not {value}")
    return f"{exact:,f}".translate(_POLISH_FIGURES)


def short_number(value: Decimal) -> str:
    """Write a number without idle zeros: Decimal("12.340") is `12,34`. Errors as in `number`."""
    return number(Decimal(f"{value.normalize():f}"))


@lru_cache(maxsize=256)
def unit(symbol: str) -> str:
    """Write a unit as it is printed: `m3` is `m³`, also inside `zł/m3`; `month` is `mies.`."""
    for plain, sign in _UNIT_SIGNS:
        symbol = symbol.replace(plain, sign)
    return symbol


def quantity(value: Decimal | int, symbol: str) -> str:
    """Write a quantity with its unit: `12,340 GJ`, `1 034 m³`. Errors as in `number`."""
    return f"{number(value)}{NO_BREAK_SPACE}{unit(symbol)}"


def short_quantity(value: Decimal, symbol: str) -> str:
    """Write a quantity within a sentence, without idle zeros, which there are read as thousands: `471 m³`.

    Errors as in `number`.
    """
    return f"{short_number(value)}{NO_BREAK_SPACE}{unit(symbol)}"


def percent(rate: Decimal) -> str:
    """Write a rate given in per cent, without idle zeros: Decimal("8.00") is `8%`. Errors as in `number`."""
    return f"{short_number(rate)}%"


@lru_cache(maxsize=4096)
def day(on: date) -> str:
    """Write a local date: `22.11.2026`; of a moment, its date in Poland.

    Raises ValueError for a time without a zone.
    """
    if isinstance(on, datetime):
        on = local_date(on)
    return f"{on.day:02}.{on.month:02}.{on.year:04}"


def moment(at: datetime) -> str:
    """Write a moment in Polish time: `22.11.2026, 14:05`. Raises ValueError for a time without a zone."""
    written = day(at)
    shown = local(at)
    return f"{written}, {shown.hour:02}:{shown.minute:02}"


def nip(digits: str) -> str:
    """Group a tax number as 888-020-54-53. What is not ten digits is returned as it came."""
    if len(digits) != 10 or not digits.isdecimal():
        return digits
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:8]}-{digits[8:]}"


_LONGEST_SHORT_NUMBER = 6
"""Digits of numbers that are dialled without an area: 112, 994, 116 111. Source: the Polish numbering plan."""


@lru_cache(maxsize=64)
def phone(number_as_given: str) -> str:
    """Make a telephone number fit for a `tel:` link: digits only, with +48 when no country is given.

    A short one, such as 994, is dialled as it is.
    """
    digits = "".join(sign for sign in number_as_given if sign.isdecimal())
    if len(digits) <= _LONGEST_SHORT_NUMBER:
        return digits
    return f"+{digits}" if number_as_given.lstrip().startswith("+") else f"+48{digits}"


def nrb(digits: str) -> str:
    """Group an account number as 12 1020 1068 …; what is not 26 digits is returned as it came."""
    bare = digits.replace(" ", "")
    if len(bare) != 26 or not bare.isdecimal():
        return digits
    return NO_BREAK_SPACE.join([bare[:2], *(bare[start : start + 4] for start in range(2, 26, 4))])
