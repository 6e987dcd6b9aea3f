"""Settlement: what two readings, an agreement and a tariff come to."""

from collections.abc import Sequence
from datetime import date, timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from contracts.message import Medium
from services.billing.invoicing.money import shared, to_grosz
from services.billing.invoicing.settlement import (
    AgreementTerms,
    InvoiceDraft,
    RegisterValue,
    months_settled,
    settle,
    split_by_days,
    vat_rate,
)
from services.billing.profile import VatRate
from services.billing.tariffs.tariffs import ALWAYS, Edition, NoPrice, Tariff, from_editions

D = Decimal
VAT = (
    VatRate(medium="heat", valid_from=date(2011, 1, 1), percent=D(23)),
    VatRate(medium="water", valid_from=date(2011, 1, 1), percent=D(8)),
)
A1 = {
    "capacity_pln_mw_month": D("15914.77"),
    "energy_pln_gj": D("91.07"),
    "network_fixed_pln_mw_month": D("5172.87"),
    "network_variable_pln_gj": D("19.16"),
    "carrier_pln_m3": D("20.23"),
}
EKOTERM = from_editions("ekoterm", "heat", [Edition(ALWAYS, {"A1": A1})])
WATER_PRICES = {"water_pln_m3": D("2.47"), "sewage_pln_m3": D("7.94"), "standing_pln_month": D("3.00")}
SWIETAJNO = from_editions("swietajno", "water", [Edition(date(2024, 1, 1), {"all": WATER_PRICES})])
HEAT = AgreementTerms("heat", "A1", D("0.1"))
WATER = AgreementTerms("water", "all", None)


def at(day: str, value: str) -> RegisterValue:
    return RegisterValue(date.fromisoformat(day), D(value))


def lines(draft: InvoiceDraft) -> list[tuple[str, Decimal, str, Decimal]]:
    return [(item.name, item.quantity, item.unit, item.net) for item in draft.items]


def test_the_published_example_of_ekoterm_comes_to_its_published_sum() -> None:
    draft = settle(HEAT, at("2026-09-30", "100.000"), at("2026-10-31", "160.000"), EKOTERM, VAT)
    assert (draft.net, draft.vat, draft.gross) == (D("8722.56"), D("2006.19"), D("10728.75"))
    assert lines(draft) == [
        ("Moc zamówiona", D("0.1"), "MW·month", D("1591.48")),
        ("Ciepło", D(60), "GJ", D("5464.20")),
        ("Opłata przesyłowa stała", D("0.1"), "MW·month", D("517.28")),
        ("Opłata przesyłowa zmienna", D(60), "GJ", D("1149.60")),
    ]
    assert (draft.period_from, draft.period_to) == (date(2026, 10, 1), date(2026, 10, 31))
    assert draft.description == "Ciepło, 01.10.2026 – 31.10.2026"


def test_water_is_settled_with_sewage_and_a_standing_charge_for_each_month() -> None:
    draft = settle(WATER, at("2026-08-31", "100"), at("2026-10-31", "118"), SWIETAJNO, VAT)
    assert lines(draft) == [
        ("Woda", D(18), "m3", D("44.46")),
        ("Ścieki", D(18), "m3", D("142.92")),
        ("Opłata abonamentowa", D(2), "month", D("6.00")),
    ]
    assert (draft.net, draft.vat, draft.gross) == (D("193.38"), D("15.47"), D("208.85"))


def test_a_second_reading_in_a_month_pays_no_fixed_charge_again() -> None:
    draft = settle(WATER, at("2026-11-10", "100"), at("2026-11-22", "104"), SWIETAJNO, VAT)
    assert [item.name for item in draft.items] == ["Woda", "Ścieki"]


def test_a_charge_without_a_price_in_the_tariff_has_no_line() -> None:
    prices = {name: A1[name] for name in ("capacity_pln_mw_month", "energy_pln_gj")}
    tariff = from_editions("wloclawek", "heat", [Edition(ALWAYS, {"A1": prices})])
    draft = settle(HEAT, at("2026-09-30", "0"), at("2026-10-31", "10"), tariff, VAT)
    assert [item.name for item in draft.items] == ["Moc zamówiona", "Ciepło"]


def test_a_price_that_changes_within_the_period_splits_consumption_by_days() -> None:
    dearer = WATER_PRICES | {"water_pln_m3": D("3.00")}
    tariff = from_editions(
        "swietajno", "water", [Edition(date(2026, 10, 11), {"all": dearer}), Edition(ALWAYS, {"all": WATER_PRICES})]
    )
    draft = settle(WATER, at("2026-09-30", "0"), at("2026-10-31", "31"), tariff, VAT)
    assert lines(draft) == [
        ("Woda", D(10), "m3", D("24.70")),
        ("Woda", D(21), "m3", D("63.00")),
        ("Ścieki", D(31), "m3", D("246.14")),  # its price stayed
        ("Opłata abonamentowa", D(1), "month", D("3.00")),
    ]


def test_fixed_charges_take_the_price_of_the_first_of_each_month() -> None:
    dearer = WATER_PRICES | {"standing_pln_month": D("4.00")}
    tariff = from_editions(
        "swietajno", "water", [Edition(ALWAYS, {"all": WATER_PRICES}), Edition(date(2026, 9, 2), {"all": dearer})]
    )
    draft = settle(WATER, at("2026-07-31", "0"), at("2026-10-31", "0"), tariff, VAT)
    standing = [(i.quantity, i.unit_price) for i in draft.items if i.unit == "month"]
    assert standing == [(D(2), D("3.00")), (D(1), D("4.00"))]  # August and September, October


