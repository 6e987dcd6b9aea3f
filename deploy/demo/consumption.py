"""How much heat and water the invented customers use: the weather, the size of the building, chance."""

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from decimal import ROUND_HALF_UP, Decimal
from math import fsum
from random import Random

_HEAT_SHARE = (0.170, 0.146, 0.128, 0.084, 0.036, 0.020, 0.017, 0.017, 0.030, 0.080, 0.121, 0.151)
"""Part of a year's heat that each month takes, January first; in summer only hot water is left."""

_WEATHER = {
    (2024, 12): 1.04,
    (2025, 1): 0.96,
    (2025, 2): 1.09,
    (2025, 4): 0.92,
    (2026, 1): 1.15,
    (2026, 2): 1.07,
    (2026, 10): 0.94,
}
"""Colder and warmer months than usual, the same for the whole town."""

_GARDEN = {5: 0.35, 6: 0.8, 7: 1.0, 8: 0.9, 9: 0.25}
"""What a garden adds in a month to the water of a house, as a part of what its people use."""

_MILLI = Decimal("0.001")


def month_ends(first: date, last: date, step: int = 1) -> Iterator[date]:
    """Every `step`-th month's last day from `first` (itself a last day) up to `last`."""
    day = first
    while day <= last:
        yield day
        for _ in range(step):
            day = (day + timedelta(days=32)).replace(day=1) - timedelta(days=1)


def heat(draw: Random, yearly_gj: float, days: Sequence[date]) -> list[Decimal]:
    """Consumption in GJ of each month that ends on one of `days`, with 3 decimals."""
    used = (
        yearly_gj * _HEAT_SHARE[day.month - 1] * _WEATHER.get((day.year, day.month), 1.0) * draw.uniform(0.92, 1.08)
        for day in days
    )
    return [Decimal(gj).quantize(_MILLI, ROUND_HALF_UP) for gj in used]


def water(draw: Random, monthly_m3: float, days: Sequence[date], *, garden: bool, months: int) -> list[Decimal]:
    """Consumption in m3, with 3 decimals, of each period of `months` months that ends on one of `days`."""
    used = []
    for day in days:
        seasons = (1 + garden * _GARDEN.get((day.month - back - 1) % 12 + 1, 0.0) for back in range(months))
        used.append(Decimal(monthly_m3 * fsum(seasons) * draw.uniform(0.82, 1.18)).quantize(_MILLI, ROUND_HALF_UP))
    return used
