"""A bill's page says what the bill says, whatever has become of its customer since."""

from datetime import date

from contracts.billing import InvoiceIssued, PartyRecorded
from gateway.bills.queries import Company, bill_detail
from tests.support.service import UnderTest
from tests.support.visitors import Visitors

NOBODY = Company("", (), None)
ISSUED = InvoiceIssued.model_validate(InvoiceIssued.example)
PARTY = PartyRecorded.model_validate(PartyRecorded.example)
MARRIED = PARTY.model_copy(update={"name": "Anna Nowa", "version": PARTY.version + 1})


async def buyer_of(visitors: Visitors) -> Company:
    customer = visitors.customer(ISSUED.party_id)
    detail = await bill_detail(customer, ISSUED.invoice_id, date(2026, 11, 26), str, NOBODY, None)
    assert detail is not None
    return detail.buyer


async def test_a_bill_names_its_buyer_as_on_the_day_of_its_issue(under_test: UnderTest) -> None:
    gateway = (await under_test("gateway")).process
    await gateway.apply([PARTY, ISSUED, MARRIED])
    async with Visitors.of(gateway) as visitors:
        assert await buyer_of(visitors) == Company("Anna Przykładowa", ("ul. Płocka 20", "99-950 Wierzbogród"), None)


async def test_a_bill_that_was_told_before_buyers_were_names_the_party(under_test: UnderTest) -> None:
    gateway = (await under_test("gateway")).process
    await gateway.apply([MARRIED, ISSUED.model_copy(update={"buyer": None})])
    async with Visitors.of(gateway) as visitors:
        assert (await buyer_of(visitors)).name == "Anna Nowa"
