"""Bar charts made on the server: geometry here, markup in `templates/components/chart.html`.

Charts are our own SVG because pygal always writes a `<style>` and a `<script>` into its output, which the
Content-Security-Policy of the gateway forbids. Colours come from classes of `ebok.css`, so dark mode and print hold.
Across, positions are in per cent and down in pixels: the chart fits any width and its text keeps its size.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import ROUND_CEILING, Decimal
from typing import Literal

from services.chassis.figures import number, unit

_LEFT = Decimal(9)
"""Per cent of the width kept for the scale's figures."""
_TOP = 24
_HEIGHT = 220
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
    """Everything the template draws, and the values for the table beside the drawing."""

    title: str
    unit: str
    label_heading: str
    labels: tuple[Label, ...]
    series: tuple[Series, ...]
    bars: tuple[Bar, ...]
    ticks: tuple[Tick, ...]
    left: Decimal
    base: int


def bar_chart(title: str, symbol: str, label_heading: str, labels: Sequence[str], series: Sequence[Series]) -> BarChart:
    """Lay out a chart of grouped bars, at most two series (the style sheet has two colours).

    `symbol` is the unit as stored (`GJ`, `m3`); `label_heading` heads the labels' column in the table.
    Raises ValueError when there is nothing to draw, when a series has not one value for each label, or when a
    value is negative: consumption is not, and a bar below the base line would be drawn wrong.
    """
    _check(labels, series)
    top = _scale_top(max((value for row in series for value in row.values if value is not None), default=Decimal(0)))
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
        label_heading=label_heading,
        labels=tuple(Label(_short(_LEFT + column * at + column / 2), text) for at, text in enumerate(labels)),
        series=tuple(series),
        bars=bars,
        ticks=tuple(Tick(_y(top * step / 4, top), _tick_text(top * step / 4)) for step in range(5)),
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


def _scale_top(highest: Decimal) -> Decimal:
    """Round the highest value up to a figure that four steps divide nicely: 1, 2, 4, 6, 8 times a power of ten."""
    if highest <= 0:
        return Decimal(1)
    power = Decimal(10) ** highest.adjusted()
    leading = (highest / power).to_integral_value(ROUND_CEILING)
    return power * next(step for step in (1, 2, 4, 6, 8, 10) if step >= leading)


def _y(value: Decimal, top: Decimal) -> int:
    return _TOP + _HEIGHT - round(value / top * _HEIGHT)


def _bar(period: Literal["now", "before"], x: Decimal, width: Decimal, value: Decimal, top: Decimal) -> Bar:
    y = _y(value, top)
    return Bar(period=period, x=_short(x), width=_short(width), y=y, height=_TOP + _HEIGHT - y)


def _short(per_cent: Decimal) -> Decimal:
    return per_cent.quantize(Decimal("0.1"))


def _tick_text(value: Decimal) -> str:
    return number(Decimal(f"{value.normalize():f}"))
