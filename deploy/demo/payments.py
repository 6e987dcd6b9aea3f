"""Makes the demo utility's payments: what its customers transferred for the invoices made of their readings.

`python -m deploy.demo.payments [FOLDER]` writes payments.csv from the other files of this folder, the same each time.
"""

import csv
import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from itertools import pairwise
from pathlib import Path
from random import Random

from contracts.message import Medium
from deploy.demo.generate import HERE, LATEST, dice, write_rows
from deploy.profiles import load_profile
from services.billing.invoicing.settlement import AgreementTerms, RegisterValue, settle
from services.billing.profile import Settlement
from services.billing.tariffs.tariffs import ALWAYS, Edition, Tariff, from_editions

TODAY = date(2026, 11, 22)
"""The demo's day: nothing is booked later."""

_LATE_PAYER = 0.12
_DEBTOR = 0.05
_KNOWN_HABITS = {"100001": "punctual", "100002": "late", "100003": "punctual", "100004": "punctual", "100072": "debtor"}


@dataclass(frozen=True, slots=True)
class Payment:
    """A row of payments.csv."""

    reference: str
    party_code: str
    booked_on: date
    amount: Decimal
    title: str


@dataclass(frozen=True, slots=True)
class Bill:
    """What decides a payment of an invoice."""

    party_code: str
    issued_on: date
    due_on: date
    gross: Decimal
    title: str


def bills() -> Iterator[Bill]:
    """The invoices of the demo's readings but for the newest month: those go out on the day of the import."""
    profile = load_profile("demo")
    tariffs = _tariffs()
    point = {meter["number"]: meter["service_point"] for meter in _rows("meters")}
    registers: dict[str, list[RegisterValue]] = defaultdict(list)
    for reading in _rows("readings"):
        value = RegisterValue(date.fromisoformat(reading["read_on"]), Decimal(reading["register"]))
        registers[point[reading["meter_number"]]].append(value)
    for agreement in _rows("agreements"):
        medium: Medium = "heat" if agreement["medium"] == "heat" else "water"
        capacity = Decimal(agreement["capacity_mw"]) if agreement["capacity_mw"] else None
        terms = AgreementTerms(medium, agreement["tariff_group"], capacity)
        for previous, current in pairwise(registers[agreement["service_point"]]):
            if current.read_on >= LATEST:
                continue
            draft = settle(terms, previous, current, tariffs[agreement["tariff"]], profile.of(Settlement).vat)
            issued_on = current.read_on + timedelta(days=1)
            due_on = issued_on + timedelta(days=profile.of(Settlement).payment_days)
            title = f"{agreement['number']} {current.read_on:%m.%Y}"
            yield Bill(agreement["party_code"], issued_on, due_on, draft.gross, title)


def payments() -> list[Payment]:
    """Who paid what when, in the order of booking."""
    by_party: dict[str, list[Bill]] = defaultdict(list)
    for bill in sorted(bills(), key=lambda bill: (bill.issued_on, bill.title)):
        by_party[bill.party_code].append(bill)
    booked = [
        (day, amount, bill) for party_code, own in by_party.items() for day, amount, bill in _paid(party_code, own)
    ]
    booked.sort(key=lambda entry: (entry[0], entry[2].party_code, entry[2].title))
    return [
        Payment(f"WB{place:06}", bill.party_code, day, amount, bill.title)
        for place, (day, amount, bill) in enumerate(booked, start=1)
    ]


def _paid(party_code: str, own: list[Bill]) -> Iterator[tuple[date, Decimal, Bill]]:
    draw = dice(f"payments of {party_code}")
    habit = _KNOWN_HABITS.get(party_code) or _habit(draw)
    stops = len(own) - draw.randrange(2, 6) if habit == "debtor" else len(own)
    before = date.min
    for place, bill in enumerate(own[: max(stops, 0)]):
        day = bill.due_on + timedelta(days=draw.randrange(3, 30) if habit == "late" else -draw.randrange(11))
        before = max(day, before)  # nobody pays a newer bill first
        if before >= TODAY:
            return
        last_of_debtor = habit == "debtor" and place == stops - 1
        yield before, (bill.gross / 2).quantize(Decimal("0.01")) if last_of_debtor else bill.gross, bill


def _habit(draw: Random) -> str:
    chance = draw.random()
    return "late" if chance < _LATE_PAYER else "debtor" if chance < _LATE_PAYER + _DEBTOR else "punctual"


def _tariffs() -> dict[str, Tariff]:
    editions: dict[tuple[str, Medium], list[Edition]] = defaultdict(list)
    for entry in json.loads((HERE / "tariffs.json").read_text(encoding="utf-8"))["tariffs"]:
        valid_from = date.fromisoformat(entry["valid_from"]) if entry["valid_from"] else ALWAYS
        groups = {
            group: {name: Decimal(price) for name, price in prices.items()} for group, prices in entry["groups"].items()
        }
        editions[entry["code"], entry["medium"]].append(Edition(valid_from, groups))
    return {code: from_editions(code, medium, found) for (code, medium), found in editions.items()}


def _rows(name: str) -> list[dict[str, str]]:
    with (HERE / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def write(folder: Path) -> None:
    """Write payments.csv."""
    write_rows(folder / "payments.csv", Payment, payments())


if __name__ == "__main__":
    write(Path(sys.argv[1]) if len(sys.argv) > 1 else HERE)