@pytest.mark.parametrize(
    ("previous", "current", "months"),
    [
        ("2026-09-30", "2026-10-31", ["2026-10-01"]),
        ("2026-10-31", "2026-11-01", ["2026-11-01"]),
        ("2026-11-01", "2026-11-30", []),
        ("2025-11-30", "2026-02-01", ["2025-12-01", "2026-01-01", "2026-02-01"]),
    ],
)
def test_months_after_the_previous_readings_month_are_settled(previous: str, current: str, months: list[str]) -> None:
    found = months_settled(date.fromisoformat(previous), date.fromisoformat(current))
    assert [month.isoformat() for month in found] == months


def test_vat_is_that_of_the_last_day_settled() -> None:
    rates = (*VAT, VatRate(medium="heat", valid_from=date(2026, 10, 31), percent=D(5)))
    assert vat_rate(rates, "heat", date(2026, 10, 30)) == 23
    assert settle(HEAT, at("2026-09-30", "0"), at("2026-10-31", "1"), EKOTERM, rates).items[0].vat_rate == 5


def test_what_cannot_be_priced_is_told() -> None:
    with pytest.raises(NoPrice, match="no group B7"):
        settle(AgreementTerms("heat", "B7", D(1)), at("2026-09-30", "0"), at("2026-10-31", "1"), EKOTERM, VAT)
    with pytest.raises(NoPrice, match="no prices for 2023"):
        settle(WATER, at("2023-09-30", "0"), at("2023-10-31", "1"), SWIETAJNO, VAT)
    with pytest.raises(ValueError, match="lacks the contracted capacity"):
        settle(AgreementTerms("heat", "A1", None), at("2026-09-30", "0"), at("2026-10-31", "1"), EKOTERM, VAT)
    with pytest.raises(ValueError, match="no VAT rate of heat"):
        settle(HEAT, at("2026-09-30", "0"), at("2026-10-31", "1"), EKOTERM, VAT[1:])


@pytest.mark.parametrize(("day", "value"), [("2026-10-31", "9.999"), ("2026-09-30", "11"), ("2026-09-29", "11")])
def test_a_register_that_runs_backwards_is_not_settled(day: str, value: str) -> None:
    with pytest.raises(ValueError, match="backwards"):
        settle(HEAT, at("2026-09-30", "10"), at(day, value), EKOTERM, VAT)


quantities = st.decimals(min_value=0, max_value=100_000, places=3)
prices = st.decimals(min_value=0, max_value=20_000, places=2)


BY_QUANTITY = {"heat": ("Ciepło", "Opłata przesyłowa zmienna"), "water": ("Woda", "Ścieki")}
"""The items of an invoice that follow from what was used."""


@st.composite
def tariffs(draw: st.DrawFn) -> Tariff:
    medium: Medium = draw(st.sampled_from(["heat", "water"]))
    names = A1 if medium == "heat" else WATER_PRICES
    days = draw(st.lists(st.dates(date(2025, 1, 1), date(2026, 12, 31)), max_size=4, unique=True))
    editions = [Edition(day, {"G": {name: draw(prices) for name in names}}) for day in [ALWAYS, *days]]
    return from_editions("t", medium, editions)


@given(
    tariff=tariffs(),
    opening=quantities,
    used=quantities,
    capacity=st.decimals(min_value=0, max_value=50, places=4),
    first=st.dates(date(2024, 12, 1), date(2026, 6, 30)),
    days=st.integers(1, 400),
    percent=st.sampled_from([D(0), D(5), D(8), D(23)]),
)
def test_every_invoice_adds_up_and_owes_nothing_negative(
    tariff: Tariff, opening: Decimal, used: Decimal, capacity: Decimal, first: date, days: int, percent: Decimal
) -> None:
    rates = (VatRate(medium=tariff.medium, valid_from=date(2011, 1, 1), percent=percent),)
    terms = AgreementTerms(tariff.medium, "G", capacity)
    last = first + timedelta(days=days)
    draft = settle(terms, RegisterValue(first, opening), RegisterValue(last, opening + used), tariff, rates)

    assert draft.net == sum(item.net for item in draft.items)
    assert draft.vat == sum(item.vat for item in draft.items)
    assert draft.gross == draft.net + draft.vat == sum(item.gross for item in draft.items)
    assert draft.vat == to_grosz(draft.net * percent / 100)
    for item in draft.items:
        assert item.net >= 0
        assert item.vat >= 0
        assert abs(item.net - item.quantity * item.unit_price) < D("0.01")
    for name in BY_QUANTITY[tariff.medium] if used else ():
        assert sum(item.quantity for item in draft.items if item.name == name) == used


@given(quantity=quantities, days=st.lists(st.integers(1, 400), min_size=1, max_size=6))
def test_splitting_keeps_the_whole_and_every_part_at_its_share(quantity: Decimal, days: Sequence[int]) -> None:
    parts = split_by_days(quantity, days)
    assert sum(parts) == quantity
    for part, count in zip(parts, days, strict=True):
        assert part >= 0
        assert abs(part - quantity * count / sum(days)) <= D("0.001")


@given(st.lists(st.decimals(min_value=0, max_value=1_000_000, places=5), max_size=12))
def test_a_rounded_sum_is_shared_without_losing_a_grosz(exact: list[Decimal]) -> None:
    total = to_grosz(sum(exact, D(0)))
    parts = shared(total, exact)
    assert sum(parts, D(0)) == total
    assert all(abs(part - amount) < D("0.01") for part, amount in zip(parts, exact, strict=True))


def test_sharing_refuses_a_total_that_is_not_the_rounded_sum() -> None:
    with pytest.raises(ValueError, match="not the rounded sum"):
        shared(D("10.00"), [D("1.00"), D("2.00")])
