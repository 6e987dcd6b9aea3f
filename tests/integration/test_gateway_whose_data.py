"""Whose rows a connection to the read model sees: held by the database, whatever a query says."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

import asyncpg
import pytest
from sqlalchemy.engine import make_url

from contracts.billing import (
    AgreementRecorded,
    InvoiceBalanceChanged,
    InvoiceDocumentFailed,
    InvoiceIssued,
    LedgerPosted,
    PartyRecorded,
)
from contracts.correspondence import MailFailed, MailSent
from contracts.identity import ApplicationReceived, LoggedIn
from contracts.message import Event
from contracts.metering import MeterRecorded, ReadingAccepted
from gateway.applications.queries import sent_application
from gateway.read_model.queries import Query
from gateway.read_model.scope import EVERYTHING, NOBODY, Premises, Scope
from gateway.tables import metadata
from gateway.web.visitors.pools import open_pools
from services.chassis.ids import stable_id
from services.chassis.process import Process
from tests.support.infrastructure import Servers
from tests.support.service import UnderTest
from tests.support.visitors import Visitors

OPEN = {
    "password_change": "tells only when, and who somebody is is found out with it",
    "session": "says itself who somebody is, and is found only by the hash of a token that nobody else has",
    "used_check": "holds fingerprints of forms, not what was in them",
    "progress": "is about the services, not about anybody",
}
"""Tables that every connection sees, and why."""

OFFICE_ONLY = {"last_login", "audit", "last_look", "failed_mail", "failed_document"}
ANNA, JAN, EWA = (stable_id("party", code) for code in ("100001", "100002", "100003"))
APPLICATION = UUID(ApplicationReceived.example["application_id"])
MOVED_IN, MOVED_OUT = date(2026, 7, 31), date(2026, 9, 30)


def about(party: UUID, point: str) -> list[Event]:
    """All that the read model holds of one party at one service point."""

    def told(model: type[Event], **changes: object) -> Event:
        return model.model_validate(model.example | changes)

    number, invoice, meter = f"{party}/{point}", stable_id("invoice", f"{party}{point}"), stable_id("meter", point)
    agreement = {"agreement_id": stable_id("agreement", number), "number": number, "billed_from": MOVED_IN}
    read = {"reading_id": stable_id("reading", f"{point}{MOVED_IN}"), "meter_id": meter, "read_on": MOVED_IN}
    return [
        told(PartyRecorded, party_id=party),
        told(AgreementRecorded, party_id=party, service_point=point, medium="water", **agreement),
        told(LedgerPosted, party_id=party),
        told(InvoiceIssued, invoice_id=invoice, party_id=party, number=number, service_point=point),
        told(InvoiceBalanceChanged, invoice_id=invoice, party_id=party),
        told(MeterRecorded, meter_id=meter, number=point, service_point=point, medium="water"),
        told(ReadingAccepted, **read),
        told(MailSent, mail_id=stable_id("mail", number), about_id=invoice),
    ]


@dataclass
class Office:
    """A read model with three parties, of which Jan has two premises."""

    gateway: Process
    visitors: Visitors

    @property
    def database_url(self) -> str:
        """The read model's address, for a connection without any setting."""
        return self.gateway.settings.database_url

    async def seen(self, scope: Scope, table: str) -> int:
        """How many rows of a table there are for somebody whose query forgets to say whose."""
        count = Query(f"SELECT count(*) FROM {table} WHERE 1 = 1 OR true")  # noqa: S608
        (row,) = await self.visitors.connection(scope).fetch(count)
        return int(row["count"])

    async def texts(self, scope: Scope, column: str, table: str) -> list[str]:
        query = Query(f"SELECT {column} FROM {table} ORDER BY 1")  # noqa: S608
        return [str(row[0]) for row in await self.visitors.connection(scope).fetch(query)]


@pytest.fixture
async def office(under_test: UnderTest) -> AsyncIterator[Office]:
    gateway = (await under_test("gateway")).process
    for party, point in ((ANNA, "PP-1"), (JAN, "PP-2"), (JAN, "PP-3"), (EWA, "PP-4")):
        await gateway.apply(about(party, point))
    for kind in (ApplicationReceived, LoggedIn, MailFailed, InvoiceDocumentFailed):
        await gateway.apply([kind.model_validate(kind.example)])
    async with Visitors.of(gateway) as visitors:
        clerk = "INSERT INTO audit (at, clerk_id, action, correlation_id) VALUES (now(), $1, 'viewed', 'test')"
        await visitors.pools.office.execute(clerk, ANNA)
        await visitors.pools.office.execute("INSERT INTO last_look VALUES ($1, $1, now())", ANNA)
        yield Office(gateway, visitors)


