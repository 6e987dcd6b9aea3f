"""Whatever a service does, it does fifty times over one database connection.

From its sixth run on a connection a prepared statement may be planned anew, without its parameters' values: what is
right five times may fail for everybody afterwards.
"""

import hashlib
import re
from collections import Counter
from collections.abc import Awaitable, Callable
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from argon2 import PasswordHasher
from httpx import AsyncClient

from contracts.billing import EstimateInvoice, InvoiceDocumentStored, InvoiceIssued, PartyRecorded, RetryInvoiceDocument
from contracts.correspondence import DropMail, MailFailed, RetryMail
from contracts.identity import (
    AccountOpened,
    ApplicationDecided,
    ApplicationReceived,
    ChangePassword,
    CredentialsIssued,
    LoggedIn,
    LogIn,
    PasswordChanged,
)
from contracts.message import Event
from contracts.metering import CheckReading, MeterRecorded, SubmitReading
from contracts.reply import Accepted
from gateway.pages import PAGES
from gateway.web.server import web_application
from gateway.web.site import Site
from gateway.web.visitors.pools import open_pools
from gateway.web.visitors.sessions import open_session
from services.billing.documents import printing
from services.chassis.ids import new_id, stable_id
from services.chassis.service import Service
from services.chassis.settings import Settings
from services.chassis.storage import files
from services.chassis.storage.files import open_store
from services.correspondence import queue
from services.identity import passwords
from services.metering import meters
from services.metering.meters import Meter
from tests.support.billing import accounts_are_sums, load
from tests.support.browser import in_process
from tests.support.identity import CLERK_PASSWORD, accept, apply, hire
from tests.support.parties import fresh_party
from tests.support.service import ServiceUnderTest, UnderTest
from tests.support.supply import (
    WATER,
    WATER_TARIFF,
    agreement_recorded,
    agreement_row,
    invoice_issued,
    reading_accepted,
)

FIFTY = 50

pytestmark = pytest.mark.timeout(180)


LEFT_OUT = "let this test do it in its loop: tell the event, ask the request, or let the step have something to do"


class Counted:
    """Counts what a service does: each handler that ended well, and each periodic step."""

    def __init__(self, service: ServiceUnderTest) -> None:
        self._service = service
        self._done: Counter[str] = Counter()
        for table in (self._tables.event_handlers, self._tables.request_handlers):
            handlers: dict[Any, Any] = table
            for message, handler in handlers.items():
                handlers[message] = self._counting(message.message_type, handler)

    @property
    def _tables(self) -> Service:
        return self._service.process.service

    def _counting(self, name: str, handler: Callable[..., Awaitable[None]]) -> Callable[..., Awaitable[None]]:
        async def counted(*arguments: Any) -> None:
            await handler(*arguments)
            self._done[name] += 1

        return counted

    async def run_steps(self) -> None:
        """Run each periodic step once, and measure each gauge."""
        for name, periodic in self._tables.periodic_steps.items():
            async with self._service.work() as work:
                await periodic.step(work)
            self._done[name] += 1
        await self._service.process.measure()

    def seldom(self) -> dict[str, int]:
        """What was done less than fifty times, which is what the test has left out."""
        handled = (*self._tables.event_handlers, *self._tables.request_handlers)
        names = (*(message.message_type for message in handled), *self._tables.periodic_steps)
        return {name: self._done[name] for name in names if self._done[name] < FIFTY}


async def ask(service: ServiceUnderTest, request: Any) -> Accepted:
    reply = await service.ask(request, key=str(new_id()))
    assert isinstance(reply, Accepted), reply
    return reply


def example(model: type[Event], **changes: object) -> Any:
    return model.model_validate(model.example | changes)


