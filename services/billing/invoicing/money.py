"""Rounding to the grosz, and sharing a rounded sum among its parts."""

from collections.abc import Sequence
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal

GROSZ = Decimal("0.01")
ZERO = Decimal("0.00")


def to_grosz(amount: Decimal) -> Decimal:
    """PLN rounded to the grosz, half up (VAT Act art. 106e ust. 11)."""
    return amount.quantize(GROSZ, ROUND_HALF_UP)


def shared(total: Decimal, exact: Sequence[Decimal]) -> list[Decimal]:
    """Share `total`, the rounded sum of `exact`, among them, so that what is printed adds up to the grosz.

    Each part is its exact amount rounded down or up; the grosze that are missing go to the largest remainders, of equal
    ones to the first. No part is a whole grosz away from its exact amount. Amounts must not be negative.
    """
    parts = [amount.quantize(GROSZ, ROUND_DOWN) for amount in exact]
    missing = int((total - sum(parts, ZERO)) / GROSZ)
    if not 0 <= missing <= len(parts):
        raise ValueError(f"{total} is not the rounded sum of {len(parts)} amounts")
    by_remainder = sorted(range(len(parts)), key=lambda place: parts[place] - exact[place])
    for place in by_remainder[:missing]:
        parts[place] += GROSZ
    return parts