async def test_every_table_is_protected_or_open_for_a_reason(office: Office) -> None:
    rows = await office.visitors.pools.public.fetch("""
        SELECT relname, relrowsecurity AND relforcerowsecurity AS protected,
               (SELECT array_agg(polname::text ORDER BY polname) FROM pg_policy WHERE polrelid = c.oid) AS policies
        FROM pg_class c WHERE relnamespace = 'public'::regnamespace AND relkind = 'r'
    """)
    found = {row["relname"]: row for row in rows}
    protected = {table for table in metadata.tables if found[table]["protected"]}
    assert set(metadata.tables) == protected | set(OPEN)
    for table in protected:
        wanted = ["everything"] if table in OFFICE_ONLY else ["everything", "own"]
        assert found[table]["policies"] == wanted, table


async def test_a_connection_that_says_nothing_sees_nothing_and_writes_nothing(office: Office) -> None:
    for table in set(metadata.tables) - set(OPEN):
        count = f"SELECT count(*) FROM {table}"  # noqa: S608
        assert await office.visitors.pools.office.fetchval(count) > 0, f"the fixture `office` wants a row of {table}"
        for pool in (office.visitors.pools.public, office.visitors.pools.customer):
            assert await pool.fetchval(count) == 0, table
        assert await office.seen(NOBODY, table) == 0, table
    with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
        await office.visitors.pools.public.execute("INSERT INTO balance VALUES ($1, 0, now(), 1)", ANNA)


async def test_a_connection_that_never_heard_of_a_scope_fails_rather_than_finds_nothing(office: Office) -> None:
    """Such as a gateway of the release before: it must not tell its customers that they have no bills."""
    connection = await asyncpg.connect(office.database_url)
    try:
        for table in set(metadata.tables) - set(OPEN):
            with pytest.raises(asyncpg.UndefinedObjectError, match=r"ebok\.scope"):
                await connection.fetch(f"SELECT * FROM {table}")  # noqa: S608
    finally:
        await connection.close()


async def test_a_default_of_the_role_opens_no_customers_connection(office: Office, servers: Servers) -> None:
    url = make_url(office.database_url)
    admin = await asyncpg.connect(servers.database.admin_url)
    try:
        await admin.execute(f"ALTER ROLE {url.username} IN DATABASE {url.database} SET ebok.scope = 'all'")
    finally:
        await admin.close()
    async with open_pools(office.database_url) as pools:
        for pool in (pools.public, pools.customer):
            assert await pool.fetchval("SELECT count(*) FROM invoice") == 0


async def test_a_customer_changes_nothing_not_even_what_is_the_customer_s_own(office: Office) -> None:
    connection = office.visitors.connection(Scope((ANNA,)))
    await connection.run(Query("UPDATE balance SET balance = 0"))
    await connection.run(Query("DELETE FROM invoice"))
    assert await office.seen(Scope((ANNA,)), "invoice") == 1
    assert await office.texts(Scope((ANNA,)), "balance", "balance") == [LedgerPosted.example["balance"]]


SEEN = {
    "party": (1, 1),
    "agreement": (1, 2),
    "balance": (1, 1),
    "invoice": (1, 2),
    "meter": (1, 2),
    "reading": (1, 2),
    "mail": (1, 2),
    "application": (0, 0),
}
"""How many rows of each table Anna and Jan see, of those that the fixture `office` has; a new table is named here."""


async def test_a_customer_sees_what_is_of_the_own_party_in_whatever_table(office: Office) -> None:
    assert set(SEEN) == set(metadata.tables) - set(OPEN) - OFFICE_ONLY
    for table, (anna, jan) in SEEN.items():
        assert await office.seen(Scope((ANNA,)), table) == anna, table
        assert await office.seen(Scope((JAN,)), table) == jan, table
    assert await office.texts(Scope((ANNA,)), "party_id", "party") == [str(ANNA)]
    assert await office.texts(Scope((JAN,)), "service_point", "invoice") == ["PP-2", "PP-3"]
    for table in OFFICE_ONLY:
        assert await office.seen(Scope((ANNA,)), table) == 0


async def test_somebody_who_acts_for_several_parties_sees_all_of_them_or_the_chosen_one(office: Office) -> None:
    both = Scope((ANNA, JAN))
    assert await office.texts(both, "service_point", "own_invoice") == ["PP-1", "PP-2", "PP-3"]
    assert await office.seen(both, "balance") == 2
    jan = Scope((ANNA, JAN), chosen=JAN)
    assert await office.texts(jan, "service_point", "own_invoice") == ["PP-2", "PP-3"]
    assert await office.texts(jan, "party_id", "balance") == [str(JAN)]
    assert await office.seen(Scope((ANNA, JAN), chosen=EWA), "invoice") == 0


