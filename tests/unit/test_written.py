"""Which numbers and days of people's hands are understood."""

from datetime import date
from decimal import Decimal

import pytest

from services.chassis import written


@pytest.mark.parametrize("text", ["1234.5", "1234,5", "+1234,50", "1 234,5", "1\u00a0234,5", "1\u202f234,5"])
def test_a_number_is_understood_with_a_comma_and_with_every_blank_between_thousands(text: str) -> None:
    assert written.number(text) == Decimal("1234.5")


@pytest.mark.parametrize("text", ["00015 345", "0 345", "1234 567", "1 2345", "015 345,5"])
def test_a_blank_that_sets_no_thousands_apart_is_none_as_black_and_red_digits_are_no_thousands(text: str) -> None:
    assert written.number(text) is None


@pytest.mark.parametrize("text", ["", "1.22e2", "1_23", "١٢", "NaN", "inf", "0x10", "1.000.000", "12 34", "1,", ",5"])
def test_what_nobody_means_as_a_number_is_none(text: str) -> None:
    assert written.number(text) is None


@pytest.mark.parametrize("text", ["2026-02-01", "01.02.2026", "1.2.2026"])
def test_a_day_is_understood_in_polish_and_as_a_date_entry_sends_it(text: str) -> None:
    assert written.day(text) == date(2026, 2, 1)


@pytest.mark.parametrize(
    "text", ["", "1764115200", "20260201", "2026-2-1", "31.02.2026", "00.01.2026", "1.2.26", "0000-01-01"]
)
def test_what_nobody_means_as_a_day_is_none(text: str) -> None:
    assert written.day(text) is None
