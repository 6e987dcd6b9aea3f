"""How figures, days and numbers are written on a Polish invoice; spaces inside them are no-break spaces."""

from datetime import date
from decimal import Decimal

_SPACE = "\u00a0"
_UNITS = {"m3": "m³", "month": "mies.", "MW·month": "MW·mies."}


def number(value: Decimal) -> str:
    """`1 234,560` with all the decimals that there are."""
    return f"{value:,f}".replace(",", _SPACE).replace(".", ",")


def quantity(value: Decimal) -> str:
    """`1 234,56`: a quantity without idle zeros."""
    return number(Decimal(f"{value.normalize():f}"))


def money(value: Decimal) -> str:
    """`1 234,56 zł`."""
    return f"{number(value)}{_SPACE}zł"


def unit(symbol: str) -> str:
    """`m³` for `m3`, and so on."""
    return _UNITS.get(symbol, symbol)


def percent(rate: Decimal) -> str:
    """`23%`."""
    return f"{quantity(rate)}%"


def day(on: date) -> str:
    """`22.11.2026`."""
    return f"{on:%d.%m.%Y}"


def nip(digits: str) -> str:
    """`888-020-54-53`; what is not ten digits stays as it is."""
    if len(digits) != 10 or not digits.isdecimal():
        return digits
    return f"{digits[:3]}-{digits[3:6]}-{digits[6:8]}-{digits[8:]}"


def nrb(digits: str) -> str:
    """`12 1020 1068 …`: an account number in groups."""
    return _SPACE.join([digits[:2], *(digits[start : start + 4] for start in range(2, len(digits), 4))])
