"""When an invoice is issued and when it is due. Pure rules."""

from datetime import date, timedelta

RECENT = timedelta(days=45)
"""A reading not older than this is invoiced on the day it comes; an older one is history that is being loaded."""


def issue_day(read_on: date, today: date) -> date:
    """The local day that an invoice carries: today, or for loaded history the day after its reading."""
    return today if today - read_on <= RECENT else read_on + timedelta(days=1)


def due_day(issued_on: date, payment_days: int) -> date:
    """The last day to pay without interest."""
    return issued_on + timedelta(days=payment_days)
