"""The demo utility's files: made by the generator, sound in themselves, and true where they claim to be facts."""

import csv
import json
from collections import defaultdict
from datetime import date, datetime, timedelta
from decimal import ROUND_HALF_UP, Decimal
from pathlib import Path
from zoneinfo import ZoneInfo

import pytest
from stdnum.pl import nip, pesel, regon

from deploy.cli.imports import find_importer
from deploy.demo import generate, payments
from services.chassis.imports.row_files import opened

DEMO = generate.HERE
KINDS = {name: f"{name}.csv" for name in ("parties", "agreements", "meters", "readings", "payments")} | {
    "tariffs": "tariffs.json"
}
HOURLY = Path(__file__).parents[3] / "shared" / "data" / "heat-meter-660-hourly.csv"


def rows(name: str) -> list[dict[str, str]]:
    with (DEMO / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_the_generator_makes_the_same_files_again(tmp_path: Path) -> None:
    generate.write(generate.build(), tmp_path)
    for name in ("parties", "agreements", "meters", "readings"):
        made, kept = (folder / f"{name}.csv" for folder in (tmp_path, DEMO))
        assert made.read_bytes() == kept.read_bytes(), f"{name}.csv is not what generate.py makes; run it"


@pytest.mark.parametrize("name", KINDS)
def test_each_file_is_read_by_its_importer_without_a_bad_row(name: str) -> None:
    _, importer = find_importer(name)
    with opened(DEMO / KINDS[name], importer) as file:
        found = list(file.rows)
    assert found
    assert [row for row in found if isinstance(row, list)] == []


def test_no_file_is_without_an_importer() -> None:
    files = {file.name for file in DEMO.iterdir() if file.suffix in {".csv", ".json"}}
    assert files == {*KINDS.values(), "meter-660-month-ends.csv"}  # what readings.csv is made of


def test_the_folder_stays_small() -> None:
    assert sum(file.stat().st_size for file in DEMO.iterdir() if file.is_file()) < 1_000_000


def test_every_kind_of_party_is_there_with_right_check_digits() -> None:
    parties = rows("parties")
    assert len({party["code"] for party in parties}) == len(parties) == 300
    kinds = {party["kind"] for party in parties}
    assert kinds == {"household", "firm", "housing_community", "property_manager"}
    for party in parties:
        if party["kind"] == "household":
            assert pesel.is_valid(party["pesel"]), party
            assert not party["nip"], party
        else:
            assert nip.is_valid(party["nip"]), party
            assert regon.is_valid(party["regon"]), party
            assert not party["pesel"], party


def test_no_party_can_be_a_real_one() -> None:
    parties = rows("parties")
    assert max(pesel.get_birth_date(party["pesel"]).year for party in parties if party["pesel"]) < 1900
    assert {party["email"].rpartition(".")[2] for party in parties if party["email"]} == {"example"}
    assert {party["phone"][:3] for party in parties} == {"99 "}


def test_identifying_numbers_belong_to_one_party_each() -> None:
    for column in ("pesel", "nip", "regon", "phone"):
        values = [party[column] for party in rows("parties") if party[column]]
        assert 0 < len(values) == len(set(values)), column


def test_each_agreement_has_its_party_its_meter_and_a_tariff_group_of_its_medium() -> None:
    tariffs = json.loads((DEMO / "tariffs.json").read_text(encoding="utf-8"))["tariffs"]
    groups = {(tariff["medium"], tariff["code"], group) for tariff in tariffs for group in tariff["groups"]}
    parties = {party["code"] for party in rows("parties")}
    meters = {(meter["service_point"], meter["medium"]) for meter in rows("meters")}
    agreements = rows("agreements")
    assert len({agreement["number"] for agreement in agreements}) == len(agreements)
    for agreement in agreements:
        assert agreement["party_code"] in parties
        assert (agreement["service_point"], agreement["medium"]) in meters
        assert (agreement["medium"], agreement["tariff"], agreement["tariff_group"]) in groups
        assert bool(agreement["capacity_mw"]) == (agreement["medium"] == "heat")
        assert agreement["signed_on"] <= agreement["billed_from"]
    with_e_invoice = sum(agreement["e_invoice"] == "true" for agreement in agreements)
    assert 0.4 < with_e_invoice / len(agreements) < 0.6


def test_registers_never_run_backwards_and_begin_where_billing_begins() -> None:
    billed_from = {agreement["service_point"]: agreement["billed_from"] for agreement in rows("agreements")}
    point = {meter["number"]: meter["service_point"] for meter in rows("meters")}
    by_meter = defaultdict(list)
    for reading in rows("readings"):
        by_meter[reading["meter_number"]].append(reading)
    assert by_meter.keys() == point.keys()
    for number, readings in by_meter.items():
        assert readings[0]["read_on"] == billed_from[point[number]]
        days = [reading["read_on"] for reading in readings]
        assert days == sorted(set(days)), number
        registers = [Decimal(reading["register"]) for reading in readings]
        assert registers == sorted(registers), number


def test_the_main_customer_has_both_media_read_up_to_the_last_month_end() -> None:
    points = {a["service_point"]: a["medium"] for a in rows("agreements") if a["party_code"] == "100001"}
    meters = {m["number"]: m["medium"] for m in rows("meters") if m["service_point"] in points}
    assert sorted(meters.values()) == ["heat", "water"]
    assert meters["660"] == "heat"
    for number in meters:
        assert max(r["read_on"] for r in rows("readings") if r["meter_number"] == number) == "2026-10-31"


def test_some_water_customers_have_yet_to_tell_their_last_reading() -> None:
    last = {reading["meter_number"]: reading["read_on"] for reading in rows("readings")}
    water = [last[meter["number"]] for meter in rows("meters") if meter["medium"] == "water"]
    assert 40 < sum(day < "2026-10-31" for day in water) < 120


def test_meter_660_follows_the_real_register_six_years_later() -> None:
    expected = {}
    for measured_at, kwh in real_month_ends().items():
        ended = measured_at.astimezone(ZoneInfo("Europe/Warsaw"))
        assert (ended.day, ended.hour) == (1, 0)
        last_day = date(ended.year + 6, ended.month, 1) - timedelta(days=1)
        expected[last_day.isoformat()] = (kwh * Decimal("0.0036")).quantize(Decimal("0.001"), ROUND_HALF_UP)
    readings = {r["read_on"]: Decimal(r["register"]) for r in rows("readings") if r["meter_number"] == "660"}
    assert readings == expected
    assert len(readings) == 25


@pytest.mark.skipif(not HOURLY.exists(), reason="the hourly registers of the real meter are not on this machine")
def test_the_month_ends_of_meter_660_are_those_of_its_hourly_register() -> None:
    with HOURLY.open(encoding="utf-8", newline="") as file:
        hourly = {
            datetime.fromisoformat(row["time_rounded"]): Decimal(row["energy_heat_kwh"]) for row in csv.DictReader(file)
        }
    month_ends = real_month_ends()
    assert month_ends == {moment: hourly[moment] for moment in month_ends}


def real_month_ends() -> dict[datetime, Decimal]:
    return {
        datetime.fromisoformat(row["measured_at"]): Decimal(row["energy_kwh"]) for row in rows("meter-660-month-ends")
    }


def test_the_tariffs_keep_the_published_prices() -> None:
    tariffs = json.loads((DEMO / "tariffs.json").read_text(encoding="utf-8"))["tariffs"]
    ekoterm = next(tariff for tariff in tariffs if tariff["code"] == "ekoterm")
    price = {name: Decimal(value) for name, value in ekoterm["groups"]["A1"].items()}
    # The utility's own worked example: 0.1 MW and 60 GJ in a month.
    fixed = Decimal("0.1") * (price["capacity_pln_mw_month"] + price["network_fixed_pln_mw_month"])
    variable = 60 * (price["energy_pln_gj"] + price["network_variable_pln_gj"])
    assert (fixed + variable).quantize(Decimal("0.01"), ROUND_HALF_UP) == Decimal("8722.56")


def test_the_payments_are_those_that_billings_rules_ask_for(tmp_path: Path) -> None:
    payments.write(tmp_path)
    assert (tmp_path / "payments.csv").read_bytes() == (DEMO / "payments.csv").read_bytes(), (
        "payments.csv no longer fits the invoices; run deploy.demo.payments"
    )


def test_most_bills_are_paid_some_late_some_not_and_none_before_its_day() -> None:
    bills = {bill.title: bill for bill in payments.bills()}
    paid = rows("payments")
    assert len({payment["reference"] for payment in paid}) == len(paid)
    assert 0.93 < len(paid) / len(bills) < 1
    days_late = []
    for payment in paid:
        bill = bills[payment["title"]]
        booked_on = date.fromisoformat(payment["booked_on"])
        assert bill.issued_on < booked_on < payments.TODAY
        assert payment["party_code"] == bill.party_code
        assert 0 < Decimal(payment["amount"]) <= bill.gross
        days_late.append((booked_on - bill.due_on).days)
    assert 0.05 < sum(days > 0 for days in days_late) / len(days_late) < 0.2


def test_the_main_customer_owes_only_what_is_issued_on_the_day_of_the_import() -> None:
    billed = sum((bill.gross for bill in payments.bills() if bill.party_code == "100001"), Decimal(0))
    paid = sum((Decimal(row["amount"]) for row in rows("payments") if row["party_code"] == "100001"), Decimal(0))
    assert paid == billed > 0
