"""Statutory late-payment interest."""

import tomllib
from datetime import date, timedelta
from decimal import Decimal
from importlib.resources import files

from hypothesis import given
from hypothesis import strategies as st

from services.billing.receivables.interest import PaidPart, RateTable, late_interest, statutory_rates

D = Decimal
RATES = statutory_rates()


def owed(amount: str, due: str, on: str, year_days: int = 365) -> Decimal:
    return late_interest([PaidPart(D(amount), date.fromisoformat(on))], date.fromisoformat(due), RATES, year_days)


def test_interest_runs_through_three_rates() -> None:
    # 19 days at 9.75 %, 91 days at 9.50 %, 16 days at 9.25 %.
    assert owed("1000.00", "2025-11-14", "2026-03-20") == D("32.82")


def test_the_day_of_payment_bears_interest_and_the_due_date_does_not() -> None:
    assert owed("36500.00", "2026-06-01", "2026-06-01") == 0
    assert owed("36500.00", "2026-06-01", "2026-06-02") == D("9.25")


def test_days_before_the_first_known_rate_bear_nothing_and_stop_nothing() -> None:
    assert owed("36500.00", "2005-01-31", "2005-10-14") == 0
    assert owed("36500.00", "2005-01-31", "2005-10-15") == D("11.50")


def test_payment_in_time_bears_none() -> None:
    assert owed("1000.00", "2026-06-01", "2026-05-20") == 0


def test_the_divisor_is_the_profiles() -> None:
    assert owed("36600.00", "2026-06-01", "2026-06-02", year_days=366) == D("9.25")


def test_a_half_grosz_goes_up() -> None:
    # 19.73 PLN at 9.25 % bears 0.0050001 PLN a day.
    assert owed("19.73", "2026-06-01", "2026-06-02") == D("0.01")


def test_parts_paid_on_their_own_days_are_rounded_together() -> None:
    due = date(2026, 6, 1)
    parts = [PaidPart(D("15.00"), due + timedelta(days=1)), PaidPart(D("15.00"), due + timedelta(days=1))]
    assert late_interest(parts, due, RATES, 365) == D("0.01")  # 0.0038 twice; rounded apart they would be nothing
    assert late_interest(parts[:1], due, RATES, 365) == 0


def test_a_debt_of_before_2016_bears_the_rates_of_its_time() -> None:
    # 22.12.2014 at 13 %, 23.12.2014 at 8 %: 1,000 PLN bear 0.3562 and 0.2192.
    assert owed("1000.00", "2014-12-21", "2014-12-23") == D("0.58")


def test_the_table_is_the_reference_rate_and_five_and_a_half_points() -> None:
    listed = tomllib.loads((files("services.billing.receivables") / "interest_rates.toml").read_text())["rates"]
    since_2016 = [entry for entry in listed if entry["from"] >= date(2016, 1, 1)]
    assert all(D(entry["percent"]) == D(entry["nbp"]) + D("5.5") for entry in since_2016)
    days = [entry["from"] for entry in listed]
    assert days == sorted(set(days))
    assert RATES.percents[-1] == D("9.25")


@given(first=st.dates(date(2016, 1, 1), date(2026, 12, 1)), days=st.integers(0, 2000))
def test_segments_cover_every_day_once(first: date, days: int) -> None:
    last = first + timedelta(days=days)
    assert sum(count for count, _ in RATES.segments(first, last)) == days + 1


@given(
    amount=st.decimals(min_value=0, max_value=10_000, places=2),
    due=st.dates(date(2016, 1, 1), date(2026, 1, 1)),
    days=st.integers(0, 1500),
)
def test_interest_equals_the_sum_day_by_day(amount: Decimal, due: date, days: int) -> None:
    table = RateTable((date(2016, 1, 1), date(2020, 1, 1)), (D(7), D(5)))
    daily = sum(
        (amount * (7 if due + timedelta(days=n) < date(2020, 1, 1) else 5) / 36500 for n in range(1, days + 1)), D(0)
    )
    counted = late_interest([PaidPart(amount, due + timedelta(days=days))], due, table, 365)
    assert abs(counted - daily) <= D("0.0050001")
