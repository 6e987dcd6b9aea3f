"""Hourly registers and the month ends that follow from them."""

from datetime import UTC, date, datetime
from decimal import Decimal

from services.chassis.imports.row_models import read_row
from services.metering.hourly import HourlyRow
from services.metering.telemetry import gigajoules, month_ends, shifted


def at(text: str) -> datetime:
    return datetime.fromisoformat(text).replace(tzinfo=UTC)


def test_kilowatt_hours_become_gigajoules_with_three_decimals_rounded_half_up() -> None:
    assert gigajoules(Decimal("18408.1034482759")) == Decimal("66.269")
    assert str(gigajoules(Decimal("1.25"))) == "0.005"
    assert str(gigajoules(Decimal(1000))) == "3.600"


def test_a_month_ends_at_the_local_midnight_in_winter_and_in_summer() -> None:
    found = month_ends(at("2026-01-31T22:00:00"), at("2026-06-30T22:00:00"))
    assert found[0] == (date(2026, 1, 31), at("2026-01-31T23:00:00"))
    assert found[-1] == (date(2026, 6, 30), at("2026-06-30T22:00:00"))
    assert len(found) == 6


def test_a_month_that_is_not_over_has_no_end() -> None:
    assert month_ends(at("2026-11-01T00:00:00"), at("2026-11-30T22:59:59")) == []


def test_a_month_end_that_was_reached_before_is_not_found_again() -> None:
    assert month_ends(at("2026-10-31T23:00:00"), at("2026-11-20T00:00:00")) == []


def test_the_turn_of_the_year_is_a_month_end() -> None:
    assert month_ends(at("2026-12-01T00:00:00"), at("2027-01-05T00:00:00")) == [
        (date(2026, 12, 31), at("2026-12-31T23:00:00"))
    ]


def test_shifted_hours_keep_their_place_in_the_local_day() -> None:
    assert shifted(at("2018-10-31T23:00:00"), 6) == at("2024-10-31T23:00:00")
    assert shifted(at("2018-12-31T23:00:00"), 6) == at("2024-12-31T23:00:00")


def test_the_end_of_a_leap_february_stays_the_end_of_february() -> None:
    assert shifted(at("2020-02-29T23:00:00"), 6) == at("2026-02-28T23:00:00")


def test_the_hours_of_the_29th_of_february_are_left_out_where_there_is_none() -> None:
    assert shifted(at("2020-02-28T23:00:00"), 6) is None
    assert shifted(at("2020-02-29T22:00:00"), 6) is None
    assert shifted(at("2020-02-29T12:00:00"), 4) == at("2024-02-29T12:00:00")


def test_no_two_hours_of_a_year_are_shifted_onto_one() -> None:
    hours = [
        datetime(2020, month, day, hour, tzinfo=UTC)
        for month in range(1, 13)
        for day in range(1, 29)
        for hour in range(24)
    ]
    moved = [there for hour in hours if (there := shifted(hour, 6)) is not None]
    assert len(set(moved)) == len(moved) == len(hours) - 1


def test_a_meter_number_that_a_spreadsheet_has_shortened_is_refused() -> None:
    registers = dict.fromkeys(
        ("energy_heat_kwh", "volume_flow_m3", "inlet_flow_energy_m3xC", "back_flow_energy_m3xC"), "1"
    )
    row = {"meter_id": "1,23457E+11", "time_rounded": "2026-09-30T20:00:00Z"} | registers
    assert isinstance(read_row(HourlyRow, row | {"meter_id": "660"}), HourlyRow)
    [(field, reason)] = read_row(HourlyRow, row)
    assert (field, "make the column text" in reason) == ("meter_id", True)
