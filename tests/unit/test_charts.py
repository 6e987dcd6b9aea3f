"""A bar chart's geometry says what its values say."""

import itertools
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.web.charts import BarChart, Series, bar_chart

values = st.decimals(min_value=0, max_value=Decimal(1000000), places=3)


def chart_of(*rows: tuple[Decimal | None, ...]) -> BarChart:
    labels = [str(at) for at in range(len(rows[0]))]
    return bar_chart(
        "Zużycie", "GJ", "gigadżule", "Miesiąc", labels, [Series(str(at), row) for at, row in enumerate(rows)]
    )


def test_the_scale_ends_at_a_round_figure_at_or_above_the_highest_value() -> None:
    assert chart_of((Decimal("7.3"), Decimal(2))).ticks[-1].text == "8"
    assert chart_of((Decimal(310),)).ticks[-1].text == "400"
    assert chart_of((Decimal("0.35"),)).ticks[-1].text == "0,4"
    assert chart_of((Decimal(100),)).ticks[-1].text == "100"
    assert chart_of((Decimal(21),)).ticks[-1].text == "25"


def test_the_figures_of_a_scale_and_of_a_table_have_the_same_decimals() -> None:
    chart = chart_of((Decimal(11), Decimal("9.50")))
    assert [tick.text for tick in chart.ticks] == ["0,0", "2,5", "5,0", "7,5", "10,0", "12,5"]
    assert [str(value) for value in chart.series[0].values] == ["11.0", "9.5"]


def test_a_bar_is_as_high_as_its_share_of_the_scale() -> None:
    full, half = chart_of((Decimal(8), Decimal(4))).bars
    assert full.height == 2 * half.height
    assert full.y + full.height == half.y + half.height


def test_a_month_without_a_value_has_no_bar_and_a_month_of_zero_has_a_flat_one() -> None:
    chart = chart_of((None, Decimal(0), Decimal(4)))
    assert [bar.height > 0 for bar in chart.bars] == [False, True]


def test_nothing_but_zeros_still_has_a_scale() -> None:
    assert chart_of((Decimal(0),)).ticks[-1].text == "1"


@given(st.lists(st.tuples(values, values), min_size=1, max_size=36))
def test_bars_stay_inside_the_drawing_and_do_not_overlap(pairs: list[tuple[Decimal, Decimal]]) -> None:
    chart = chart_of(tuple(pair[0] for pair in pairs), tuple(pair[1] for pair in pairs))
    across = sorted(chart.bars, key=lambda bar: bar.x)
    assert len(across) == 2 * len(pairs)
    assert all(chart.left <= bar.x and bar.x + bar.width <= 100 for bar in across)
    assert all(chart.ticks[-1].y <= bar.y <= chart.base for bar in across)
    slack = Decimal("0.2")  # positions are rounded to a tenth of a per cent
    assert all(left.x + left.width <= right.x + slack for left, right in itertools.pairwise(across))


@pytest.mark.parametrize("rows", [[], [Series("a", (Decimal(1), Decimal(2)))], [Series("a", (Decimal(-1),))]])
def test_what_cannot_be_drawn_is_refused(rows: list[Series]) -> None:
    with pytest.raises(ValueError, match=r"bar chart|values for|negative"):
        bar_chart("Zużycie", "GJ", "gigadżule", "Miesiąc", ["sty"], rows)
