"""Payments (wpłaty): what came to the utility's account; a credit from the day it was booked there."""

from datetime import date
from decimal import Decimal
from uuid import UUID

from services.billing.receivables.credits import Credit


def payment(reference: str, party_id: UUID, booked_on: date, amount: Decimal, title: str) -> Credit:
    """A payment in PLN by the bank's reference, of which nothing is allocated yet."""
    return Credit(
        kind="payment",
        reference=reference,
        party_id=party_id,
        booked_on=booked_on,
        effective_on=booked_on,
        amount=amount,
        title=title,
        unallocated=amount,
    )
