"""How figures, dates and numbers of identity are written for a Polish reader.

Pure functions, also given to templates as filters (`FILTERS`). Spaces inside a figure are no-break spaces
(U+00A0) and the minus is U+2212, so that an amount never breaks over two lines. Polish habits hold in every
language of the office: amounts are in PLN and the papers that they are compared with are Polish.
These run for every cell of every list, so they are plain string work; Babel serves where words are needed.
"""

from collections.abc import Callable, Mapping
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache
from typing import Any, Final
from zoneinfo import ZoneInfo

from babel.dates import format_timedelta, get_month_names

NO_BREAK_SPACE: Final = "\u00a0"
MINUS: Final = "\u2212"
WARSAW: Final = ZoneInfo("Europe/Warsaw")

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


@lru_cache(maxsize=256)
def unit(symbol: str) -> str:
    """Write a unit as it is printed: `m3` is `m³`, also inside `zł/m3`; `month` is `mies.`."""
    for plain, sign in _UNIT_SIGNS:
        symbol = symbol.replace(plain, sign)
    return symbol


def quantity(value: Decimal | int, symbol: str) -> str:
    """Write a quantity with its unit: `12,340 GJ`, `1 034 m³`. Errors as in `number`."""
    return f"{number(value)}{NO_BREAK_SPACE}{unit(symbol)}"


def percent(rate: Decimal) -> str:
    """Write a rate given in per cent, without idle zeros: Decimal("8.00") is `8%`. Errors as in `number`."""
    return f"{number(Decimal(f'{rate.normalize():f}'))}%"


@lru_cache(maxsize=4096)
def format_date(day: date) -> str:
    """Write a local date: `22.11.2026`. A datetime is first brought to Polish time."""
    if isinstance(day, datetime):
        day = _local(day)
    return f"{day.day:02}.{day.month:02}.{day.year:04}"


def format_datetime(moment: datetime) -> str:
    """Write a moment in Polish time: `22.11.2026, 14:05`. Raises ValueError for a time without a zone."""
    local = _local(moment)
    return f"{format_date(local.date())}, {local.hour:02}:{local.minute:02}"


def ago(moment: datetime, now: datetime, lang: str = "pl") -> str:
    """Say how long before `now` something was (`3 godziny temu`), in the language `lang`.

    Under a minute, and in the future by a clock's drift, it is counted as one minute.
    Raises ValueError for a time without a zone.
    """
    past = max(_local(now) - _local(moment), timedelta(minutes=1))
    return format_timedelta(-past, granularity="minute", threshold=1, add_direction=True, locale=lang)


@lru_cache(maxsize=1024)
def month_name(day: date, lang: str = "pl") -> str:
    """Name the month and the year of a day, as a heading has it: `listopad 2026`."""
    return f"{get_month_names('wide', 'stand-alone', lang)[day.month]} {day.year}"


@lru_cache(maxsize=1024)
def month_short(day: date, lang: str = "pl") -> str:
    """Name the month of a day in the few letters that an axis has room for: `lis`."""
    return str(get_month_names("abbreviated", "stand-alone", lang)[day.month]).rstrip(".")


def nip(digits: str) -> str:
    """Group a tax number as 888-020-54-53. What is not ten digits is returned as it came."""
    if len(digits) != 10 or not digits.isdecimal():
        return digits
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:8]}-{digits[8:]}"


def nrb(digits: str) -> str:
    """Group an account number as 12 1020 1068 …, with plain spaces: it is long, so it may break over lines.

    What is not 26 digits is returned as it came.
    """
    bare = digits.replace(" ", "")
    if len(bare) != 26 or not bare.isdecimal():
        return digits
    return " ".join([bare[:2], *(bare[start : start + 4] for start in range(2, 26, 4))])


def phone(number_as_given: str) -> str:
    """Make a telephone number fit for a `tel:` link: digits only, with +48 when no country is given."""
    digits = "".join(sign for sign in number_as_given if sign.isdecimal())
    return f"+{digits}" if number_as_given.lstrip().startswith("+") else f"+48{digits}"


def _local(moment: datetime) -> datetime:
    if moment.tzinfo is None:
        raise ValueError(f"a moment must carry its time zone: {moment}")
    return moment.astimezone(WARSAW)


FILTERS: Final[Mapping[str, Callable[..., Any]]] = {
    "money": money,
    "amount": amount,
    "number": number,
    "unit": unit,
    "quantity": quantity,
    "percent": percent,
    "date": format_date,
    "datetime": format_datetime,
    "ago": ago,
    "month_name": month_name,
    "month_short": month_short,
    "nip": nip,
    "nrb": nrb,
    "phone": phone,
}
"""Names under which templates use these functions."""
