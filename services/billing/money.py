"""Rounding of money, in one place."""

from decimal import ROUND_HALF_UP, Decimal

GROSZ = Decimal("0.01")


def to_grosz(amount: Decimal) -> Decimal:
    """`amount` in PLN rounded half up to the grosz (VAT Act art. 106e, Civil Code practice)."""
    return amount.quantize(GROSZ, ROUND_HALF_UP)
