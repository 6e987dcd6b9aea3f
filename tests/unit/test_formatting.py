"""Figures, dates and numbers of identity are written as Poles write them."""

from datetime import UTC, date, datetime, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from gateway.web.texts import formatting
from services.chassis import figures
from services.chassis.figures import MINUS, NO_BREAK_SPACE

cents = st.decimals(min_value=Decimal(-99999999), max_value=Decimal(99999999), places=2)


def plain(text: str) -> str:
    return text.replace(NO_BREAK_SPACE, " ")


def test_money_has_a_decimal_comma_no_break_spaces_and_the_unit() -> None:
    assert figures.money(Decimal("1234.56")) == "1\u00a0234,56\u00a0zł"
    assert plain(figures.money(Decimal("1234567.8"))) == "1 234 567,80 zł"
    assert plain(figures.money(Decimal(7))) == "7,00 zł"


def test_a_negative_amount_has_a_real_minus_sign() -> None:
    assert figures.amount(Decimal("-12.30")) == "\u221212,30"


def test_an_amount_rounds_half_up_for_reading() -> None:
    assert figures.amount(Decimal("0.005")) == "0,01"
    assert figures.amount(Decimal("2.345")) == "2,35"


def test_zero_is_never_negative() -> None:
    assert figures.amount(Decimal("-0.001")) == "0,00"
    assert figures.amount(Decimal("-0.00")) == "0,00"


@pytest.mark.parametrize("value", ["NaN", "Infinity", "-Infinity"])
def test_what_is_no_number_is_refused(value: str) -> None:
    with pytest.raises(ValueError, match="finite"):
        figures.amount(Decimal(value))
    with pytest.raises(ValueError, match="finite"):
        figures.number(Decimal(value))


@given(cents)
def test_an_amount_reads_back_to_the_same_amount(value: Decimal) -> None:
    written = figures.amount(value)
    assert Decimal(written.replace(NO_BREAK_SPACE, "").replace(",", ".").replace(MINUS, "-")) == value


@given(cents)
def test_an_amount_never_breaks_over_lines_and_is_grouped_by_three(value: Decimal) -> None:
    written = figures.money(value)
    assert " " not in written
    groups = written.removesuffix(f"{NO_BREAK_SPACE}zł").split(",")[0].lstrip(MINUS).split(NO_BREAK_SPACE)
    assert 1 <= len(groups[0]) <= 3
    assert all(len(group) == 3 for group in groups[1:])


def test_a_quantity_keeps_the_precision_it_was_given() -> None:
    assert plain(figures.quantity(Decimal("12.34"), "GJ")) == "12,34 GJ"
    assert plain(figures.quantity(Decimal("12.340"), "GJ")) == "12,340 GJ"
    assert plain(figures.quantity(Decimal(1034), "m3")) == "1 034 m³"
    assert plain(figures.quantity(Decimal("0.0095"), "MW")) == "0,0095 MW"
    assert plain(figures.quantity(Decimal("1E+3"), "m3")) == "1 000 m³"


def test_a_unit_inside_a_price_gets_its_sign() -> None:
    assert figures.unit("zł/m3") == "zł/m³"
    assert figures.unit("zł/MW/month") == "zł/MW/mies."


def test_a_vat_rate_is_written_in_per_cent_without_idle_zeros() -> None:
    assert figures.percent(Decimal(8)) == "8%"
    assert figures.percent(Decimal("23.00")) == "23%"
    assert figures.percent(Decimal("9.250")) == "9,25%"
    assert figures.percent(Decimal(0)) == "0%"
    assert figures.percent(Decimal(100)) == "100%"


def test_a_date_is_written_day_first() -> None:
    assert figures.day(date(2026, 11, 2)) == "02.11.2026"


def test_a_moment_is_written_in_polish_time_in_winter_and_in_summer() -> None:
    assert figures.moment(datetime(2026, 11, 22, 13, 5, tzinfo=UTC)) == "22.11.2026, 14:05"
    assert figures.moment(datetime(2026, 7, 31, 22, 30, tzinfo=UTC)) == "01.08.2026, 00:30"


