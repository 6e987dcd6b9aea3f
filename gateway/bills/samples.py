"""Bills to look at: in all their states, and one with its items."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from gateway.bills.queries import Bill, BillDetail, Company, Line, NextDue, Sent, Total, Use
from gateway.bills.views import BillList, OneBill
from gateway.web.samples import NOW, TODAY
from gateway.web.site import Site
from gateway.web.texts.languages import N_
from gateway.web.view import Message, View
from gateway.web.visitors.visit import Visit

BILLS = (
    Bill(
        href="#bills", issued_on=TODAY, kind="Faktura", number="FV/2026/11/000123", due_on=date(2026, 12, 6),
        description="Ciepło, 01.11.2026 – 22.11.2026", charge=Decimal("512.18"), payment=None,
        to_pay=Decimal("512.18"), interest=Decimal(0), pdf_href="#bills", state="due",
    ),
    Bill(
        href="#bills", issued_on=date(2026, 10, 31), kind="Faktura", number="FV/2026/10/000087",
        due_on=date(2026, 11, 14), description="Woda i ścieki, 01.09.2026 – 31.10.2026", charge=Decimal("740.78"),
        payment=Decimal("18.40"), to_pay=Decimal("722.38"), interest=Decimal("1.46"), pdf_href="#bills",
        state="overdue",
    ),
    Bill(
        href="#bills", issued_on=date(2026, 9, 30), kind="Faktura", number="FV/2026/09/000065",
        due_on=date(2026, 10, 14), description="Ciepło, 01.09.2026 – 30.09.2026", charge=Decimal("1084.02"),
        payment=Decimal("1084.02"), to_pay=Decimal(0), interest=Decimal(0), pdf_href=None, state="paid",
    ),
)  # fmt: skip
NEXT_DUE = NextDue(date(2026, 12, 6), Decimal("512.18"))


def _item(name: str, quantity: str, unit: str, price: str, net: str, vat: str, gross: str) -> Line:
    return Line(name, Decimal(quantity), unit, Decimal(price), Decimal(net), Decimal(23), Decimal(vat), Decimal(gross))


ITEMS = (
    _item("Ciepło, grupa A1", "2.300", "GJ", "91.07", "209.46", "48.18", "257.64"),
    _item("Moc zamówiona", "0.0130", "MW", "15914.77", "206.89", "47.58", "254.47"),
    _item("Woda uzupełniająca", "0.002", "m3", "20.23", "0.05", "0.02", "0.07"),
)
TOTAL = Total(net=Decimal("416.40"), vat=Decimal("95.78"), gross=Decimal("512.18"))

_SELLER = Company("Miejskie Przedsiębiorstwo", ("ul. Wodna 7", "99-950 Wierzbogród"), "9990002036")
_BILL = BillDetail(
    number="FV/2026/11/000123", kind="Faktura", issued_on=TODAY, sold_on=TODAY, due_on=date(2026, 12, 6),
    period_from=date(2026, 11, 1), period_to=TODAY, state="due", to_pay=Decimal("312.18"), paid=Decimal("200.00"),
    interest=Decimal(0), pdf_href="#pdf", agreement_number="UC/2019/0123", service_point="PP-1",
    account_number="53999900000000000000002026", seller=_SELLER,
    buyer=Company("Anna Przykładowa", ("ul. Płocka 20", "99-950 Wierzbogród"), None), items=ITEMS, total=TOTAL,
    readings=(Use("660", "GJ", Decimal("202.801"), Decimal("205.101"), date(2026, 10, 31), TODAY, Decimal("2.3")),),
    sent=Sent(NOW, "anna@poczta.example"),
)  # fmt: skip


def samples(_: Site, visit: Visit) -> Sequence[View]:
    """A page of bills with all that may stand above it, no bills yet, and a bill in each state."""
    kind = visit.translate(N_("Faktura"))
    bills = [bill._replace(kind=kind) for bill in BILLS]
    said = Message("success", visit.translate(N_("Hasło jest zmienione")), "")
    one = replace(_BILL, kind=kind)
    overdue = replace(one, state="overdue", interest=Decimal("1.46"))
    paid = replace(one, state="paid", to_pay=Decimal(0), paid=TOTAL.gross, pdf_href=None, readings=(), sent=None)
    return (
        BillList(bills, 2, 3, Decimal("722.38"), NEXT_DUE, one.account_number, said),
        BillList((), 1, 1, None, None, None, None),
        *(OneBill(bill) for bill in (one, overdue, paid)),
    )
