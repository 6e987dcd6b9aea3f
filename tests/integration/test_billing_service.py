"""Billing on a real database: files, invoices, the ledger, payments, interest, documents."""

import asyncio
from collections.abc import Awaitable
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError, IntegrityError

from contracts.billing import (
    AgreementRecorded,
    EstimateInvoice,
    InvoiceBalanceChanged,
    InvoiceDocumentFailed,
    InvoiceDocumentRetried,
    InvoiceDocumentStored,
    InvoiceIssued,
    LedgerPosted,
    PartyRecorded,
    RetryInvoiceDocument,
)
from contracts.message import Event
from contracts.metering import ReadingAccepted
from contracts.reply import Accepted, Rejected
from services.billing.documents import contents, printing
from services.billing.documents.typesetters import TypesetterAway, Typesetters
from services.billing.receivables import overdue
from services.billing.receivables.credits import Credit, book
from services.chassis.errors import Permanent, Transient
from services.chassis.ids import new_id, stable_id
from services.chassis.imports.importing import Outcome
from services.chassis.storage import files
from services.metering import rules
from tests.support.billing import accounts_are_sums, load
from tests.support.profiles import a_profile
from tests.support.service import CORRELATION, ServiceUnderTest, UnderTest
from tests.support.supply import WATER_TARIFF

D = Decimal
PARTY = {
    "code": "100001",
    "kind": "household",
    "name": "Anna Źdźbło",
    "street": "Płocka 30/32",
    "postal_code": "87-800",
    "city": "Włocławek",
}
AGREEMENT = {
    "number": "UW/2019/0456",
    "party_code": "100001",
    "medium": "water",
    "service_point": "PW-1",
    "tariff": "swietajno",
    "tariff_group": "all",
    "signed_on": "2019-03-01",
    "billed_from": "2026-06-30",
    "e_invoice": "tak",
}
TEN_M3 = D("115.67")  # 10 × 10.41 + 3.00 net, and 8 %


@pytest.fixture
async def billing(under_test: UnderTest, tmp_path: Path) -> ServiceUnderTest:
    return await under_test("billing", files_url=(tmp_path / "files").as_uri())


async def open_agreement(billing: ServiceUnderTest, **changes: object) -> None:
    await load(billing, "tariffs", WATER_TARIFF)
    await load(billing, "parties", PARTY)
    await load(billing, "agreements", AGREEMENT | changes)


async def pay(billing: ServiceUnderTest, reference: str, amount: str, booked_on: str) -> Outcome:
    row = {"reference": reference, "party_code": "100001", "booked_on": booked_on, "amount": amount, "title": "x"}
    return await load(billing, "payments", row)


async def print_everything(billing: ServiceUnderTest) -> None:
    """Let printing run until every PDF is made, put off or given up."""
    task = asyncio.create_task(printing.run(billing.process))
    try:
        async with asyncio.timeout(20):
            while await billing.rows("SELECT 1 FROM document_job WHERE taken_until IS NULL AND given_up_at IS NULL"):
                await asyncio.sleep(0.02)
            while await billing.rows("SELECT 1 FROM document_job WHERE problem IS NULL"):
                await asyncio.sleep(0.02)
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


def reading(value: str, read_on: str, previous: tuple[str, str] | None, **changes: object) -> ReadingAccepted:
    given = {
        "reading_id": stable_id("reading", read_on, str(changes.get("service_point", ""))),
        "meter_id": stable_id("meter", "1"),
        "meter_number": "21000211",
        "service_point": "PW-1",
        "medium": "water",
        "unit": "m3",
        "value": value,
        "read_on": read_on,
        "source": "customer",
        "previous_value": previous[0] if previous else None,
        "previous_read_on": previous[1] if previous else None,
        "version": 2,
    }
    return ReadingAccepted.model_validate(given | changes)


JULY = ("100.000", "2026-06-30")
AUGUST = ("110.000", "2026-07-31")
SEPTEMBER = ("120.000", "2026-08-31")


def of_july() -> ReadingAccepted:
    return reading("110.000", "2026-07-31", JULY)


def of_august() -> ReadingAccepted:
    return reading("120.000", "2026-08-31", AUGUST)


def of_september() -> ReadingAccepted:
    return reading("130.000", "2026-09-30", SEPTEMBER)