async def test_identity_opens_fifty_accounts_and_lets_everybody_in(
    under_test: UnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(passwords, "_hasher", PasswordHasher(time_cost=1, memory_cost=8, parallelism=1))  # quick
    identity = await under_test("identity", connections=1)
    counted, clerk_id = Counted(identity), await hire(identity, "maria")
    for _ in range(FIFTY):
        party = fresh_party()
        agreement = f"UC/{party.code}"
        invoice = invoice_issued(
            party.party_id, f"FV/{party.code}", agreement_id=stable_id("agreement", agreement),
            agreement_number=agreement,
        )  # fmt: skip
        await identity.tell(party.recorded(), agreement_recorded(party.party_id, agreement), invoice)
        form = {"name": party.name, "tax_id": party.pesel, "invoice_number": invoice.number}
        received = await apply(identity, **form, agreement_number=agreement, email=party.email)
        assert received.party_id == party.party_id
        assert isinstance(await accept(identity, received, clerk_id), Accepted)
        issued = (await identity.published(CredentialsIssued))[-1]
        in_ = await ask(identity, LogIn(audience="customer", identifier=party.code, password=issued.temporary_password))
        account_id = LoggedIn.model_validate_json(in_.events[0].data).account_id
        change = {"old_password": issued.temporary_password, "new_password": "trzy ciche wróble"}
        await ask(identity, ChangePassword.model_validate({"account_id": account_id, **change}))
        await identity.ask(LogIn(audience="office", identifier="maria", password=f"nie {CLERK_PASSWORD}"))
        identity.now += timedelta(hours=2)
        await counted.run_steps()
    assert counted.seldom() == {}, LEFT_OUT


async def test_metering_takes_fifty_readings_of_a_meter(under_test: UnderTest) -> None:
    metering = await under_test("metering", connections=1)
    counted = Counted(metering)
    meter = Meter("W7", "PP-1", "water", "m3", "Lipowa 6", "00-001", "Wierzbogród", date(2023, 5, 1), None)
    async with metering.work() as work:
        await meters.store(work.connection, [meter])
    for day in range(FIFTY):
        reading = SubmitReading(
            meter_id=meter.meter_id, value=Decimal(100) + Decimal(day) / 2, read_on=metering.now.date(),
            unusual_confirmed=True,
        )  # fmt: skip
        await ask(metering, CheckReading.model_validate(reading.model_dump()))
        await ask(metering, reading)
        metering.now += timedelta(days=1)
        await counted.run_steps()
    assert counted.seldom() == {}, LEFT_OUT


async def test_billing_bills_collects_and_prints_fifty_times(under_test: UnderTest, tmp_path: Path) -> None:
    billing = await under_test("billing", connections=1, files_url=tmp_path.as_uri())
    counted, printed = Counted(billing), 0
    await load(billing, "tariffs", WATER_TARIFF)
    for _ in range(FIFTY):
        party = fresh_party()
        number, point = f"UW/{party.code}", f"PW-{party.code}"
        await load(billing, "parties", party.row())
        await load(billing, "agreements", agreement_row(party, number, point, "2026-06-30"))
        of_june = reading_accepted(f"W-{party.code}", date(2026, 6, 30), 100, None, service_point=point)
        of_july = reading_accepted(
            f"W-{party.code}", date(2026, 7, 31), 110, (date(2026, 6, 30), 100), service_point=point
        )
        await billing.tell(of_june.model_copy(update=WATER), of_july.model_copy(update=WATER))
        next_one = {
            "value": 120,
            "read_on": date(2026, 8, 31),
            "previous_value": 110,
            "previous_read_on": date(2026, 7, 31),
        }
        await ask(billing, EstimateInvoice.model_validate({"service_point": point, "medium": "water", **next_one}))
        [(invoice_id,)] = await billing.rows(
            "SELECT invoice_id FROM invoice JOIN party USING (party_id) WHERE code = :code", code=party.code
        )
        await billing.do("UPDATE document_job SET given_up_at = now() WHERE taken_until IS NULL")
        await ask(billing, RetryInvoiceDocument(invoice_id=invoice_id))
        async with billing.work() as work:
            printed += len(await printing.take(work))
        paid = {"reference": f"P-{party.code}", "party_code": party.code, "booked_on": "2026-08-20", "amount": "50.00"}
        await load(billing, "payments", {**paid, "title": "wpłata"})
        billing.now += timedelta(days=1)
        await counted.run_steps()
    assert counted.seldom() == {}, LEFT_OUT
    assert printed >= FIFTY
    await accounts_are_sums(billing)


async def test_correspondence_writes_sends_and_repeats_fifty_times(under_test: UnderTest) -> None:
    correspondence = await under_test("correspondence", connections=1, public_url="https://ebok.example")
    counted = Counted(correspondence)
    for n in range(FIFTY):
        party, account, today = UUID(int=n), UUID(int=1000 + n), correspondence.now.date()
        await correspondence.tell(
            example(AccountOpened, account_id=account, party_id=party),
            example(CredentialsIssued, account_id=account, party_id=party),
            example(CredentialsIssued, account_id=UUID(int=4000 + n), party_id=party),
            example(ApplicationReceived, application_id=UUID(int=2000 + n)),
            example(ApplicationDecided, application_id=UUID(int=2000 + n), decision="rejected", reason="PESEL"),
            example(InvoiceDocumentStored, invoice_id=UUID(int=3000 + n), party_id=party, issued_on=today),
        )
        async with correspondence.work() as work:
            first, second, third, fourth, fifth = await queue.take(work, 40)
            await queue.sent(work, first)
            await queue.sent(work, fifth)
            await queue.fail(work, fourth, "550 nobody")
            await queue.put_off(work, second, "421 busy")
            await queue.fail(work, third, "550 nobody")
        await ask(correspondence, RetryMail(mail_id=third.mail_id))
        await ask(correspondence, DropMail(mail_id=fourth.mail_id))
        async with correspondence.work() as work:
            for again in await queue.take(work, 40):
                await queue.sent(work, again)
        correspondence.now += timedelta(hours=5)
        async with correspondence.work() as work:
            for late in await queue.take(work, 40):
                await queue.sent(work, late)
        await counted.run_steps()
    assert counted.seldom() == {}, LEFT_OUT
    [(mails, sent)] = await correspondence.rows("SELECT count(*), count(*) FILTER (WHERE status = 'sent') FROM mail")
    assert (mails, sent) == (5 * FIFTY, 4 * FIFTY)


async def test_the_gateway_projects_every_event_fifty_times(under_test: UnderTest) -> None:
    gateway = await under_test("gateway", connections=1)
    projected = list(gateway.process.service.projections)
    for _ in range(FIFTY):
        events = [example(event, **{event.about: new_id()}) for event in projected]
        await gateway.process.apply([e.model_copy(update=_new_reading(e)) for e in events])
    for table in ("party", "invoice", "reading", "application", "failed_mail"):
        [(count,)] = await gateway.rows(f"SELECT count(*) FROM {table}")  # noqa: S608 (constants)
        assert count >= FIFTY, table


async def test_the_gateway_shows_every_page_fifty_times(under_test: UnderTest, tmp_path: Path) -> None:
    gateway = (await under_test("gateway", connections=1, secret="of this test alone")).process
    await gateway.apply([example(event) for event in gateway.service.projections if event is not PasswordChanged])
    long_ago = gateway.clock() - timedelta(days=1)
    await gateway.apply([example(PasswordChanged, changed_at=long_ago)])  # it ends the sessions of before
    party_id = PartyRecorded.example["party_id"]
    in_place_of = {
        "{invoice_id:uuid}": InvoiceIssued.example["invoice_id"],
        "{application_id:uuid}": ApplicationReceived.example["application_id"],
        "{mail_id:uuid}": MailFailed.example["mail_id"],
        "{number:path}": MeterRecorded.example["number"],
        "{name:str}": "ebok.css",
        "{code:str}": "en",
    }
    pages = [path for page in PAGES if "GET" in page.function.http_methods for path in page.function.paths]
    async with open_pools(gateway.settings.database_url, size=1) as pools:
        logins = (
            example(LoggedIn, party_id=party_id, must_change_password=False, logged_in_at=gateway.clock()),
            example(
                LoggedIn, audience="office", party_id=None, roles=("clerk",), must_change_password=False,
                logged_in_at=gateway.clock(),
            ),
        )  # fmt: skip
        tokens = [await open_session(pools.public, login, gateway.clock()) for login in logins]
        site = Site(gateway, pools, open_store(Settings(files_url=tmp_path.as_uri())), PAGES)
        pdf = b"%PDF-1.7"
        stored = {"size": len(pdf), "sha256": hashlib.sha256(pdf).hexdigest(), "version": 2}
        await gateway.apply([example(InvoiceDocumentStored, **stored)])
        await files.put(site.files, InvoiceDocumentStored.example["key"], pdf)
        shown = set()
        transport = in_process(web_application(site))
        async with AsyncClient(transport=transport, base_url="http://office.example") as browser:
            browser.cookies.update({"ebok": tokens[0], "ebok_office": tokens[1]})
            for path in pages:
                address = re.sub(r"\{.*?\}", lambda parameter: in_place_of[parameter[0]], path)
                statuses = {(await browser.get(address)).status_code for _ in range(FIFTY)}
                assert len(statuses) == 1, path
                assert statuses < {200, 302, 303, 404}, path
                shown |= {path} if statuses == {200} else set()
        led_elsewhere = {"/", "/login", "/registration", "/office/login", "/language/{code:str}"}  # who is logged in
        not_there = {
            "/static/{name:str}",
            "/office/failures/mail/{mail_id:uuid}/drop",
        }  # nor is a mail that was dropped
        assert set(pages) - shown - led_elsewhere - not_there == set()


def _new_reading(event: Event) -> dict[str, object]:
    return {"reading_id": new_id()} if "reading_id" in type(event).model_fields else {}
