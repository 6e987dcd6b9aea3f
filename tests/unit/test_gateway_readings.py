"""What a customer may write into the form for a reading."""

from datetime import date
from decimal import Decimal
from uuid import UUID

import pytest

from gateway.readings.customer import NOT_A_DATE, NOT_A_NUMBER, _form, _request
from gateway.readings.queries import Meter

METER = Meter(UUID(int=1), "W-1", "water", "m3", "PW-1", (), date(2026, 7, 31))


@pytest.mark.parametrize("value", ["1234,5", "1 234,5", "1\u00a0234.5", "1\u202f234,5"])
@pytest.mark.parametrize("read_on", ["2026-11-22", "22.11.2026"])
def test_a_reading_is_taken_as_poles_write_it(value: str, read_on: str) -> None:
    form = _form({"value": value, "read_on": read_on})
    request, errors = _request(METER, form)
    assert request is not None, errors
    assert (request.value, request.read_on) == (Decimal("1234.5"), date(2026, 11, 22))


def test_a_day_that_was_understood_stands_in_the_form_again_as_a_date_entry_shows_it() -> None:
    assert _form({"value": "x", "read_on": "22.11.2026"}).value("read_on") == "2026-11-22"


@pytest.mark.parametrize("value", ["1.22e2", "1_23", "NaN", ""])
def test_what_is_no_number_is_told_at_its_field(value: str) -> None:
    assert _request(METER, _form({"value": value, "read_on": "2026-11-22"})) == (None, {"value": NOT_A_NUMBER})


@pytest.mark.parametrize("read_on", ["1764115200", "31.11.2026", "wczoraj", ""])
def test_what_is_no_day_is_told_at_its_field(read_on: str) -> None:
    form = _form({"value": "150", "read_on": read_on})
    assert _request(METER, form) == (None, {"read_on": NOT_A_DATE})
    assert form.value("read_on") == read_on
