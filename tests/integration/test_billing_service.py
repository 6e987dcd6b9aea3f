"""Billing on a real database: files, invoices, the ledger, payments, interest, documents."""

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import select, text
from sqlalchemy.exc import DBAPIError, IntegrityError

from contracts.billing import (
    AgreementRecorded,
    InvoiceBalanceChanged,
    InvoiceDocumentStored,
    InvoiceIssued,
    LedgerPosted,
    PartyRecorded,
)
from contracts.message import Event
from contracts.metering import ReadingAccepted
from services.billing.documents import printing
from services.billing.importing import IMPORTERS
from services.billing.receivables import overdue
from services.chassis.errors import Permanent, Transient
from services.chassis.ids import new_id, stable_id
from services.chassis.imports.importing import Numbered, Outcome
from services.chassis.imports.row_models import read_row
from services.chassis.service import Service
from services.chassis.storage import files
from services.chassis.storage.tables import outbox

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
TARIFF = {
    "code": "swietajno",
    "utility": "ZGK Świętajno",
    "medium": "water",
    "vat": "8",
    "valid_from": "2024-01-01",
    "source": "zgkswietajno.pl",
    "groups": {"all": {"water_pln_m3": "2.47", "sewage_pln_m3": "7.94", "standing_pln_month": "3.00"}},
}
TEN_M3 = D("115.67")  # 10 × 10.41 + 3.00 net, and 8 %


