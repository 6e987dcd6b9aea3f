"""Which readings metering accepts."""

from datetime import date, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.chassis.errors import Refused
from services.metering import intake, rules
from services.metering.profile import Readings, ReadingWindow
from services.metering.rules import Reading, usual_daily_use

TODAY = date(2026, 11, 22)
ANY_DAY = Readings(submission=True)
LATE_IN_MONTH = Readings(submission=True, window=ReadingWindow(first_day=25, last_day=31), frequency="monthly")


def monthly(*values: str, until: date = date(2026, 10, 31)) -> list[Reading]:
    """Readings about thirty days apart, the last one on `until`."""
    days = [until - timedelta(days=30 * back) for back in reversed(range(len(values)))]
    return [Reading(day, Decimal(value), "actual") for day, value in zip(days, values, strict=True)]


HEAT = monthly("100", "104", "110", "116")


def submit(
    value: str,
    read_on: date = TODAY,
    *,
    history: list[Reading] = HEAT,
    profile: Readings = ANY_DAY,
    today: date = TODAY,
    confirmed: bool = False,
    installed_on: date = date(2020, 1, 1),
) -> None:
    rules.of_customer(
        history,
        read_on,
        Decimal(value),
        unit="GJ",
        installed_on=installed_on,
        today=today,
        rules=profile,
        unusual_confirmed=confirmed,
    )


def refusal(*args: Any, **kwargs: Any) -> tuple[str, str, str]:
    with pytest.raises(Refused) as refused:
        submit(*args, **kwargs)
    (error,) = refused.value.errors
    return refused.value.code, error.field, error.text


def test_a_reading_that_follows_the_last_one_is_accepted() -> None:
    submit("120.101")


def test_a_meter_without_use_is_accepted() -> None:
    submit("116")


def test_the_first_reading_of_a_meter_is_accepted() -> None:
    submit("5000.5", history=[])


def test_a_reading_lower_than_the_last_is_refused_and_names_the_last() -> None:
    code, field, text = refusal("115.999")
    assert (code, field) == ("lower", "value")
    assert "116\u00a0GJ z dnia 31.10.2026" in text


def test_programs_read_the_last_reading_in_the_refusal_and_people_in_its_words() -> None:
    with pytest.raises(Refused) as refused:
        submit("115", history=[Reading(date(2026, 10, 31), Decimal("1116.000"), "actual")])
    (error,) = refused.value.errors
    assert error.code == "lower"
    assert error.parameters == {"last": "1116.000 GJ", "last_on": "2026-10-31"}
    assert error.text == (
        "Stan jest niższy niż ostatni odczyt (1\u00a0116\u00a0GJ z dnia 31.10.2026). Sprawdź cyfry i przecinek. "
        "Jeśli licznik wymieniono, trzeba to zgłosić w biurze obsługi."
    )


def test_reasons_that_mean_the_same_to_a_program_share_the_code_of_the_refusal() -> None:
    with pytest.raises(Refused) as refused:
        submit("200", history=monthly("0"))
    assert refused.value.code == "unusual"
    assert [error.code for error in refused.value.errors] == ["unusual_at_first"]


def test_a_reading_of_tomorrow_is_refused() -> None:
    assert refusal("117", TODAY + timedelta(days=1))[:2] == ("future", "read_on")


def test_a_reading_of_today_is_accepted_as_the_last_moment() -> None:
    submit("117", TODAY)


def test_a_second_reading_of_the_same_day_is_refused() -> None:
    assert refusal("116", date(2026, 10, 31))[:2] == ("twice", "read_on")


def test_a_reading_of_a_day_before_the_last_is_refused() -> None:
    assert refusal("116", date(2026, 10, 30))[:2] == ("before_last", "read_on")


def test_a_wrong_day_and_a_wrong_value_are_told_at_once() -> None:
    with pytest.raises(Refused) as refused:
        submit("-1", TODAY + timedelta(days=1))
    assert refused.value.code == "invalid"
    assert [(error.code, error.field) for error in refused.value.errors] == [
        ("negative", "value"),
        ("future", "read_on"),
    ]


@pytest.mark.parametrize("value", ["-1", "-0.0001", "-1e30", "-1e999999"])
def test_a_negative_register_is_refused(value: str) -> None:
    assert refusal(value, history=[])[:2] == ("negative", "value")


def test_a_fourth_digit_after_the_comma_is_refused() -> None:
    assert refusal("117.0001")[:2] == ("precision", "value")


def test_trailing_zeros_are_no_digits() -> None:
    submit("117.00000")


def test_a_day_before_the_installation_is_refused() -> None:
    assert refusal("1", history=[], installed_on=TODAY, read_on=date(2026, 11, 1))[0] == "before_installation"


