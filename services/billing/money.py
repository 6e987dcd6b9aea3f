"""Rounding of money, in one place."""

from collections.abc import Sequence
from decimal import ROUND_FLOOR, ROUND_HALF_UP, Decimal

GROSZ = Decimal("0.01")


def to_grosz(amount: Decimal) -> Decimal:
    """`amount` in PLN rounded half up to the grosz."""
    return amount.quantize(GROSZ, ROUND_HALF_UP)


def shared(total: Decimal, exact: Sequence[Decimal]) -> list[Decimal]:
    """`total` PLN shared out as the rounded forms of `exact`, each less than a grosz from its own.

    `total` is the rounded sum of `exact` (ValueError otherwise). Everybody gets the whole grosze of theirs, and the
    grosze that are left go to the largest remainders, so that a column adds up to its sum.
    """
    if total != to_grosz(sum(exact, Decimal(0))):
        raise ValueError(f"{total} is not the rounded sum of the parts")
    parts = [amount.quantize(GROSZ, ROUND_FLOOR) for amount in exact]
    left = int((total - sum(parts, Decimal(0))) / GROSZ)
    by_remainder = sorted(range(len(exact)), key=lambda at: exact[at] - parts[at], reverse=True)
    for at in by_remainder[:left]:
        parts[at] += GROSZ
    return parts
