"""Figures as people read them."""

from collections.abc import Iterable
from decimal import Decimal


def trimmed(value: Decimal) -> Decimal:
    """`value` without idle zeros: a register kept as 312.000 m3 stands on the meter as 312."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()


def decimals(values: Iterable[Decimal | None]) -> int:
    """How many digits after the comma the most exact of `values` needs, idle zeros left out."""
    return max((0, *(-int(trimmed(value).as_tuple().exponent) for value in values if value is not None)))


def with_decimals(value: Decimal, count: int) -> Decimal:
    """`value` with `count` digits after the comma, as all figures of a column have them: 471 beside 470.5 is 471.0."""
    return value.quantize(Decimal(1).scaleb(-count))
