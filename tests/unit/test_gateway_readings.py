"""What a customer may write into the form for a reading, and how a meter's readings are shown."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from contracts.billing import InvoiceEstimate
from gateway.readings.giving import (
    NO_SUCH_DAY,
    NOT_A_DATE,
    NOT_A_NUMBER,
    SHORT_YEAR,
    WITH_UNIT,
    Given,
    shown_check,
    typed,
)
from gateway.readings.histories import RECENT, file_of, history
from gateway.readings.queries import Meter, Reading
from gateway.web.forms import Form, entries_of
from services.metering.profile import Readings
from tests.support import samples

METER = Meter(UUID(int=1), "W-1", "water", "m3", "ul. Wodna 1", "PW-1", (), date(2026, 7, 31))
TODAY = date(2026, 11, 22)
DAY = {"read_on_day": "22", "read_on_month": "11", "read_on_year": "2026"}


def understood(**fields: str) -> tuple[Given | None, dict[str, str]]:
    return typed(samples.by_customer(), METER, Form.sent({"value": "150", **DAY, **fields}))


def read(*readings: tuple[date, str, str | None], source: str = "actual") -> Meter:
    """The meter with readings: day, register and use."""
    made = [Reading(Decimal(value), on, source, Decimal(used) if used else None) for on, value, used in readings]
    return replace(METER, readings=made)


@pytest.mark.parametrize("value", ["1234,5", "1 234,5", "1\u00a0234.5", "1\u202f234,5"])
def test_a_reading_is_taken_as_poles_write_it(value: str) -> None:
    assert understood(value=value) == (Given(Decimal("1234.5"), TODAY), {})


@pytest.mark.parametrize("value", ["700,5 m3", "700,5m³", "1 234 m^3", "30.5 GJ", "12 kub."])
def test_a_unit_beside_the_number_is_asked_to_be_left_out(value: str) -> None:
    assert understood(value=value) == (None, {"value": WITH_UNIT})


@pytest.mark.parametrize("value", ["1.22e2", "1_23", "NaN", "m3", "7O0,5", ""])
def test_what_is_no_number_is_told_at_its_field(value: str) -> None:
    assert understood(value=value) == (None, {"value": NOT_A_NUMBER})


@pytest.mark.parametrize("value", ["1" * 12, "1" * 400, "0," + "1" * 40])
def test_a_number_that_no_message_carries_is_told_as_one_that_no_register_shows(value: str) -> None:
    given, errors = understood(value=value)
    assert given is None
    assert errors["value"].startswith("Tak wysokiego stanu licznik nie pokaże.")


@pytest.mark.parametrize(
    ("day", "month", "year"),
    [
        ("", "", ""),
        ("22", "11", ""),
        ("1.2", "1", "2026"),
        ("x", "1", "26"),
        ("1", "1", "0001"),
        ("31", "12", "9999"),
    ],
)
def test_what_is_no_day_is_told_at_its_field(day: str, month: str, year: str) -> None:
    assert understood(read_on_day=day, read_on_month=month, read_on_year=year) == (None, {"read_on": NOT_A_DATE})


@pytest.mark.parametrize(("day", "month"), [("31", "02"), ("31", "11"), ("22", "13"), ("0", "1")])
def test_a_day_that_no_calendar_has_is_told_as_such(day: str, month: str) -> None:
    assert understood(read_on_day=day, read_on_month=month) == (None, {"read_on": NO_SUCH_DAY})


@pytest.mark.parametrize(("day", "month"), [("22", "11"), ("31", "02")])
def test_a_year_of_two_digits_is_asked_in_full(day: str, month: str) -> None:
    typed_in = {"read_on_day": day, "read_on_month": month, "read_on_year": "26"}
    assert understood(**typed_in) == (None, {"read_on": SHORT_YEAR})


def test_all_that_is_wrong_is_told_at_once() -> None:
    assert set(understood(value="", read_on_day="")[1]) == {"value", "read_on"}


def test_a_day_stands_in_three_entries_and_is_read_from_them() -> None:
    assert entries_of("read_on", TODAY) == DAY
    assert Form(entries_of("read_on", TODAY)).day("read_on") == TODAY


@pytest.mark.parametrize(
    ("gross", "kind", "about"),
    [("120.16", "about", 120), ("120.50", "about", 121), ("0.30", "about", 1), ("0.00", "none", 0), (None, "next", 0)],
)
def test_the_coming_bill_is_told_in_whole_zlotys(gross: str | None, kind: str, about: int) -> None:
    meter = read((date(2026, 10, 31), "100", None))
    estimated = InvoiceEstimate(gross=None if gross is None else Decimal(gross))
    given = Given(Decimal(110), TODAY)
    shown = shown_check(samples.by_customer(), meter, Form(), given, sent=False, estimated=estimated)
    assert (str(shown.bill.kind), int(shown.bill.about)) == (kind, about)
    assert (shown.used, shown.days) == (Decimal(10), 22)


def test_figures_of_a_meter_have_the_same_decimals() -> None:
    meter = read((TODAY, "471", "0.5"), (date(2026, 10, 31), "470.5", None))
    shown = history(samples.by_customer(), meter, Readings(submission=True), TODAY)
    assert [(str(row.value), str(row.consumption)) for row in shown.recent] == [("471.0", "0.5"), ("470.5", "None")]


def test_the_newest_readings_are_seen_and_the_others_unfolded() -> None:
    days = [date(2026, 11, 22 - place) for place in range(RECENT + 2)]
    shown = history(samples.by_customer(), read(*((day, "1", None) for day in days)), Readings(submission=True), TODAY)
    assert ([row.read_on for row in shown.recent], [row.read_on for row in shown.older]) == (
        days[:RECENT],
        days[RECENT:],
    )


def test_a_year_is_drawn_beside_the_year_before_and_a_months_readings_are_added() -> None:
    meter = read((TODAY, "109", "4"), (date(2026, 11, 2), "105", "3"), (date(2025, 11, 30), "102", "2"))
    chart = history(samples.by_customer(), meter, Readings(submission=True), TODAY).chart
    assert chart is not None
    assert [(row.name, row.values[10]) for row in chart.series] == [("2025", Decimal(2)), ("2026", Decimal(7))]
    assert [label.text for label in chart.labels][:2] == ["sty", "lut"]


def test_a_newest_reading_of_a_later_year_that_tells_no_consumption_leaves_nothing_to_draw() -> None:
    meter = read((date(2028, 1, 2), "110", None), (TODAY, "109", "4"), (date(2026, 10, 31), "105", "3"))
    assert history(samples.by_customer(), meter, Readings(submission=True), TODAY).chart is None


@pytest.mark.parametrize(
    ("sources", "remotely"),
    [
        (["remote"], True),
        (["customer", "remote", "remote"], True),
        (["customer", "customer", "remote"], False),
        (["remote", "actual"], False),
        ([], False),
    ],
)
def test_a_meter_is_read_remotely_when_most_of_its_last_readings_were(sources: list[str], remotely: bool) -> None:
    readings = [Reading(Decimal(1), TODAY, source, None) for source in sources]
    assert replace(METER, readings=readings).read_remotely is remotely


def test_the_file_is_what_a_polish_spreadsheet_opens() -> None:
    meter = read((date(2026, 10, 31), "1470.5", "9"), (date(2026, 9, 30), "1461.5", None))
    assert file_of(samples.by_customer(), meter).decode("utf-8-sig").splitlines() == [
        "Data;Stan licznika;Zużycie;Jednostka;Rodzaj odczytu",
        "31.10.2026;1470,5;9,0;m³;nasz",
        "30.09.2026;1461,5;;m³;nasz",
    ]