class Office:
    """Billing with a clock that the test moves, files that it loads, and readings that it is told."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.now = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
        service.transactions.clock = lambda: self.now

    async def load(self, kind: str, *rows: Mapping[str, object]) -> Outcome:
        importer = IMPORTERS[kind]
        read = [Numbered(line, read_row(importer.row, dict(row))) for line, row in enumerate(rows, start=2)]
        assert not any(isinstance(numbered.row, list) for numbered in read), read
        async with self.service.work() as work:
            return await importer.store(work, read)

    async def open_agreement(self, **changes: object) -> None:
        await self.load("tariffs", TARIFF)
        await self.load("parties", PARTY)
        await self.load("agreements", AGREEMENT | changes)

    async def tell(self, event: ReadingAccepted) -> None:
        async with self.service.work("from the browser") as work:
            await self.service._event_handlers[ReadingAccepted](event, work)

    async def pay(self, reference: str, amount: str, booked_on: str) -> Outcome:
        row = {"reference": reference, "party_code": "100001", "booked_on": booked_on, "amount": amount, "title": "x"}
        return await self.load("payments", row)

    async def published(self, kind: type[Event]) -> list[Any]:
        async with self.service.engine.connect() as connection:
            rows = await connection.scalars(
                select(outbox.c.body).where(outbox.c.message_type == kind.message_type).order_by(outbox.c.position)
            )
            return [kind.model_validate_json(body) for body in rows]

    async def rows(self, query: str, **values: object) -> list[Any]:
        async with self.service.engine.connect() as connection:
            return list((await connection.execute(text(query), values)).all())

    async def do(self, statement: str) -> None:
        async with self.service.engine.begin() as connection:
            await connection.execute(text(statement))

    async def accounts_are_sums(self) -> None:
        wrong = await self.rows(
            "SELECT party_id FROM account a LEFT JOIN ledger_entry e USING (party_id) GROUP BY party_id, a.balance, "
            "a.version HAVING a.balance <> coalesce(sum(e.amount), 0) OR a.version <> count(e.entry_id) "
            "OR a.version <> coalesce(max(e.version), 0)"
        )
        assert not wrong
        assert not await self.rows(
            "SELECT number FROM invoice i LEFT JOIN allocation a USING (invoice_id) GROUP BY i.invoice_id "
            "HAVING i.paid <> coalesce(sum(a.amount), 0)"
        )
        [(difference,)] = await self.rows(
            "SELECT (SELECT coalesce(sum(balance), 0) FROM account) "
            "- (SELECT coalesce(sum(gross - paid), 0) FROM invoice) "
            "+ (SELECT coalesce(sum(unallocated), 0) FROM payment)"
        )
        assert difference == 0

    async def print_everything(self) -> None:
        task = asyncio.create_task(printing.run(self.service))
        try:
            async with asyncio.timeout(20):
                while await self.rows("SELECT 1 FROM document_job WHERE taken_until IS NULL AND given_up_at IS NULL"):
                    await asyncio.sleep(0.02)
                while await self.rows("SELECT 1 FROM document_job WHERE problem IS NULL"):
                    await asyncio.sleep(0.02)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)


@pytest.fixture
async def office(on_database: Callable[..., Awaitable[Service]], tmp_path: Path) -> Office:
    return Office(await on_database("billing", files_url=(tmp_path / "files").as_uri()))


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


async def test_files_are_stored_and_told_once(office: Office) -> None:
    for _ in range(2):
        await office.open_agreement()
    assert await office.load("tariffs", TARIFF) == Outcome(unchanged=1)
    assert await office.load("parties", PARTY) == Outcome(unchanged=1)
    assert await office.load("agreements", AGREEMENT) == Outcome(unchanged=1)
    [party] = await office.published(PartyRecorded)
    [agreement] = await office.published(AgreementRecorded)
    assert (party.code, party.address.city, party.version) == ("100001", "Włocławek", 1)
    assert (agreement.party_id, agreement.e_invoice, agreement.capacity_mw) == (party.party_id, True, None)


async def test_a_changed_row_is_told_with_the_next_version(office: Office) -> None:
    await office.open_agreement()
    assert await office.load("parties", PARTY | {"name": "Anna Nowa"}) == Outcome(changed=1)
    assert await office.load("agreements", AGREEMENT | {"e_invoice": "nie"}) == Outcome(changed=1)
    assert await office.load("tariffs", TARIFF | {"source": "dziennik"}) == Outcome(changed=1)
    assert [(p.name, p.version) for p in await office.published(PartyRecorded)][1:] == [("Anna Nowa", 2)]
    assert [(a.e_invoice, a.version) for a in await office.published(AgreementRecorded)][1:] == [(False, 2)]


async def test_agreements_that_name_what_nobody_knows_are_refused_one_by_one(office: Office) -> None:
    await office.open_agreement()
    outcome = await office.load(
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


async def test_a_reading_makes_an_invoice_a_charge_and_a_balance(office: Office) -> None:
    await office.open_agreement()
    await office.tell(reading("110.000", "2026-10-31", ("100.000", "2026-09-30")))
    [issued] = await office.published(InvoiceIssued)
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
    [posted] = await office.published(LedgerPosted)
    assert (posted.kind, posted.amount, posted.balance, posted.version) == ("charge", TEN_M3, TEN_M3, 1)
    assert (posted.description, posted.invoice_id) == (issued.number, issued.invoice_id)
    [balance] = await office.published(InvoiceBalanceChanged)
    assert (balance.paid, balance.left, balance.interest, balance.version) == (0, TEN_M3, 0, 1)
    await office.accounts_are_sums()


async def test_a_reading_is_invoiced_once_however_often_it_is_told(office: Office) -> None:
    await office.open_agreement()
    for _ in range(3):
        await office.tell(of_july())
    told_at_once = await asyncio.gather(*(office.tell(of_august()) for _ in range(6)), return_exceptions=True)
    # Twins that ran into each other are tried again by the chassis, and then find the invoice.
    assert all(result is None or isinstance(result, IntegrityError) for result in told_at_once)
    await office.tell(of_august())
    assert len(await office.published(InvoiceIssued)) == 2
    await office.accounts_are_sums()


async def test_loaded_history_is_issued_the_day_after_its_reading(office: Office) -> None:
    await office.open_agreement()
    await office.tell(of_july())
    [issued] = await office.published(InvoiceIssued)
    assert (issued.issued_on, issued.due_on, issued.number) == (
        date(2026, 8, 1),
        date(2026, 8, 15),
        "FV/2026/08/000001",
    )


async def test_readings_up_to_the_opening_are_not_settled(office: Office) -> None:
    await office.open_agreement()
    await office.tell(reading("90.000", "2026-05-31", ("80.000", "2026-04-30")))
    await office.tell(reading("100.000", "2026-06-30", ("90.000", "2026-05-31")))
    await office.tell(reading("0.000", "2026-10-05", None))  # a new meter begins
    assert await office.published(InvoiceIssued) == []


async def test_what_costs_nothing_makes_no_invoice(office: Office) -> None:
    await office.open_agreement()
    await office.tell(reading("100.000", "2026-11-22", ("100.000", "2026-11-01")))
    assert await office.published(InvoiceIssued) == []
    await office.tell(reading("110.000", "2026-12-31", ("100.000", "2026-11-22")))
    assert len(await office.published(InvoiceIssued)) == 1


async def test_a_reading_of_a_source_that_billing_does_not_know_is_settled_all_the_same(office: Office) -> None:
    await office.open_agreement()
    await office.tell(reading("110.000", "2026-07-31", JULY, source="inspection"))
    assert [issued.description for issued in await office.published(InvoiceIssued)] == [
        "Woda i ścieki, 01.07.2026 – 31.07.2026"
    ]
    await office.print_everything()
    assert len(await office.published(InvoiceDocumentStored)) == 1


async def test_a_reading_of_a_medium_that_billing_does_not_know_waits_and_charges_nothing(office: Office) -> None:
    await office.open_agreement()
    with pytest.raises(Transient, match="no agreement supplies steam at service point PW-1"):
        await office.tell(reading("110.000", "2026-07-31", JULY, medium="steam"))
    assert await office.published(InvoiceIssued) == []


async def test_a_reading_waits_for_its_agreement_and_its_tariff(office: Office) -> None:
    with pytest.raises(Transient, match="no agreement supplies water at service point PW-1"):
        await office.tell(of_july())
    await office.open_agreement()
    await office.do("DELETE FROM tariff")
    with pytest.raises(Transient, match="UW/2019/0456: there is no tariff swietajno"):
        await office.tell(of_july())
    await office.load("tariffs", TARIFF)
    await office.tell(of_july())
    assert len(await office.published(InvoiceIssued)) == 1


async def test_a_new_edition_of_a_tariff_counts_at_once(office: Office) -> None:
    await office.open_agreement()
    await office.tell(of_july())
    dearer = {"all": {"water_pln_m3": "9.00", "sewage_pln_m3": "7.94", "standing_pln_month": "3.00"}}
    await office.load("tariffs", TARIFF | {"valid_from": "2026-08-01", "groups": dearer})
    await office.tell(of_august())
    prices = [issued.items[0].unit_price for issued in await office.published(InvoiceIssued)]
    assert prices == [D("2.47"), D("9.00")]


async def test_a_missing_opening_reading_is_told_and_not_guessed(office: Office) -> None:
    await office.open_agreement()
    with pytest.raises(Permanent, match="billed from 2026-06-30, but meter 21000211 has no reading of that day"):
        await office.tell(reading("110.000", "2026-07-31", ("90.000", "2026-05-31")))


async def test_a_second_meter_of_an_agreement_is_parked_with_the_reason_and_not_charged_twice(office: Office) -> None:
    await office.open_agreement()
    await office.tell(of_july())
    second = reading("50.000", "2026-07-31", ("40.000", "2026-06-30"), reading_id=new_id(), meter_number="21000422")
    with pytest.raises(
        Permanent, match="UW/2019/0456 has an invoice already for the time after 2026-06-30; meter 2100042"
    ):
        await office.tell(second)
    assert len(await office.published(InvoiceIssued)) == 1
    await office.accounts_are_sums()


async def test_the_agreement_that_follows_another_settles_from_its_own_day(office: Office) -> None:
    await office.open_agreement()
    await office.load("parties", PARTY | {"code": "100002", "name": "Jan Kolejny"})
    await office.load(
        "agreements", AGREEMENT | {"number": "UW/2026/1", "party_code": "100002", "billed_from": "2026-07-31"}
    )
    await office.tell(of_july())
    await office.tell(of_august())
    numbers = [issued.agreement_number for issued in await office.published(InvoiceIssued)]
    assert numbers == ["UW/2019/0456", "UW/2026/1"]


async def test_numbers_have_no_gaps_though_many_are_issued_at_once_and_some_fail(office: Office) -> None:
    await office.open_agreement()
    points = [f"PW-{number}" for number in range(2, 42)]
    await office.load("parties", *(PARTY | {"code": f"2{point}"} for point in points))
    await office.load(
        "agreements",
        *(AGREEMENT | {"number": f"U/{p}", "service_point": p, "party_code": f"2{p}"} for p in points),
    )

    async def issue(point: str, *, fails: bool) -> None:
        event = reading("110.000", "2026-10-31", ("100.000", "2026-09-30"), service_point=point)
        async with office.service.work() as work:
            await office.service._event_handlers[ReadingAccepted](event, work)
            if fails:
                raise Transient("the database went away")

    results = await asyncio.gather(
        *(issue(point, fails=place % 4 == 0) for place, point in enumerate(points)), return_exceptions=True
    )
    assert sum(isinstance(result, Transient) for result in results) == 10
    numbers = sorted(issued.number for issued in await office.published(InvoiceIssued))
    assert numbers == [f"FV/2026/11/{serial:06}" for serial in range(1, 31)]
    await office.accounts_are_sums()


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
async def test_what_is_booked_cannot_be_changed(office: Office, statement: str) -> None:
    await office.open_agreement()
    await office.tell(of_july())
    with pytest.raises(DBAPIError, match="are never changed or removed"):
        await office.do(statement)
    assert len(await office.rows("SELECT 1 FROM ledger_entry JOIN invoice USING (invoice_id)")) == 1


async def test_payments_pay_the_oldest_invoice_first(office: Office) -> None:
    await office.open_agreement()
    await office.tell(of_july())
    await office.tell(of_august())
    assert await office.pay("B/1", "150.00", "2026-08-10") == Outcome(added=1)
    paid = await office.rows("SELECT number, paid FROM invoice ORDER BY number")
    assert paid == [("FV/2026/08/000001", TEN_M3), ("FV/2026/09/000001", D("34.33"))]
    posted = (await office.published(LedgerPosted))[-1]
    assert (posted.kind, posted.amount, posted.balance) == ("payment", D("-150.00"), 2 * TEN_M3 - 150)
    await office.accounts_are_sums()


async def test_an_overpayment_waits_and_pays_the_next_invoices(office: Office) -> None:
    await office.open_agreement()
    await office.tell(of_july())
    await office.pay("B/1", "300.00", "2026-08-10")
    await office.tell(of_august())
    await office.tell(of_september())
    left = await office.rows("SELECT gross - paid FROM invoice ORDER BY number")
    assert [row[0] for row in left] == [0, 0, 3 * TEN_M3 - 300]
    [(unallocated,)] = await office.rows("SELECT unallocated FROM payment")
    assert unallocated == 0
    balances = await office.published(InvoiceBalanceChanged)
    newest = {balance.invoice_id: balance for balance in balances}
    assert sorted(balance.left for balance in newest.values()) == [0, 0, 3 * TEN_M3 - 300]
    assert all(balance.version == 2 for balance in newest.values())
    await office.accounts_are_sums()


async def test_payments_that_come_before_the_invoices_end_in_the_same_state(office: Office) -> None:
    await office.open_agreement()
    await office.pay("B/2", "115.67", "2026-09-14")
    await office.pay("B/1", "115.67", "2026-08-10")
    await office.tell(of_july())
    await office.tell(of_august())
    paid_on = await office.rows(
        "SELECT number, paid_on FROM allocation JOIN invoice USING (invoice_id) ORDER BY number"
    )
    assert paid_on == [("FV/2026/08/000001", date(2026, 8, 10)), ("FV/2026/09/000001", date(2026, 9, 14))]
    assert (await office.published(LedgerPosted))[-1].balance == 0
    await office.accounts_are_sums()


async def test_a_payment_is_booked_once_and_never_changes(office: Office) -> None:
    await office.open_agreement()
    await office.tell(of_july())
    await office.pay("B/1", "50.00", "2026-08-10")
    events = len(await office.published(LedgerPosted))
    assert await office.pay("B/1", "50.00", "2026-08-10") == Outcome(unchanged=1)
    refused = await office.pay("B/1", "60.00", "2026-08-10")
    assert [problem.field for problem in refused.problems] == ["reference"]
    future = await office.pay("B/2", "60.00", "2026-11-23")
    assert [problem.field for problem in future.problems] == ["booked_on"]
    assert len(await office.published(LedgerPosted)) == events
    await office.accounts_are_sums()


async def test_payments_and_invoices_at_once_leave_a_ledger_that_sums(office: Office) -> None:
    await office.open_agreement()
    steps: list[Awaitable[object]] = []
    for month in range(7, 11):
        last = date(2026, month + 1, 1) - timedelta(days=1)
        before = date(2026, month, 1) - timedelta(days=1)
        previous = (f"{(month - 7) * 10}", before.isoformat())
        steps.append(office.tell(reading(f"{(month - 6) * 10}", last.isoformat(), previous)))
        steps.append(office.pay(f"B/{month}", "100.00", "2026-11-01"))
    await asyncio.gather(*steps)
    [(balance, version)] = await office.rows("SELECT balance, version FROM account")
    assert (balance, version) == (4 * TEN_M3 - 400, 8)
    await office.accounts_are_sums()


async def test_interest_of_overdue_invoices_grows_each_day_until_they_are_paid(office: Office) -> None:
    await office.open_agreement()
    await office.tell(reading("110.000", "2026-10-31", ("100.000", "2026-09-30")))  # due 06.12.2026

    async def interest_on(day: int) -> list[Decimal]:
        office.now = datetime(2026, 12, day, 10, 0, tzinfo=UTC)
        for _ in range(2):  # twice a day changes nothing
            async with office.service.work() as work:
                await overdue.reckon(work)
        return [changed.interest for changed in await office.published(InvoiceBalanceChanged)]

    assert await interest_on(6) == [0]
    assert await interest_on(7) == [0, D("0.03")]  # 115.67 × 9.25 % / 365
    assert await interest_on(17) == [0, D("0.03"), D("0.32")]
    await office.pay("B/1", "115.67", "2026-12-10")  # booked a week ago, told today
    assert await interest_on(20) == [0, D("0.03"), D("0.32"), D("0.12")]
    newest = (await office.published(InvoiceBalanceChanged))[-1]
    assert (newest.left, newest.version) == (0, 4)


async def test_an_invoice_with_e_invoice_gets_its_pdf_and_the_others_none(office: Office) -> None:
    await office.open_agreement()
    await office.load("agreements", AGREEMENT | {"number": "UW/2026/1", "service_point": "PW-2", "e_invoice": "nie"})
    await office.tell(of_july())
    await office.tell(reading("110.000", "2026-08-31", ("100.000", "2026-07-31"), service_point="PW-2"))
    await office.print_everything()
    [issued, _] = await office.published(InvoiceIssued)
    [stored] = await office.published(InvoiceDocumentStored)
    assert (stored.invoice_id, stored.number, stored.gross) == (issued.invoice_id, issued.number, issued.gross)
    assert stored.key == f"invoices/2026/08/{issued.invoice_id}.pdf"
    content = await files.get(files.open_store(office.service.settings), stored.key)
    assert content.startswith(b"%PDF-")
    assert len(content) == stored.size
    [headers] = await office.rows(
        "SELECT headers ->> 'cloudEvents_correlationid' FROM outbox WHERE message_type = :type",
        type=InvoiceDocumentStored.message_type,
    )
    assert headers == ("from the browser",)
    assert not await office.rows("SELECT 1 FROM document_job")


async def test_the_newest_invoices_are_printed_first(office: Office) -> None:
    await office.open_agreement()
    await office.tell(of_july())
    await office.tell(of_september())
    await office.tell(of_august())
    async with office.service.work() as work:
        first = await work.connection.scalar(text("SELECT number FROM invoice ORDER BY issued_on DESC LIMIT 1"))
    taken = await _take_one(office)
    assert taken == first == "FV/2026/10/000001"


async def _take_one(office: Office) -> str:
    was, printing.BATCH = printing.BATCH, 1
    try:
        async with office.service.work() as work:
            [job] = await printing.take(work)
            return job.invoice.number
    finally:
        printing.BATCH = was


async def test_a_pdf_that_a_dead_worker_took_is_made_by_the_next(office: Office) -> None:
    await office.open_agreement()
    await office.tell(of_july())
    async with office.service.work() as work:
        assert len(await printing.take(work)) == 1
    async with office.service.work() as work:
        assert await printing.take(work) == []  # nobody else works at it meanwhile
        assert await printing.oldest(work) == 0
    office.now += printing.TAKEN + timedelta(seconds=1)
    async with office.service.work() as work:
        assert await printing.oldest(work) == printing.TAKEN.total_seconds() + 1
        [job] = await printing.take(work)
        assert job.attempts == 2


async def test_a_pdf_waits_while_the_store_is_away(office: Office, monkeypatch: pytest.MonkeyPatch) -> None:
    await office.open_agreement()
    await office.tell(of_july())
    put = files.put

    async def away(*_: object) -> None:
        raise OSError("the store is away")

    monkeypatch.setattr(files, "put", away)
    await office.print_everything()
    [(problem, given_up_at)] = await office.rows("SELECT problem, given_up_at FROM document_job")
    assert (problem, given_up_at) == ("OSError: the store is away", None)
    monkeypatch.setattr(files, "put", put)
    office.now += printing.FIRST_RETRY + timedelta(seconds=1)
    await office.do("UPDATE document_job SET problem = NULL")
    await office.print_everything()
    assert len(await office.published(InvoiceDocumentStored)) == 1


async def test_a_template_that_asks_for_a_missing_field_is_told_and_given_up(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    from services.billing.documents import render

    await office.open_agreement()
    await office.tell(of_july())
    template = render._template()
    monkeypatch.setattr(render, "_template", lambda: template + b'\n#invoice.at("sum_in_words")')
    await office.print_everything()
    [(problem,)] = await office.rows("SELECT problem FROM document_job WHERE given_up_at IS NOT NULL")
    assert problem == "the invoice template asks for the field sum_in_words, which an invoice does not have"
    async with office.service.work() as work:
        assert await printing.given_up(work) == 1
        assert await printing.oldest(work) == 0
    assert await office.published(InvoiceDocumentStored) == []


async def test_history_says_again_what_was_said_last(office: Office) -> None:
    await office.open_agreement()
    await office.tell(of_july())
    await office.tell(of_august())
    await office.pay("B/1", "150.00", "2026-08-10")
    await office.print_everything()
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
        for event in await office.published(kind):
            said[f"{kind.message_type} {event.subject} {event.version if kind is LedgerPosted else ''}"] = event
    again: dict[str, Event] = {}
    async with office.service.engine.connect() as connection:
        for history in office.service.histories:
            async for event in history(connection):
                name = (
                    f"{event.message_type} {event.subject} {event.version if isinstance(event, LedgerPosted) else ''}"
                )
                assert name not in again
                again[name] = event
    assert again == said
    assert len(again) == 2 + 2 * 3 + 3


async def test_a_twin_of_a_period_is_refused_by_the_database(office: Office) -> None:
    await office.open_agreement()
    await office.tell(of_july())
    twin = f'{{"invoice_id": "{new_id()}", "reading_id": "{new_id()}", "number": "FV/TWIN"}}'
    with pytest.raises(IntegrityError, match="invoice_once_a_period"):
        await office.do(f"INSERT INTO invoice SELECT (jsonb_populate_record(i, '{twin}')).* FROM invoice i")  # noqa: S608
