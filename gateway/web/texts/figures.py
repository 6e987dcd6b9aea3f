"""Figures as people read them."""

from decimal import Decimal


def trimmed(value: Decimal) -> Decimal:
    """`value` without idle zeros: a register kept as 312.000 m3 stands on the meter as 312."""
    whole = value.to_integral_value()
    return whole if value == whole else value.normalize()