async def test_a_manager_of_some_premises_sees_these_but_not_what_the_party_owes(office: Office) -> None:
    """M12, M15."""
    manager = Scope(premises=(Premises(JAN, "PP-3"),))
    for table in ("agreement", "invoice", "meter", "own_invoice"):
        assert await office.texts(manager, "service_point", table) == ["PP-3"], table
    assert [await office.seen(manager, table) for table in ("party", "reading", "mail")] == [1, 1, 1]
    assert await office.seen(manager, "balance") == 0
    owed = Query("SELECT paid, left_to_pay, interest FROM own_invoice")
    assert [tuple(row) for row in await office.visitors.connection(manager).fetch(owed)] == [(None, None, None)]
    jan = await office.visitors.connection(Scope((JAN,))).fetch(owed)
    assert [tuple(row) for row in jan] == [(Decimal("100.00"), Decimal("6620.97"), Decimal("0.00"))] * 2


async def test_premises_and_whole_parties_go_together_and_one_of_them_may_be_chosen(office: Office) -> None:
    parties, premises = (EWA,), (Premises(JAN, "PP-2"),)
    everything = Scope(parties, premises)
    assert await office.texts(everything, "service_point", "own_invoice") == ["PP-2", "PP-4"]
    assert await office.texts(everything, "party_id", "balance") == [str(EWA)]
    assert await office.texts(Scope(parties, premises, chosen=JAN), "service_point", "own_invoice") == ["PP-2"]
    assert await office.texts(Scope(parties, premises, chosen=EWA), "service_point", "own_invoice") == ["PP-4"]


async def test_another_s_premises_with_the_same_name_are_not_reached(office: Office) -> None:
    assert await office.seen(Scope(premises=(Premises(ANNA, "PP-2"),)), "invoice") == 0
    assert await office.seen(Scope(premises=(Premises(ANNA, 'PP-1"}, {"x'),)), "invoice") == 0


async def test_a_reading_after_a_party_s_time_is_its_successor_s(office: Office) -> None:
    begins = {"service_point": "PP-1", "medium": "water", "billed_from": MOVED_OUT, "party_id": EWA}
    successor = AgreementRecorded.example | begins | {"agreement_id": stable_id("agreement", "next"), "number": "next"}
    days = (date(2026, 8, 31), MOVED_OUT, date(2026, 10, 31))
    meter = stable_id("meter", "PP-1")
    readings = [{"reading_id": stable_id("reading", str(day)), "meter_id": meter, "read_on": day} for day in days]
    await office.gateway.apply([AgreementRecorded.model_validate(successor)])
    await office.gateway.apply([ReadingAccepted.model_validate(ReadingAccepted.example | each) for each in readings])
    here = f"reading WHERE meter_id = '{meter}'"
    anna = await office.texts(Scope((ANNA,)), "read_on", here)
    assert anna == ["2026-07-31", "2026-08-31", "2026-09-30"]
    assert await office.texts(Scope((EWA,)), "read_on", here) == ["2026-09-30", "2026-10-31"]
    assert await office.seen(Scope((ANNA,)), "agreement") == 1, "the successor's agreement is nobody else's"


async def test_whoever_applied_sees_that_application_and_only_for_that_moment(office: Office) -> None:
    public = office.visitors.pools.public
    sent = await sent_application(public, APPLICATION)
    assert sent is not None
    assert sent.number == ApplicationReceived.example["number"]
    assert await sent_application(public, ANNA) is None
    assert await public.fetchval("SELECT count(*) FROM application") == 0


async def test_clerks_and_operators_say_that_they_see_everything(office: Office) -> None:
    connection = await asyncpg.connect(office.gateway.settings.database_url, server_settings=EVERYTHING)
    try:
        assert await connection.fetchval("SELECT count(*) FROM invoice") == 4
    finally:
        await connection.close()


async def test_a_migration_that_would_see_only_some_rows_fails(office: Office) -> None:
    connection = await asyncpg.connect(office.gateway.settings.database_url)
    try:
        await connection.execute("SET row_security = off")  # as migrations do
        with pytest.raises(asyncpg.InsufficientPrivilegeError, match="row-level security"):
            await connection.execute("UPDATE invoice SET kind = 'invoice'")
    finally:
        await connection.close()
