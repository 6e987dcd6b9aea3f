"""Amounts and dates as Poles write them, for mails."""

from datetime import date, datetime
from decimal import Decimal

from services.chassis.clock import local_date

NO_BREAK_SPACE = "\u00a0"


def money(amount: Decimal) -> str:
    """An amount in PLN, such as `1 234,56 zł`, that no line break splits."""
    grouped = f"{abs(amount):,.2f}".replace(",", NO_BREAK_SPACE).replace(".", ",")
    sign = "\u2212" if amount < 0 else ""
    return f"{sign}{grouped}{NO_BREAK_SPACE}zł"


def day(moment: date | datetime) -> str:
    """A date such as `22.11.2026`; of a moment, its date in Poland."""
    on = local_date(moment) if isinstance(moment, datetime) else moment
    return f"{on:%d.%m.%Y}"
