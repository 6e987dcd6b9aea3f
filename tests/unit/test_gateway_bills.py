"""What bills are called, and how they are paid."""

from dataclasses import replace
from datetime import date
from decimal import Decimal
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import segno

from gateway.bills import samples as bills
from gateway.bills.pay_code import has_room, pay_code
from gateway.bills.queries import Company, transfer
from gateway.bills.views import OneBill
from gateway.bills.words import words_in
from services.billing.documents.contents import transfer_title
from tests.support import samples
from tests.support.pages import breakable, parse

SELLER = Company("Wodociągi", (), "9990002036")
ACCOUNT = "53999900000000000000002026"


@pytest.mark.parametrize(
    ("medium", "first", "last", "lang", "said"),
    [
        ("heat", "2026-10-01", "2026-10-31", "pl", "Ciepło, październik 2026"),
        ("heat", "2026-10-01", "2026-10-31", "en", "Heat, October 2026"),
        ("water", "2026-09-01", "2026-10-31", "pl", "Woda i ścieki, wrzesień – październik 2026"),
        ("water", "2026-12-01", "2027-01-31", "pl", "Woda i ścieki, grudzień 2026 – styczeń 2027"),
        ("heat", "2026-11-01", "2026-11-22", "pl", "Ciepło, 01.11. – 22.11.2026"),
        ("heat", "2026-12-05", "2027-01-22", "pl", "Ciepło, 05.12.2026 – 22.01.2027"),
        ("gas", "2026-11-01", "2026-11-30", "pl", "Gaz, listopad"),
        (None, "2026-11-01", "2026-11-30", "pl", "Gaz, listopad"),
    ],
)
def test_a_bill_is_called_for_what_it_is_and_for_when(
    medium: str | None, first: str, last: str, lang: str, said: str
) -> None:
    words = words_in(lang)
    subject = words.subject(medium, date.fromisoformat(first), date.fromisoformat(last), "Gaz, listopad")
    assert breakable(subject) == said


def test_a_transfer_has_the_title_that_tells_whose_it_is_and_for_what() -> None:
    one = transfer(SELLER, ACCOUNT, "100001", "FV/2026/11/000123")
    assert one
    assert one.title == "FV/2026/11/000123, kod płatnika 100001"
    everything = transfer(SELLER, ACCOUNT, "100001")
    assert everything
    assert everything.title == "Kod płatnika 100001"


def test_the_title_on_the_page_is_the_one_on_paper() -> None:
    invoice: Any = SimpleNamespace(number="FV/2026/11/000123", buyer=SimpleNamespace(code="100001"))
    one = transfer(SELLER, ACCOUNT, "100001", invoice.number)
    assert one
    assert one.title == transfer_title(invoice)


def test_without_an_account_or_a_payer_nobody_is_asked_to_pay() -> None:
    assert transfer(SELLER, None, "100001") is None
    assert transfer(SELLER, ACCOUNT, None) is None


def test_the_code_for_a_banks_application_holds_the_transfer(monkeypatch: pytest.MonkeyPatch) -> None:
    coded = []
    make = segno.make_qr

    def noted(text: str, **how: Any) -> segno.QRCode:
        coded.append(text)
        return make(text, **how)

    monkeypatch.setattr(segno, "make_qr", noted)
    payee = Company("Wierzbogrodzkie Wodociągi i Ciepło | Sp. z o.o.", (), "9990002036")
    bill = transfer(payee, ACCOUNT, "100001", "FV/2026/11/000123")
    assert bill
    drawn = pay_code(bill, "9990002036", Decimal("140.50"))
    assert coded == [
        "9990002036|PL|53999900000000000000002026|014050|Wierzbogrodzkie Wodo|FV/2026/11/000123, kod 100001|||"
    ]
    assert b"<svg " in drawn
    assert b"style" not in drawn
    assert has_room(bill, Decimal("9999.99"))
    assert not has_room(bill, Decimal("10000.00"))
    assert not has_room(replace(bill, short_title="x" * 33), Decimal("140.50"))


def test_a_reading_that_a_bill_comes_of_has_the_meters_name_and_unit_without_the_tables_head(tmp_path: Path) -> None:
    site, visit = samples.site(tmp_path), samples.by_customer()
    bill = next(view for view in bills.samples(site, visit) if isinstance(view, OneBill))
    table = next(each for each in parse(site.page(visit, bill).content).all("table") if "205,101" in each.text)
    [row] = next(table.all("tbody")).all("tr")
    assert [cell.get("data-label") for cell in row.all("th", "td")][:2] == ["Licznik", "Poprzedni stan"]
    assert [f"{value}\u00a0GJ" in row.text for value in ("202,801", "205,101", "2,3")] == [True] * 3