def test_the_date_of_a_moment_is_its_polish_date() -> None:
    assert figures.day(datetime(2026, 11, 22, 23, 30, tzinfo=UTC)) == "23.11.2026"


def test_a_moment_without_a_zone_is_refused() -> None:
    with pytest.raises(ValueError, match="time zone"):
        figures.moment(datetime(2026, 11, 22, 13, 5))  # noqa: DTZ001 - that is what is refused


@pytest.mark.parametrize("endless", [datetime.min, datetime.max])  # noqa: DTZ901 (so a database has them)
def test_an_infinite_moment_of_a_database_is_written_as_it_is(endless: datetime) -> None:
    now = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
    assert figures.day(endless) == f"{endless:%d.%m.}{endless.year:04}"
    assert figures.moment(endless) == f"{figures.day(endless)}, {endless:%H:%M}"
    assert formatting.ago(endless, now)


@pytest.mark.parametrize(
    ("past", "said"),
    [
        (timedelta(seconds=4), "1 minutę temu"),
        (timedelta(minutes=2), "2 minuty temu"),
        (timedelta(minutes=25), "25 minut temu"),
        (timedelta(hours=3), "3 godziny temu"),
        (timedelta(days=1), "1 dzień temu"),
        (timedelta(seconds=-3), "1 minutę temu"),
    ],
)
def test_time_passed_is_said_in_polish_with_its_plural(past: timedelta, said: str) -> None:
    now = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
    assert formatting.ago(now - past, now) == said


def test_time_passed_is_said_in_the_readers_language() -> None:
    now = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
    assert formatting.ago(now - timedelta(hours=3), now, "en") == "3 hours ago"


def test_a_month_has_its_name_for_a_heading_and_a_short_one_for_an_axis() -> None:
    assert formatting.month_name(date(2026, 11, 22)) == "listopad 2026"
    assert formatting.month_short(date(2026, 11, 22)) == "lis"


def test_a_tax_number_is_grouped_and_anything_else_is_left_alone() -> None:
    assert figures.nip("8880205453") == "888-020-54-53"
    assert figures.nip("888-020-54-53") == "888-020-54-53"


def test_an_account_number_is_grouped_by_four_after_its_check_digits() -> None:
    assert plain(formatting.nrb("21291000062469800208837403")) == "21 2910 0006 2469 8002 0883 7403"
    assert formatting.nrb("123") == "123"


def test_a_telephone_number_becomes_a_link_with_the_country() -> None:
    assert figures.phone("54 231 73 18") == "+48542317318"
    assert figures.phone("+48 54 231-73-18") == "+48542317318"


def test_a_short_number_is_dialled_as_it_is() -> None:
    assert figures.phone("994") == "994"
    assert figures.phone("116 111") == "116111"


@pytest.mark.parametrize(
    ("moment", "written"),
    [
        (datetime(9999, 12, 31, 23, 59, tzinfo=UTC), "31.12.9999, 23:59"),
        (datetime(1, 1, 1, 0, 0, tzinfo=UTC), "01.01.0001, 01:24"),
    ],
)
def test_a_moment_at_the_ends_of_the_calendar_ends_no_page(moment: datetime, written: str) -> None:
    assert figures.moment(moment) == written


def test_an_address_too_long_for_a_line_breaks_before_its_at_sign_and_stays_text() -> None:
    assert formatting.email("anna@poczta.example") == "anna<wbr>@poczta.example"
    assert formatting.email("<b>@poczta.example") == "&lt;b&gt;<wbr>@poczta.example"


def test_no_line_of_a_companys_name_ends_where_none_belongs_and_what_is_copied_has_plain_spaces() -> None:
    assert formatting.company("Wodociągi i Ciepło Sp. z o.o.") == (
        'Wodociągi <span class="unbroken">i Ciepło</span> <span class="unbroken">Sp. z o.o.</span>'
    )
    assert formatting.company("Gmina <Wierzbogród>") == "Gmina &lt;Wierzbogród&gt;"