@pytest.mark.parametrize("value", ["1000000000", "1e30", "1e999999"])
def test_more_digits_than_a_register_has_are_impossible(value: str) -> None:
    assert refusal(value, history=[])[:2] == ("impossible", "value")


def test_use_that_no_meter_can_count_is_refused_even_when_confirmed() -> None:
    assert refusal("205101", confirmed=True)[:2] == ("impossible", "value")


def test_unusual_use_is_asked_back_with_the_usual_one_and_accepted_when_confirmed() -> None:
    code, field, text = refusal("150")
    assert (code, field) == ("unusual", "value")
    assert "1,55\u00a0GJ dziennie od dnia 31.10.2026" in text
    assert "dotąd średnio 0,18\u00a0GJ dziennie" in text
    submit("150", confirmed=True)


def test_the_profile_says_how_much_is_unusual() -> None:
    submit("150", profile=Readings(submission=True, unusual_factor=Decimal(10)))


def test_a_home_that_stood_empty_may_use_what_any_home_uses() -> None:
    submit("137", history=monthly("116", "116", "116"))


def test_unusual_use_of_a_new_meter_is_asked_back_without_naming_a_usual_one() -> None:
    code, _, text = refusal("200", history=monthly("0"))
    assert code == "unusual"
    assert "średnio" not in text


def test_usual_use_is_the_mean_of_about_a_year() -> None:
    history = [
        Reading(date(2023, 10, 31), Decimal(0), "actual"),
        Reading(date(2025, 10, 31), Decimal(1000), "actual"),
        Reading(date(2026, 4, 30), Decimal(1300), "actual"),
        Reading(date(2026, 10, 31), Decimal(1365), "actual"),
    ]
    assert usual_daily_use(history) == 1


def test_usual_use_is_unknown_from_one_reading() -> None:
    assert usual_daily_use(monthly("5")) is None


def test_a_utility_that_reads_its_meters_itself_takes_no_readings() -> None:
    assert refusal("117", profile=Readings(submission=False))[0] == "not_taken"


@pytest.mark.parametrize("day", [25, 30])
def test_within_the_window_a_reading_is_accepted(day: int) -> None:
    on = date(2026, 11, day)
    submit("117", on, profile=LATE_IN_MONTH, today=on)


def test_before_the_window_a_reading_is_refused_and_the_window_told() -> None:
    code, _, text = refusal("117", date(2026, 11, 24), profile=LATE_IN_MONTH, today=date(2026, 11, 24))
    assert code == "outside_window"
    days = "od 25. do ostatniego dnia miesiąca"
    assert text == f"Odczyt można podać tylko {days}. Data odczytu też musi być z tych dni."


def test_in_the_window_a_reading_of_a_day_before_it_is_refused() -> None:
    assert refusal("117", date(2026, 11, 24), profile=LATE_IN_MONTH, today=date(2026, 11, 25))[0] == "outside_window"


def test_in_the_window_a_reading_of_last_months_window_is_refused() -> None:
    history = monthly("100", until=date(2026, 9, 30))
    refused = refusal("101", date(2026, 10, 30), history=history, profile=LATE_IN_MONTH, today=date(2026, 11, 25))
    assert refused[0] == "outside_window"


def test_a_second_reading_of_a_customer_in_a_month_is_refused_where_one_a_month_is_allowed() -> None:
    history = [*HEAT, Reading(date(2026, 11, 25), Decimal(117), "customer")]
    refused = refusal("118", date(2026, 11, 26), history=history, profile=LATE_IN_MONTH, today=date(2026, 11, 26))
    assert refused[0] == "once_a_month"


def test_the_utilitys_own_reading_does_not_use_up_the_customers_one() -> None:
    history = [*HEAT, Reading(date(2026, 11, 25), Decimal(117), "actual")]
    submit("118", date(2026, 11, 26), history=history, profile=LATE_IN_MONTH, today=date(2026, 11, 26))


@given(
    st.decimals(0, 10**9, places=3, allow_nan=False).filter(lambda value: value < 10**9),
    st.integers(-400, 400),
    st.booleans(),
)
def test_whatever_is_accepted_never_turns_the_register_back_nor_time(
    value: Decimal, days: int, confirmed: bool
) -> None:
    read_on = TODAY + timedelta(days=days)
    try:
        submit(str(value), read_on, confirmed=confirmed)
    except Refused:
        return
    last = HEAT[-1]
    assert value >= last.value
    assert last.read_on < read_on <= TODAY


def test_who_forced_a_reading_is_a_number_where_the_system_knows_no_name(monkeypatch: pytest.MonkeyPatch) -> None:
    def unknown() -> str:
        raise KeyError("getpwuid(): uid not found: 4711")

    monkeypatch.setattr("getpass.getuser", unknown)
    monkeypatch.setattr("os.getuid", lambda: 4711)
    assert intake._who() == "4711"
