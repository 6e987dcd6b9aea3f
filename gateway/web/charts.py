"""Bar charts made on the server: geometry here, markup in `templates/components/chart.html`.

Charts are our own SVG because pygal always writes a `<style>` and a `<script>` into its output, which the
Content-Security-Policy of the gateway forbids. Colours come from classes of `ebok.css`, so dark mode and print hold.
Across, positions are in per cent and down in pixels: the chart fits any width and its text keeps its size.
"""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from gateway.web.texts.figures import decimals, with_decimals
from services.chassis.figures import number, unit

_LEFT = Decimal(9)
"""Per cent of the width kept for the scale's figures."""
_TOP = 24
_HEIGHT = 220
_MOST_STEPS = 5
_SIZES = tuple(Decimal(size) for size in ("1", "2", "2.5", "5", "10", "20", "25", "50"))
"""Of a step of the scale, in tenths of the highest value's first digit."""
_BARS_SHARE = Decimal("0.72")
"""The part of a column that its bars fill; the rest is air between months."""


@dataclass(frozen=True)
class Series:
    """One row of bars: its name, a value for each label (None where nothing is known), and how it is drawn.

    `period` is the class of the style sheet: `now` strong, `before` pale, for what is compared with.
    """

    name: str
    values: tuple[Decimal | None, ...]
    period: Literal["now", "before"] = "now"


@dataclass(frozen=True)
class Bar:
    """One bar: `x` and `width` in per cent of the chart, `y` and `height` in pixels; `period` as in `Series`."""

    period: Literal["now", "before"]
    x: Decimal
    width: Decimal
    y: int
    height: int


@dataclass(frozen=True)
class Tick:
    """A line of the scale: its height in pixels from the top and the figure beside it."""

    y: int
    text: str


@dataclass(frozen=True)
class Label:
    """The name under a column, centred at `x` per cent."""

    x: Decimal
    text: str


@dataclass(frozen=True)
class BarChart:
    """Everything the template draws, and the values for the table beside the drawing, all with the same decimals.

    `unit` is the sign that is seen, `unit_name` the word that is heard.
    """

    title: str
    unit: str
    unit_name: str
    label_heading: str
    labels: tuple[Label, ...]
    series: tuple[Series, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    left: Decimal
    base: int


def bar_chart(
    title: str, symbol: str, unit_name: str, label_heading: str, labels: Sequence[str], series: Sequence[Series]
) -> BarChart:
    """Lay out a chart of grouped bars, at most two series (the style sheet has two colours).

    `symbol` is the unit as stored (`GJ`, `m3`), `unit_name` its name in words; `label_heading` heads the labels'
    column in the table. Raises ValueError when there is nothing to draw, when a series has not one value for each
    label, or when a value is negative: consumption is not, and a bar below the base line would be drawn wrong.
    """
    _check(labels, series)
    known = [value for row in series for value in row.values if value is not None]
    scale = _scale(max(known, default=Decimal(0)))
    top, places = scale[-1], decimals(known)
    column = (100 - _LEFT) / len(labels)
    width = column * _BARS_SHARE / len(series)
    bars = tuple(
        _bar(one.period, _LEFT + column * at + column * (1 - _BARS_SHARE) / 2 + width * row, width, value, top)
        for row, one in enumerate(series)
        for at, value in enumerate(one.values)
        if value is not None
    )
    return BarChart(
        title=title,
        unit=unit(symbol),
        unit_name=unit_name,
        label_heading=label_heading,
        labels=tuple(Label(_short(_LEFT + column * at + column / 2), text) for at, text in enumerate(labels)),
        series=tuple(replace(row, values=tuple(_with(places, value) for value in row.values)) for row in series),
        bars=bars,
        ticks=tuple(Tick(_y(value, top), number(value)) for value in scale),
        left=_LEFT,
        base=_TOP + _HEIGHT,
    )


def _check(labels: Sequence[str], series: Sequence[Series]) -> None:
    if not labels or not 1 <= len(series) <= 2:
        raise ValueError("a bar chart needs labels and one or two series")
    for row in series:
        if len(row.values) != len(labels):
            raise ValueError(f"series {row.name!r} has {len(row.values)} values for {len(labels)} labels")
        if any(value is not None and value < 0 for value in row.values):
            raise ValueError(f"series {row.name!r} has a negative value")


def _scale(highest: Decimal) -> list[Decimal]:
    """The figures of the scale, from 0 to the first at or above the highest value, all with the same decimals.

    They are at most `_MOST_STEPS` steps apart, of the least size among 1, 2, 2.5 and 5 times a power of ten.
    """
    power = Decimal(10) ** (highest.adjusted() - 1) if highest > 0 else Decimal(1)
    step = next(size * power for size in _SIZES if highest <= _MOST_STEPS * size * power)
    steps = max(1, int((highest / step).to_integral_value(ROUND_CEILING)))
    places = decimals([step])
    return [with_decimals(step * count, places) for count in range(steps + 1)]


def _with(places: int, value: Decimal | None) -> Decimal | None:
    return None if value is None else with_decimals(value, places)


def _y(value: Decimal, top: Decimal) -> int:
    return _TOP + _HEIGHT - round(value / top * _HEIGHT)


def _bar(period: Literal["now", "before"], x: Decimal, width: Decimal, value: Decimal, top: Decimal) -> Bar:
    y = _y(value, top)
    return Bar(period=period, x=_short(x), width=_short(width), y=y, height=_TOP + _HEIGHT - y)


def _short(per_cent: Decimal) -> Decimal:
    return per_cent.quantize(Decimal("0.1"))
