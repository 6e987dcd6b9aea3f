"""Bills to look at: in all their states, and one with its items."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal

from gateway.bills.queries import (
    NOTHING_OWED,
    Bill,
    BillDetail,
    Company,
    Line,
    NextDue,
    Owed,
    Sent,
    Total,
    Transfer,
    Use,
    transfer,
)
from gateway.bills.views import BillList, OneBill
from gateway.bills.words import words_in
from gateway.web.samples import NOW, TODAY
from gateway.web.site import Site
from gateway.web.view import View
from gateway.web.visitors.visit import Visit

BILLS = (
    Bill(
        href="#bills", issued_on=TODAY, kind="Faktura", number="FV/2026/11/000123", due_on=date(2026, 12, 6),
        what="Ciepło, 01.11. – 22.11.2026", charge=Decimal("512.18"), payment=None,
        to_pay=Decimal("512.18"), interest=Decimal(0), pdf_href="#bills", on_paper=False, state="due",
    ),
    Bill(
        href="#bills", issued_on=date(2026, 10, 31), kind="Faktura", number="FV/2026/10/000087",
        due_on=date(2026, 11, 14), what="Woda i ścieki, wrzesień – październik 2026", charge=Decimal("740.78"),
        payment=Decimal("18.40"), to_pay=Decimal("722.38"), interest=Decimal("1.46"), pdf_href="#bills",
        on_paper=False, state="overdue",
    ),
    Bill(
        href="#bills", issued_on=date(2026, 9, 30), kind="Faktura", number="FV/2026/09/000065",
        due_on=date(2026, 10, 14), what="Ciepło, wrzesień 2026", charge=Decimal("1084.02"),
        payment=Decimal("1084.02"), to_pay=Decimal(0), interest=Decimal(0), pdf_href=None, on_paper=True, state="paid",
    ),
)  # fmt: skip
LATE = Owed(Decimal("722.38"), Decimal("1.46"), NextDue(date(2026, 12, 6), Decimal("512.18")), "100001")
IN_TIME = replace(LATE, overdue=Decimal(0), interest=Decimal(0))
_SELLER = Company("Miejskie Wodociągi i Ciepło Sp. z o.o.", ("ul. Wodna 7", "99-950 Wierzbogród"), "9990002036")
TRANSFER = Transfer(_SELLER.name, "53999900000000000000002026", "Kod płatnika 100001", "Kod 100001")


def _item(name: str, quantity: str, unit: str, price: str, net: str, vat: str, gross: str) -> Line:
    figures = (Decimal(figure) for figure in (price, net, "23", vat, gross))
    return Line(name, "", Decimal(quantity), unit, *figures)


ITEMS = (
    _item("Ciepło, grupa A1", "2.300", "GJ", "91.07", "209.46", "48.18", "257.64"),
    _item("Moc zamówiona", "0.013", "MW·month", "15914.77", "206.89", "47.58", "254.47"),
    _item("Woda uzupełniająca", "0.002", "m3", "20.23", "0.05", "0.02", "0.07"),
)  # fmt: skip
TOTAL = Total(net=Decimal("416.40"), vat=Decimal("95.78"), gross=Decimal("512.18"))

_BILL = BillDetail(
    number="FV/2026/11/000123", kind="Faktura", what="Ciepło, 01.11. – 22.11.2026",
    issued_on=TODAY, sold_on=TODAY, due_on=date(2026, 12, 6),
    period_from=date(2026, 11, 1), period_to=TODAY, state="due", to_pay=Decimal("312.18"), paid=Decimal("200.00"),
    interest=Decimal(0), paid_on=None, paid_ahead=False, pdf_href="#pdf", on_paper=False,
    transfer=transfer(_SELLER, TRANSFER.account, "100001", "FV/2026/11/000123"),
    agreement_number="UC/2019/0123", service_point="PP-1", supplied=("ul. Płocka 20", "Wierzbogród"), seller=_SELLER,
    buyer=Company("Anna Przykładowa", ("ul. Płocka 20", "99-950 Wierzbogród"), None), items=ITEMS, total=TOTAL,
    readings=(Use("660", "GJ", Decimal("202.801"), Decimal("205.101"), date(2026, 10, 31), TODAY, Decimal("2.3")),),
    sent=Sent(NOW, "anna@poczta.example"),
)  # fmt: skip


def samples(_: Site, visit: Visit) -> Sequence[View]:
    """A page of bills with all that may stand above it, no bills yet, and a bill in each state."""
    words = words_in(visit.lang)
    kind, items = words.kind("invoice"), [replace(item, note=words.note(item.unit)) for item in ITEMS]
    bills = [bill._replace(kind=kind) for bill in BILLS]
    one = replace(_BILL, kind=kind, items=items)
    overdue = replace(one, state="overdue", interest=Decimal("1.46"))
    paid = replace(
        one, state="paid", to_pay=Decimal(0), paid=TOTAL.gross, paid_on=date(2026, 12, 9), interest=Decimal("1.46"),
        transfer=None, pdf_href=None, on_paper=True, readings=(), sent=None,
    )  # fmt: skip
    ahead = replace(paid, paid_ahead=True, interest=Decimal(0))
    told_before = replace(ahead, paid_ahead=False, paid_on=None)
    paper = [bill._replace(on_paper=True, pdf_href=None, interest=Decimal(0)) for bill in bills]
    return (
        BillList(bills, 2, 3, LATE, TRANSFER, on_paper=False, with_interest=True, with_documents=True),
        BillList(paper, 1, 1, IN_TIME, TRANSFER, on_paper=True, with_interest=False, with_documents=False),
        BillList((), 1, 1, NOTHING_OWED, None, on_paper=False, with_interest=True, with_documents=True),
        OneBill(one, "#pay"),
        *(OneBill(bill, None) for bill in (overdue, paid, ahead, told_before)),
    )
