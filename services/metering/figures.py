"""Quantities and days as Poles write them, for the texts that metering's rules give to people."""

from datetime import date
from decimal import Decimal

from contracts.message import Unit

_NO_BREAK_SPACE = "\u00a0"
_SIGNS: dict[Unit, str] = {"GJ": "GJ", "m3": "m³"}


def quantity(value: Decimal, unit: Unit) -> str:
    """`1 234,567 GJ` with no-break spaces, all decimals kept."""
    figures = f"{value:,f}".replace(",", _NO_BREAK_SPACE).replace(".", ",")
    return f"{figures}{_NO_BREAK_SPACE}{_SIGNS[unit]}"


def day(on: date) -> str:
    """`22.11.2026`."""
    return f"{on:%d.%m.%Y}"
