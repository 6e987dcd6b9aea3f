"""When an invoice is issued and when it is due. Pure rules."""

from datetime import date, timedelta

RECENT = timedelta(days=45)
"""What the utility brings is invoiced on the day it comes when it is not older than this; an older reading is history
that is being loaded."""


def issue_day(read_on: date, today: date, *, submitted: bool) -> date:
    """The local day that an invoice carries: today, or for loaded history the day after its reading.

    One that a customer gives is never history, however long ago it was read: nobody owes interest on a bill before
    having it.
    """
    return today if submitted or today - read_on <= RECENT else read_on + timedelta(days=1)


def due_day(issued_on: date, payment_days: int) -> date:
    """The last day to pay without interest."""
    return issued_on + timedelta(days=payment_days)