async def test_files_are_stored_and_told_once(billing: ServiceUnderTest) -> None:
    for _ in range(2):
        await open_agreement(billing)
    assert await load(billing, "tariffs", WATER_TARIFF) == Outcome(unchanged=1)
    assert await load(billing, "parties", PARTY) == Outcome(unchanged=1)
    assert await load(billing, "agreements", AGREEMENT) == Outcome(unchanged=1)
    [party] = await billing.published(PartyRecorded)
    [agreement] = await billing.published(AgreementRecorded)
    assert (party.code, party.address.city, party.version) == ("100001", "Włocławek", 1)
    assert (agreement.party_id, agreement.e_invoice, agreement.capacity_mw) == (party.party_id, True, None)


async def estimated(billing: ServiceUnderTest, given: ReadingAccepted) -> str:
    """What billing says a reading would cost: a sum, `none` for no invoice, or why it cannot say."""
    reply = await billing.ask(EstimateInvoice.model_validate(given.model_dump()))
    if isinstance(reply, Rejected):
        return reply.code
    assert isinstance(reply, Accepted)
    assert reply.answer is not None
    return str(reply.answer["gross"] or "none")


async def test_a_reading_that_is_not_given_yet_is_estimated_as_it_would_be_billed(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    assert await estimated(billing, of_july()) == str(TEN_M3)
    assert await billing.published(InvoiceIssued) == []
    await billing.tell(of_july())
    [issued] = await billing.published(InvoiceIssued)
    assert issued.gross == TEN_M3


async def test_no_bill_is_estimated_for_a_reading_that_opens_a_settlement(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    assert await estimated(billing, reading("100", "2026-06-30", ("90", "2026-05-31"))) == "none"
    assert await estimated(billing, reading("110", "2026-07-31", ("90", "2026-05-31"))) == "none"


async def test_what_cannot_be_estimated_is_refused(billing: ServiceUnderTest) -> None:
    assert await estimated(billing, of_july()) == "no_estimate"
    await open_agreement(billing)
    assert await estimated(billing, reading("90", "2026-07-31", JULY)) == "no_estimate"
    await billing.tell(of_july())
    assert await estimated(billing, of_july()) == "no_estimate"


async def test_a_changed_row_is_told_with_the_next_version(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    assert await load(billing, "parties", PARTY | {"name": "Anna Nowa"}) == Outcome(changed=1)
    assert await load(billing, "agreements", AGREEMENT | {"e_invoice": "nie"}) == Outcome(changed=1)
    assert await load(billing, "tariffs", WATER_TARIFF | {"source": "dziennik"}) == Outcome(changed=1)
    assert [(p.name, p.version) for p in await billing.published(PartyRecorded)][1:] == [("Anna Nowa", 2)]
    assert [(a.e_invoice, a.version) for a in await billing.published(AgreementRecorded)][1:] == [(False, 2)]


async def test_agreements_that_name_what_nobody_knows_are_refused_one_by_one(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    outcome = await load(
        billing,
        "agreements",
        AGREEMENT | {"number": "UW/1", "party_code": "999"},
        AGREEMENT | {"number": "UW/2", "tariff": "nowhere"},
        AGREEMENT | {"number": "UW/3", "tariff_group": "G9"},
        AGREEMENT | {"number": "UC/4", "medium": "heat", "capacity_mw": "0,1"},
        AGREEMENT | {"number": "UW/5"},
        AGREEMENT | {"number": "UW/6", "service_point": "PW-6"},
    )
    assert outcome.added == 1
    assert [(problem.line, problem.field) for problem in outcome.problems] == [
        (2, "party_code"),
        (3, "tariff"),
        (4, "tariff_group"),
        (5, "tariff"),
        (6, "service_point"),  # UW/2019/0456 supplies that point from the same day
    ]


@pytest.mark.parametrize(
    ("column", "value"),
    [("party_code", "100002"), ("service_point", "PW-2"), ("billed_from", "2026-07-31"), ("medium", "heat")],
)
async def test_an_agreement_that_has_invoices_keeps_its_party_place_medium_and_beginning(
    billing: ServiceUnderTest, column: str, value: str
) -> None:
    await open_agreement(billing)
    heat = {"code": "ekoterm", "medium": "heat", "vat": "23", "groups": {"A1": {"energy_pln_gj": "91.07"}}}
    await load(billing, "tariffs", WATER_TARIFF | heat)
    await load(billing, "parties", PARTY | {"code": "100002"})
    by_heat = {"tariff": "ekoterm", "tariff_group": "A1", "capacity_mw": "0.1"} if value == "heat" else {}
    changed = AGREEMENT | {column: value, "e_invoice": "nie"} | by_heat
    await billing.tell(reading("100.000", "2026-06-30", None), of_july())
    outcome = await load(billing, "agreements", changed, AGREEMENT | {"number": "UW/6", "service_point": "PW-6"})
    [problem] = outcome.problems
    assert (problem.line, problem.field, outcome.added, outcome.changed) == (2, column, 1, 0)
    assert "UW/2019/0456 has invoices already" in problem.reason
    # What does not bear on the invoices that there are goes in.
    assert await load(billing, "agreements", AGREEMENT | {"e_invoice": "nie"}) == Outcome(changed=1)


async def test_an_agreement_without_invoices_is_put_right_by_another_file(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    assert await load(billing, "agreements", AGREEMENT | {"billed_from": "2026-05-31"}) == Outcome(changed=1)


async def test_an_agreement_of_a_medium_that_the_utility_lacks_is_refused(
    under_test: UnderTest, tmp_path: Path
) -> None:
    calls = [{"media": ["heat"], "phone": "993"}]
    only_heat = a_profile(utility={"media": ("heat",), "emergencies": calls})
    billing = await under_test("billing", files_url=(tmp_path / "files").as_uri(), profile=only_heat)
    await load(billing, "tariffs", WATER_TARIFF)
    await load(billing, "parties", PARTY)
    outcome = await load(billing, "agreements", AGREEMENT)
    [problem] = outcome.problems
    assert (problem.line, problem.field, outcome.added) == (2, "medium", 0)
    assert "does not supply water (its profile has: heat)" in problem.reason


async def test_a_reading_makes_an_invoice_a_charge_and_a_balance(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    await billing.tell(reading("110.000", "2026-10-31", ("100.000", "2026-09-30")))
    [issued] = await billing.published(InvoiceIssued)
    assert issued.number == "FV/2026/11/000001"
    assert (issued.issued_on, issued.due_on) == (date(2026, 11, 22), date(2026, 12, 6))
    assert (issued.period_from, issued.period_to) == (date(2026, 10, 1), date(2026, 10, 31))
    assert (issued.net, issued.vat, issued.gross) == (D("107.10"), D("8.57"), TEN_M3)
    assert [(item.name, item.quantity, item.net) for item in issued.items] == [
        ("Woda", D(10), D("24.70")),
        ("Ścieki", D(10), D("79.40")),
        ("Opłata abonamentowa", D(1), D("3.00")),
    ]
    assert (issued.agreement_number, issued.service_point, issued.e_invoice) == ("UW/2019/0456", "PW-1", True)
    [posted] = await billing.published(LedgerPosted)
    assert (posted.kind, posted.amount, posted.balance, posted.version) == ("charge", TEN_M3, TEN_M3, 1)
    assert (posted.description, posted.invoice_id) == (issued.number, issued.invoice_id)
    [balance] = await billing.published(InvoiceBalanceChanged)
    assert (balance.paid, balance.left, balance.interest, balance.version) == (D(0), TEN_M3, D(0), 1)
    await accounts_are_sums(billing)


async def test_a_reading_is_invoiced_once_however_often_it_is_told(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    for _ in range(3):
        await billing.tell(of_july())
    told_at_once = await asyncio.gather(*(billing.tell(of_august()) for _ in range(6)), return_exceptions=True)
    # Twins that ran into each other are tried again by the chassis, and then find the invoice.
    assert all(result is None or isinstance(result, IntegrityError) for result in told_at_once)
    await billing.tell(of_august())
    assert len(await billing.published(InvoiceIssued)) == 2
    await accounts_are_sums(billing)


async def test_loaded_history_is_issued_the_day_after_its_reading(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    await billing.tell(of_july())
    [issued] = await billing.published(InvoiceIssued)
    assert (issued.issued_on, issued.due_on, issued.number) == (
        date(2026, 8, 1),
        date(2026, 8, 15),
        "FV/2026/08/000001",
    )


async def test_a_reading_that_a_customer_gives_late_makes_a_bill_of_today_without_interest(
    billing: ServiceUnderTest,
) -> None:
    await open_agreement(billing)
    await billing.tell(of_july().model_copy(update={"submitted": True}))
    (issued,) = await billing.published(InvoiceIssued)
    assert issued.issued_on == date(2026, 11, 22)
    assert issued.due_on > issued.issued_on
    assert issued.period_to == of_july().read_on
    (balance,) = await billing.published(InvoiceBalanceChanged)
    assert balance.interest == 0


async def test_the_largest_register_that_metering_accepts_is_billed(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    largest = rules.with_all_decimals(rules.REGISTER_END, "m3") - Decimal("0.001")
    await billing.tell(reading(str(largest), "2026-07-31", ("0.000", JULY[1])))
    [issued] = await billing.published(InvoiceIssued)
    assert issued.gross > rules.REGISTER_END
    [balance] = await billing.published(InvoiceBalanceChanged)
    assert balance.left >= issued.gross


async def test_readings_up_to_the_opening_are_not_settled(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    await billing.tell(reading("90.000", "2026-05-31", ("80.000", "2026-04-30")))
    await billing.tell(reading("100.000", "2026-06-30", ("90.000", "2026-05-31")))
    await billing.tell(reading("0.000", "2026-10-05", None))  # a new meter begins
    assert await billing.published(InvoiceIssued) == []


async def test_what_costs_nothing_makes_no_invoice(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    await billing.tell(reading("100.000", "2026-11-22", ("100.000", "2026-11-01")))
    assert await billing.published(InvoiceIssued) == []
    await billing.tell(reading("110.000", "2026-12-31", ("100.000", "2026-11-22")))
    assert len(await billing.published(InvoiceIssued)) == 1


async def test_a_reading_of_a_source_that_billing_does_not_know_is_settled_all_the_same(
    billing: ServiceUnderTest,
) -> None:
    await open_agreement(billing)
    await billing.tell(reading("110.000", "2026-07-31", JULY, source="inspection"))
    assert [issued.description for issued in await billing.published(InvoiceIssued)] == [
        "Woda i ścieki, 01.07.2026 – 31.07.2026"
    ]
    await print_everything(billing)
    assert len(await billing.published(InvoiceDocumentStored)) == 1


async def test_a_reading_of_a_medium_that_billing_does_not_know_waits_and_charges_nothing(
    billing: ServiceUnderTest,
) -> None:
    await open_agreement(billing)
    with pytest.raises(Transient, match="no agreement supplies steam at service point PW-1"):
        await billing.tell(reading("110.000", "2026-07-31", JULY, medium="steam"))
    assert await billing.published(InvoiceIssued) == []


async def test_a_reading_waits_for_its_agreement_and_its_tariff(billing: ServiceUnderTest) -> None:
    with pytest.raises(Transient, match="no agreement supplies water at service point PW-1"):
        await billing.tell(of_july())
    await open_agreement(billing)
    await billing.do("DELETE FROM tariff")
    with pytest.raises(Transient, match="UW/2019/0456: there is no tariff swietajno"):
        await billing.tell(of_july())
    await load(billing, "tariffs", WATER_TARIFF)
    await billing.tell(of_july())
    assert len(await billing.published(InvoiceIssued)) == 1


async def test_a_new_edition_of_a_tariff_counts_at_once(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    await billing.tell(of_july())
    dearer = {"all": {"water_pln_m3": "9.00", "sewage_pln_m3": "7.94", "standing_pln_month": "3.00"}}
    await load(billing, "tariffs", WATER_TARIFF | {"valid_from": "2026-08-01", "groups": dearer})
    await billing.tell(of_august())
    prices = [issued.items[0].unit_price for issued in await billing.published(InvoiceIssued)]
    assert prices == [D("2.47"), D("9.00")]


async def test_a_missing_opening_reading_is_told_and_not_guessed(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    with pytest.raises(Permanent, match="billed from 2026-06-30, but meter 21000211 has no reading of that day"):
        await billing.tell(reading("110.000", "2026-07-31", ("90.000", "2026-05-31")))


async def test_a_second_meter_of_an_agreement_is_parked_with_the_reason_and_not_charged_twice(
    billing: ServiceUnderTest,
) -> None:
    await open_agreement(billing)
    await billing.tell(of_july())
    second = reading("50.000", "2026-07-31", ("40.000", "2026-06-30"), reading_id=new_id(), meter_number="21000422")
    with pytest.raises(
        Permanent, match="UW/2019/0456 has an invoice already for the time after 2026-06-30; meter 2100042"
    ):
        await billing.tell(second)
    assert len(await billing.published(InvoiceIssued)) == 1
    await accounts_are_sums(billing)


async def test_the_agreement_that_follows_another_settles_from_its_own_day(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    await load(billing, "parties", PARTY | {"code": "100002", "name": "Jan Kolejny"})
    await load(
        billing, "agreements", AGREEMENT | {"number": "UW/2026/1", "party_code": "100002", "billed_from": "2026-07-31"}
    )
    await billing.tell(of_july())
    await billing.tell(of_august())
    numbers = [issued.agreement_number for issued in await billing.published(InvoiceIssued)]
    assert numbers == ["UW/2019/0456", "UW/2026/1"]


async def test_numbers_have_no_gaps_though_many_are_issued_at_once_and_some_fail(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    points = [f"PW-{number}" for number in range(2, 42)]
    await load(billing, "parties", *(PARTY | {"code": f"2{point}"} for point in points))
    await load(
        billing,
        "agreements",
        *(AGREEMENT | {"number": f"U/{p}", "service_point": p, "party_code": f"2{p}"} for p in points),
    )

    async def issue(point: str, *, fails: bool) -> None:
        event = reading("110.000", "2026-10-31", ("100.000", "2026-09-30"), service_point=point)
        async with billing.work() as work:
            await billing.process.service.event_handlers[ReadingAccepted](event, work)
            if fails:
                raise Transient("the database went away")

    results = await asyncio.gather(
        *(issue(point, fails=place % 4 == 0) for place, point in enumerate(points)), return_exceptions=True
    )
    assert sum(isinstance(result, Transient) for result in results) == 10
    numbers = sorted(issued.number for issued in await billing.published(InvoiceIssued))
    assert numbers == [f"FV/2026/11/{serial:06}" for serial in range(1, 31)]
    await accounts_are_sums(billing)


@pytest.mark.parametrize(
    "statement",
    [
        "UPDATE ledger_entry SET amount = 0",
        "DELETE FROM ledger_entry",
        "TRUNCATE ledger_entry",
        "UPDATE invoice SET gross = 0",
        "UPDATE invoice SET items = '[]'",
        "DELETE FROM invoice",
    ],
)
async def test_what_is_booked_cannot_be_changed(billing: ServiceUnderTest, statement: str) -> None:
    await open_agreement(billing)
    await billing.tell(of_july())
    with pytest.raises(DBAPIError, match="are never changed or removed"):
        await billing.do(statement)
    assert len(await billing.rows("SELECT 1 FROM ledger_entry JOIN invoice USING (invoice_id)")) == 1


async def test_payments_pay_the_oldest_invoice_first(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    await billing.tell(of_july())
    await billing.tell(of_august())
    assert await pay(billing, "B/1", "150.00", "2026-08-10") == Outcome(added=1)
    paid = await billing.rows("SELECT number, paid FROM invoice ORDER BY number")
    assert paid == [("FV/2026/08/000001", TEN_M3), ("FV/2026/09/000001", D("34.33"))]
    posted = (await billing.published(LedgerPosted))[-1]
    assert (posted.kind, posted.amount, posted.balance) == ("payment", D("-150.00"), 2 * TEN_M3 - 150)
    await accounts_are_sums(billing)


async def test_an_overpayment_waits_and_pays_the_next_invoices(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    await billing.tell(of_july())
    await pay(billing, "B/1", "300.00", "2026-08-10")
    await billing.tell(of_august())
    await billing.tell(of_september())
    left = await billing.rows("SELECT gross - paid FROM invoice ORDER BY number")
    assert [row[0] for row in left] == [0, 0, 3 * TEN_M3 - 300]
    [(unallocated,)] = await billing.rows("SELECT unallocated FROM credit")
    assert unallocated == 0
    balances = await billing.published(InvoiceBalanceChanged)
    newest = {balance.invoice_id: balance for balance in balances}
    assert sorted(balance.left for balance in newest.values()) == [0, 0, 3 * TEN_M3 - 300]
    assert all(balance.version == 2 for balance in newest.values())
    await accounts_are_sums(billing)


async def test_payments_that_come_before_the_invoices_end_in_the_same_state(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    await pay(billing, "B/2", "115.67", "2026-09-14")
    await pay(billing, "B/1", "115.67", "2026-08-10")
    await billing.tell(of_july())
    await billing.tell(of_august())
    paid_on = await billing.rows(
        "SELECT number, effective_on FROM allocation JOIN invoice USING (invoice_id) ORDER BY number"
    )
    assert paid_on == [("FV/2026/08/000001", date(2026, 8, 10)), ("FV/2026/09/000001", date(2026, 9, 14))]
    assert (await billing.published(LedgerPosted))[-1].balance == 0
    await accounts_are_sums(billing)


async def test_a_payment_is_booked_once_and_never_changes(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    await billing.tell(of_july())
    await pay(billing, "B/1", "50.00", "2026-08-10")
    events = len(await billing.published(LedgerPosted))
    assert await pay(billing, "B/1", "50.00", "2026-08-10") == Outcome(unchanged=1)
    refused = await pay(billing, "B/1", "60.00", "2026-08-10")
    assert [problem.field for problem in refused.problems] == ["reference"]
    future = await pay(billing, "B/2", "60.00", "2026-11-23")
    assert [problem.field for problem in future.problems] == ["booked_on"]
    assert len(await billing.published(LedgerPosted)) == events
    await accounts_are_sums(billing)


async def test_payments_and_invoices_at_once_leave_a_ledger_that_sums(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    steps: list[Awaitable[object]] = []
    for month in range(7, 11):
        last = date(2026, month + 1, 1) - timedelta(days=1)
        before = date(2026, month, 1) - timedelta(days=1)
        previous = (f"{(month - 7) * 10}", before.isoformat())
        steps.append(billing.tell(reading(f"{(month - 6) * 10}", last.isoformat(), previous)))
        steps.append(pay(billing, f"B/{month}", "100.00", "2026-11-01"))
    await asyncio.gather(*steps)
    [(balance, version)] = await billing.rows("SELECT balance, version FROM account")
    assert (balance, version) == (4 * TEN_M3 - 400, 8)
    await accounts_are_sums(billing)


def no_payment(reference: str, amount: str, **changes: Any) -> Credit:
    """A credit that is no payment, booked on 22.11.2026."""
    given: dict[str, Any] = {
        "kind": "write_off",
        "reference": reference,
        "party_id": stable_id("party", "100001"),
        "booked_on": date(2026, 11, 22),
        "effective_on": date(2026, 11, 22),
        "amount": D(amount),
        "title": "umorzenie",
        "unallocated": D(amount),
    }
    return Credit(**given | changes)


async def test_a_debt_that_something_else_than_a_payment_reduces_is_reckoned_like_one_that_is_paid(
    billing: ServiceUnderTest,
) -> None:
    await open_agreement(billing)
    await billing.tell(of_july())  # due 15.08.2026
    await billing.tell(of_august())  # due 15.09.2026
    [july, august] = await billing.published(InvoiceIssued)
    async with billing.work() as work:
        await book(
            work,
            [
                no_payment("U/1", "40.00", invoice_id=august.invoice_id),
                no_payment("U/2", "15.67", invoice_id=july.invoice_id, effective_on=date(2026, 8, 1)),
            ],
        )
    newest = {changed.invoice_id: changed for changed in await billing.published(InvoiceBalanceChanged)}
    # August: 115.67 for 68 days at 9.25 % of 365. July: 100.00 for 99 days; the 15.67 never were due.
    assert (newest[august.invoice_id].paid, newest[august.invoice_id].left) == (D("40.00"), D("75.67"))
    assert (newest[july.invoice_id].paid, newest[july.invoice_id].left) == (D("15.67"), D("100.00"))
    assert [newest[of.invoice_id].interest for of in (july, august)] == [D("2.51"), D("1.99")]
    assert [(p.kind, p.amount, p.invoice_id) for p in (await billing.published(LedgerPosted))[2:]] == [
        ("write_off", D("-40.00"), august.invoice_id),
        ("write_off", D("-15.67"), july.invoice_id),
    ]
    await accounts_are_sums(billing)
    await pay(billing, "B/1", "175.67", "2026-11-22")
    assert await billing.rows("SELECT number FROM invoice WHERE paid < gross") == []
    await accounts_are_sums(billing)


async def test_a_credit_for_an_invoice_that_is_paid_waits_and_reduces_the_next(
    billing: ServiceUnderTest,
) -> None:
    await open_agreement(billing)
    await billing.tell(of_july())
    await pay(billing, "B/1", "115.67", "2026-08-10")
    [july] = await billing.published(InvoiceIssued)
    async with billing.work() as work:
        await book(work, [no_payment("FK/1", "11.24", kind="correction", invoice_id=july.invoice_id)])
    assert await billing.rows("SELECT unallocated FROM credit WHERE kind = 'correction'") == [(D("11.24"),)]
    await billing.tell(of_august())
    assert await billing.rows("SELECT gross - paid FROM invoice ORDER BY number") == [(0,), (TEN_M3 - D("11.24"),)]
    await accounts_are_sums(billing)


async def test_interest_of_overdue_invoices_grows_each_day_until_they_are_paid(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    await billing.tell(reading("110.000", "2026-10-31", ("100.000", "2026-09-30")))  # due 06.12.2026

    async def interest_on(day: int) -> list[Decimal]:
        billing.now = datetime(2026, 12, day, 10, 0, tzinfo=UTC)
        for _ in range(2):  # twice a day changes nothing
            async with billing.work() as work:
                await overdue.reckon(work)
        return [changed.interest for changed in await billing.published(InvoiceBalanceChanged)]

    assert await interest_on(6) == [0]
    assert await interest_on(7) == [0, D("0.03")]  # 115.67 × 9.25 % / 365
    assert await interest_on(17) == [0, D("0.03"), D("0.32")]
    await pay(billing, "B/1", "115.67", "2026-12-10")  # booked a week ago, told today
    assert await interest_on(20) == [0, D("0.03"), D("0.32"), D("0.12")]
    newest = (await billing.published(InvoiceBalanceChanged))[-1]
    assert (newest.left, newest.version) == (D(0), 4)


async def test_an_invoice_with_e_invoice_gets_its_pdf_and_the_others_none(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    await load(billing, "agreements", AGREEMENT | {"number": "UW/2026/1", "service_point": "PW-2", "e_invoice": "nie"})
    await billing.tell(of_july())
    await billing.tell(reading("110.000", "2026-08-31", ("100.000", "2026-07-31"), service_point="PW-2"))
    await print_everything(billing)
    [issued, _] = await billing.published(InvoiceIssued)
    [stored] = await billing.published(InvoiceDocumentStored)
    assert (stored.invoice_id, stored.number, stored.gross) == (issued.invoice_id, issued.number, issued.gross)
    assert stored.transfer_title == f"{issued.number}, kod płatnika {PARTY['code']}"
    assert stored.key == f"invoices/2026/08/{issued.invoice_id}.pdf"
    content = await files.get(files.open_store(billing.process.settings), stored.key)
    assert content.startswith(b"%PDF-")
    assert len(content) == stored.size
    [headers] = await billing.rows(
        "SELECT headers ->> 'cloudEvents_correlationid' FROM outbox WHERE message_type = :type",
        type=InvoiceDocumentStored.message_type,
    )
    assert headers == (CORRELATION,)
    assert not await billing.rows("SELECT 1 FROM document_job")


async def test_the_news_of_a_pdf_tells_what_is_left_of_a_bill_that_an_overpayment_paid_and_stays_so(
    billing: ServiceUnderTest,
) -> None:
    await open_agreement(billing)
    await pay(billing, "B/1", "100.00", "2026-07-10")
    await billing.tell(of_july())
    await pay(billing, "B/2", "5.00", "2026-12-10")  # after the issue, before the printing
    await print_everything(billing)
    [stored] = await billing.published(InvoiceDocumentStored)
    assert (stored.gross, stored.left) == (TEN_M3, TEN_M3 - 100)
    async with billing.work() as work:
        assert [told.left async for told in printing.history(work.connection)] == [stored.left]


async def test_the_newest_invoices_are_printed_first(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    await billing.tell(of_july())
    await billing.tell(of_september())
    await billing.tell(of_august())
    async with billing.work() as work:
        first = await work.connection.scalar(text("SELECT number FROM invoice ORDER BY issued_on DESC LIMIT 1"))
    taken = await _take_one(billing)
    assert taken == first == "FV/2026/10/000001"


async def _take_one(billing: ServiceUnderTest) -> str:
    was, printing.BATCH = printing.BATCH, 1
    try:
        async with billing.work() as work:
            [job] = await printing.take(work)
            return job.invoice.number
    finally:
        printing.BATCH = was


async def test_a_pdf_that_a_dead_worker_took_is_made_by_the_next(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    await billing.tell(of_july())
    async with billing.work() as work:
        assert len(await printing.take(work)) == 1
    async with billing.work() as work:
        assert await printing.take(work) == []  # nobody else works at it meanwhile
        assert await printing.oldest(work) == 0
    billing.now += printing.TAKEN + timedelta(seconds=1)
    async with billing.work() as work:
        assert await printing.oldest(work) == printing.TAKEN.total_seconds() + 1
        [job] = await printing.take(work)
        assert job.attempts == 2


async def test_a_pdf_waits_while_the_store_is_away(billing: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch) -> None:
    await open_agreement(billing)
    await billing.tell(of_july())
    put = files.put

    async def away(*_: object) -> None:
        raise OSError("the store is away")

    monkeypatch.setattr(files, "put", away)
    await print_everything(billing)
    [(problem, given_up_at)] = await billing.rows("SELECT problem, given_up_at FROM document_job")
    assert (problem, given_up_at) == ("OSError: the store is away", None)
    monkeypatch.setattr(files, "put", put)
    billing.now += printing.FIRST_RETRY + timedelta(seconds=1)
    await billing.do("UPDATE document_job SET problem = NULL")
    await print_everything(billing)
    assert len(await billing.published(InvoiceDocumentStored)) == 1


async def test_a_template_that_asks_for_a_missing_field_is_told_and_given_up_until_a_clerk_asks(
    billing: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    await open_agreement(billing)
    await billing.tell(of_july())
    at_fault = contents.template() + '\n#invoice.at("sum_in_words")'
    monkeypatch.setattr("services.billing.documents.printing.template", lambda: at_fault)
    await print_everything(billing)
    [(problem,)] = await billing.rows("SELECT problem FROM document_job WHERE given_up_at IS NOT NULL")
    assert problem == "szablon faktury pyta o pole sum_in_words, którego faktura nie ma"
    async with billing.work() as work:
        assert await printing.given_up(work) == 1
        assert await printing.oldest(work) == 0
    assert await billing.published(InvoiceDocumentStored) == []
    [failed] = await billing.published(InvoiceDocumentFailed)
    assert (failed.reason, failed.version) == (problem, 1)
    assert failed in await billing.said_again()

    monkeypatch.undo()  # the template is put right
    billing.now += timedelta(days=3)
    again = RetryInvoiceDocument(invoice_id=failed.invoice_id)
    assert isinstance(await billing.ask(again), Accepted)
    assert [told.version for told in await billing.published(InvoiceDocumentRetried)] == [2]
    async with billing.work() as work:
        assert await printing.oldest(work) == 0
    await print_everything(billing)
    assert len(await billing.published(InvoiceDocumentStored)) == 1
    reply = await billing.ask(again)
    assert isinstance(reply, Rejected)
    assert reply.code == "not_failed"


async def test_bills_wait_for_a_typesetter_as_long_as_there_is_none(
    billing: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as fault:

        async def away(*_: object) -> bytes:
            raise TypesetterAway("each process that typesets is lost")

        fault.setattr(Typesetters, "typeset", away)
        await open_agreement(billing)
        await billing.tell(of_july())
        for _ in range(8):
            await billing.do("UPDATE document_job SET problem = NULL")
            await print_everything(billing)
            billing.now += printing.TAKEN + timedelta(seconds=1)
    assert await billing.published(InvoiceDocumentFailed) == []
    await billing.do("UPDATE document_job SET problem = NULL")
    await print_everything(billing)
    assert len(await billing.published(InvoiceDocumentStored)) == 1


async def test_the_pdf_of_a_bill_is_awaited_and_that_of_loaded_history_is_not(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    await billing.tell(of_july().model_copy(update={"submitted": False}))
    billing.now += timedelta(seconds=90)
    async with billing.work() as work:
        assert (await printing.oldest(work), await printing.longest_awaited(work)) == (90, 0)
    await billing.tell(of_august().model_copy(update={"submitted": True}))
    billing.now += timedelta(seconds=30)
    async with billing.work() as work:
        assert (await printing.oldest(work), await printing.longest_awaited(work)) == (120, 30)


async def test_history_says_again_what_was_said_last(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    await billing.tell(of_july())
    await billing.tell(of_august())
    await pay(billing, "B/1", "150.00", "2026-08-10")
    await print_everything(billing)
    said: dict[str, Event] = {}
    kinds = (
        PartyRecorded,
        AgreementRecorded,
        InvoiceIssued,
        InvoiceBalanceChanged,
        LedgerPosted,
        InvoiceDocumentStored,
    )
    for kind in kinds:
        for event in await billing.published(kind):
            said[f"{kind.message_type} {event.subject} {event.version if kind is LedgerPosted else ''}"] = event
    again: dict[str, Event] = {}
    for event in await billing.said_again():
        name = f"{event.message_type} {event.subject} {event.version if isinstance(event, LedgerPosted) else ''}"
        assert name not in again
        again[name] = event
    assert again == said
    assert len(again) == 2 + 2 * 3 + 3


async def test_a_twin_of_a_period_is_refused_by_the_database(billing: ServiceUnderTest) -> None:
    await open_agreement(billing)
    await billing.tell(of_july())
    twin = f'{{"invoice_id": "{new_id()}", "reading_id": "{new_id()}", "number": "FV/TWIN"}}'
    with pytest.raises(IntegrityError, match="invoice_once_a_period"):
        await billing.do(f"INSERT INTO invoice SELECT (jsonb_populate_record(i, '{twin}')).* FROM invoice i")  # noqa: S608
