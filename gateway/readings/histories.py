"""A meter's readings: as a list, as a chart of two years, and as a file."""

import csv
from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import date
from decimal import Decimal
from io import StringIO
from typing import Literal

from gateway.readings.headings import file_href, form_href, heading, when_taken
from gateway.readings.queries import Meter, Reading
from gateway.readings.views import MeterHistory, ReadingRow
from gateway.web.charts import BarChart, Series, bar_chart
from gateway.web.texts.figures import decimals, with_decimals
from gateway.web.texts.formatting import month_short
from gateway.web.texts.languages import N_
from gateway.web.visitors.visit import Visit
from services.chassis.figures import day, unit
from services.metering.profile import Readings

SOURCES = {
    "actual": N_("nasz"),
    "customer": N_("Twój"),
    "remote": N_("zdalny"),
    "estimated": N_("szacunek"),
}
OTHER_SOURCE = N_("inny")
CONSUMPTION = N_("Zużycie")
MONTH = N_("Miesiąc")
COLUMNS = (N_("Data"), N_("Stan licznika"), CONSUMPTION, N_("Jednostka"), N_("Rodzaj odczytu"))

RECENT = 6
"""Readings that are seen at once; the older ones are unfolded."""

_MONTHS = range(1, 13)


def history(visit: Visit, one: Meter, rules: Readings, today: date) -> MeterHistory:
    """The meter with its readings; `rules` say whether a customer may give one today."""
    rows = _rows(visit, one.readings)
    return MeterHistory(
        heading=heading(visit, one),
        when=when_taken(visit, rules) if one.in_force_from else "",
        form_href=form_href(one) if one.in_force_from and rules.taken_on(today) else None,
        file_href=file_href(one) if rows else None,
        read_remotely=one.read_remotely,
        chart=_chart(visit, one),
        recent=rows[:RECENT],
        older=rows[RECENT:],
    )


def file_of(visit: Visit, one: Meter) -> bytes:
    """The meter's readings as a file that a Polish Excel opens: semicolons, decimal commas, UTF-8 with its mark."""
    text = StringIO()
    lines = csv.writer(text, delimiter=";", lineterminator="\r\n")
    lines.writerow(visit.translate(column) for column in COLUMNS)
    for row in _rows(visit, one.readings):
        used = "" if row.consumption is None else _with_comma(row.consumption)
        lines.writerow((day(row.read_on), _with_comma(row.value), used, unit(one.unit), row.source))
    return text.getvalue().encode("utf-8-sig")


def _with_comma(value: Decimal) -> str:
    return f"{value:f}".replace(".", ",")  # no blanks between thousands: Excel takes them for text


def _rows(visit: Visit, readings: Sequence[Reading]) -> list[ReadingRow]:
    """The readings in words, all figures with the decimals that the most exact of them needs."""
    places = decimals(value for reading in readings for value in (reading.value, reading.consumption))
    return [
        ReadingRow(
            read_on=reading.read_on,
            value=with_decimals(reading.value, places),
            consumption=None if reading.consumption is None else with_decimals(reading.consumption, places),
            source=visit.translate(SOURCES.get(reading.source, OTHER_SOURCE)),
        )
        for reading in readings
    ]


def _chart(visit: Visit, one: Meter) -> BarChart | None:
    """The year of the newest reading beside the year before; None where there is nothing to compare."""
    used = _used_by_month(one.readings)
    if one.last is None or len(used) < 2:
        return None
    year = one.last.read_on.year
    years = (_year(used, year - 1, "before"), _year(used, year, "now"))
    series = [row for row in years if any(value is not None for value in row.values)]
    if not series:  # the newest reading, of a later year, tells no consumption
        return None
    return bar_chart(
        visit.translate(CONSUMPTION),
        one.unit,
        heading(visit, one).unit_name,
        visit.translate(MONTH),
        [month_short(date(year, month, 1), visit.lang) for month in _MONTHS],
        series,
    )


def _year(used: Mapping[tuple[int, int], Decimal], year: int, period: Literal["now", "before"]) -> Series:
    return Series(str(year), tuple(used.get((year, month)) for month in _MONTHS), period)


def _used_by_month(readings: Sequence[Reading]) -> Mapping[tuple[int, int], Decimal]:
    """What was used up to the readings of a month, by year and month; several readings of a month are added."""
    used: dict[tuple[int, int], Decimal] = defaultdict(Decimal)
    for reading in readings:
        if reading.consumption is not None:
            used[reading.read_on.year, reading.read_on.month] += reading.consumption
    return used
