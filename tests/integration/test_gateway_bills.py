"""A bill says what it said when it was issued, and how and whether it is to be paid."""

from datetime import date
from decimal import Decimal

from contracts.billing import InvoiceBalanceChanged, InvoiceIssued, PartyRecorded
from gateway.bills.queries import BillDetail, Company, NextDue, Owed, bill_detail, bills_page, transfer
from gateway.bills.words import words_in
from tests.support.service import UnderTest
from tests.support.visitors import Visitors

SELLER = Company("Wodociągi", (), None)
ACCOUNT = "53999900000000000000002026"
ISSUED = InvoiceIssued.model_validate(InvoiceIssued.example)
PARTY = PartyRecorded.model_validate(PartyRecorded.example)
MARRIED = PARTY.model_copy(update={"name": "Anna Nowa", "version": PARTY.version + 1})
BALANCE = InvoiceBalanceChanged.model_validate(InvoiceBalanceChanged.example)
WORDS = words_in("pl")
TODAY = date(2026, 11, 26)
LATER = date(2026, 12, 10)


async def page_of(visitors: Visitors, today: date = TODAY) -> BillDetail:
    customer = visitors.customer(ISSUED.party_id)
    detail = await bill_detail(customer, ISSUED.invoice_id, today, WORDS, SELLER, ACCOUNT)
    assert detail is not None
    return detail


async def test_a_bill_names_its_buyer_as_on_the_day_of_its_issue(under_test: UnderTest) -> None:
    gateway = (await under_test("gateway")).process
    await gateway.apply([PARTY, ISSUED, MARRIED])
    async with Visitors.of(gateway) as visitors:
        buyer = (await page_of(visitors)).buyer
        assert buyer == Company("Anna Przykładowa", ("ul. Płocka 20", "99-950 Wierzbogród"), None)


async def test_a_bill_that_was_told_before_buyers_were_names_the_party(under_test: UnderTest) -> None:
    gateway = (await under_test("gateway")).process
    await gateway.apply([MARRIED, ISSUED.model_copy(update={"buyer": None})])
    async with Visitors.of(gateway) as visitors:
        assert (await page_of(visitors)).buyer.name == "Anna Nowa"


async def test_a_bill_to_be_paid_tells_how_and_a_paid_one_when_it_was(under_test: UnderTest) -> None:
    gateway = (await under_test("gateway")).process
    await gateway.apply([PARTY, ISSUED])
    async with Visitors.of(gateway) as visitors:
        due = await page_of(visitors)
        assert due.transfer == transfer(SELLER, ACCOUNT, PARTY.code, "FV/2026/11/000123")
        assert (due.paid_on, due.on_paper) == (None, False)
        paid = {"paid": ISSUED.gross, "left": Decimal("0.00"), "paid_on": LATER, "version": 3}
        await gateway.apply([BALANCE.model_copy(update=paid)])
        settled = await page_of(visitors)
        assert (settled.transfer, settled.paid_on, settled.paid_ahead) == (None, LATER, False)
        ahead = paid | {"paid_on": date(2026, 11, 1), "version": 4}
        await gateway.apply([BALANCE.model_copy(update=ahead)])
        assert (await page_of(visitors)).paid_ahead


async def test_above_the_bills_stands_what_is_late_with_its_interest_and_what_is_due_next(
    under_test: UnderTest,
) -> None:
    gateway = (await under_test("gateway")).process
    interest = BALANCE.model_copy(update={"interest": Decimal("3.21")})
    on_paper = ISSUED.model_copy(update={"e_invoice": False})
    await gateway.apply([PARTY, on_paper, interest])
    async with Visitors.of(gateway) as visitors:
        customer = visitors.customer(ISSUED.party_id)
        in_time = await bills_page(customer, 1, ISSUED.due_on, WORDS)
        assert in_time.owed.overdue == 0
        assert in_time.owed.next_due == NextDue(ISSUED.due_on, BALANCE.left)
        late = await bills_page(customer, 1, LATER, WORDS)
        assert late.owed == Owed(BALANCE.left, Decimal("3.21"), None, PARTY.code)
        assert late.on_paper
        assert [(bill.what, bill.on_paper, bill.state) for bill in late.bills] == [
            ("Ciepło, 01.11. – 22.11.2026", True, "overdue")
        ]
