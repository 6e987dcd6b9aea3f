"""Correspondence on a real database, object store and mail server: each mail goes, once, whatever is away meanwhile."""

import asyncio
import hashlib
from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import Any, Self
from uuid import UUID

import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from sqlalchemy import func, select

from contracts.billing import InvoiceDocumentStored
from contracts.correspondence import MailSent
from contracts.identity import AccountOpened, ApplicationDecided, CredentialsIssued
from contracts.message import Event
from deploy import catalog
from services.chassis.ids import stable_id
from services.chassis.service import Service
from services.chassis.storage import files
from services.chassis.storage.tables import outbox
from services.correspondence import early_bills, queue, sender, tables
from services.correspondence.tables import mail
from tests.support.mailbox import Mailbox
from tests.support.waiting import until

ANNA = "anna@poczta.example"
PARTY = stable_id("party", "100001")
PDF = b"%PDF-1.7 rachunek"


class Office:
    """Correspondence with a clock that the test moves, a mailbox and an object store."""

    def __init__(self, service: Service, mailbox: Mailbox) -> None:
        self.service = service
        self.mailbox = mailbox
        self.moved = timedelta()
        self._started = datetime.now(UTC)
        self._give_clock(service)

    def now(self) -> datetime:
        return datetime(2026, 11, 22, 10, 0, tzinfo=UTC) + (datetime.now(UTC) - self._started) + self.moved

    def replica(self) -> Service:
        replica = catalog.entry("correspondence").build(self.service.settings, self.service.profile)
        self._give_clock(replica)
        return replica

    async def tell(self, *events: Event) -> None:
        for event in events:
            async with self.service.work("from-the-browser") as work:
                await self.service._event_handlers[type(event)](event, work)

    async def open_account(self) -> None:
        await self.tell(AccountOpened.model_validate(AccountOpened.example | {"party_id": PARTY}))

    async def store(self, bill: InvoiceDocumentStored) -> None:
        await files.put(files.open_store(self.service.settings), bill.key, PDF)

    async def states(self) -> dict[str, int]:
        async with self.service.work() as work:
            rows = await work.connection.execute(select(mail.c.status, func.count()).group_by(mail.c.status))
            return {status: count for status, count in rows}  # noqa: C416 (rows are no pairs to mypy)

    async def published(self) -> list[MailSent]:
        async with self.service.work() as work:
            bodies = await work.connection.scalars(select(outbox.c.body).order_by(outbox.c.position))
            return [MailSent.model_validate_json(body) for body in bodies]

    async def measure(self, gauge: Callable[[Any], Awaitable[float]]) -> float:
        async with self.service.work() as work:
            return await gauge(work)

    @asynccontextmanager
    async def sending(self, service: Service | None = None) -> AsyncIterator[None]:
        task = asyncio.create_task(sender.run(service or self.service))
        try:
            yield
            assert not task.done(), task.exception()
        finally:
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    async def all_settled(self) -> None:
        await until(self._nothing_waits, 30, "every mail is sent or failed")

    async def _nothing_waits(self) -> bool:
        return not set(await self.states()) & {"waiting", "sending"}

    def _give_clock(self, service: Service) -> None:
        service.clock = service.transactions.clock = self.now


def credentials(version: int = 1) -> CredentialsIssued:
    return CredentialsIssued.model_validate(CredentialsIssued.example | {"version": version})


def bill(number: int = 1, **changes: object) -> InvoiceDocumentStored:
    return InvoiceDocumentStored.model_validate(
        InvoiceDocumentStored.example
        | {
            "invoice_id": UUID(int=number),
            "number": f"FV/2026/11/{number:06}",
            "party_id": PARTY,
            "key": f"invoices/{number}.pdf",
            "sha256": hashlib.sha256(PDF).hexdigest(),
        }
        | changes
    )


def pdf_of(message: EmailMessage) -> bytes:
    (attached,) = message.iter_attachments()
    content: bytes = attached.get_content()
    return content


def plain_of(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text


@pytest.fixture
async def office(on_database: Callable[..., Awaitable[Service]], mailbox: Mailbox, tmp_path: Path) -> Office:
    service = await on_database(
        "correspondence",
        "wloclawek",
        smtp_url=mailbox.url,
        files_url=tmp_path.as_uri(),
        public_url="https://ebok.example",
    )
    return Office(service, mailbox)


async def test_w04_the_login_data_arrive_once_and_are_forgotten_here(office: Office) -> None:
    await office.tell(credentials(), credentials())
    async with office.sending():
        await office.all_settled()
    (message,) = office.mailbox.to(ANNA)
    assert "kora-bryza-sowa-lipa-47" in plain_of(message)
    async with office.service.work() as work:
        row = (await work.connection.execute(select(mail))).one()
    assert (row.status, row.plain, row.html) == ("sent", None, None)
    assert message["Message-ID"] == f"<{row.mail_id}@mpec.com.pl>"
    (sent,) = await office.published()
    assert (sent.kind, sent.recipient, sent.mail_id) == ("credentials", ANNA, row.mail_id)
    async with office.service.work() as work:
        headers = await work.connection.scalar(select(outbox.c.headers))
    assert headers["cloudEvents_correlationid"] == "from-the-browser"  # type: ignore[index]


async def test_login_data_issued_anew_are_a_mail_of_their_own(office: Office) -> None:
    await office.tell(credentials(), credentials(version=2))
    assert await office.states() == {"waiting": 2}


async def test_a_new_bill_goes_with_its_pdf_to_a_party_that_has_an_account(office: Office) -> None:
    await office.open_account()
    await office.store(bill())
    await office.tell(bill(), bill())
    async with office.sending():
        await office.all_settled()
    (message,) = office.mailbox.to(ANNA, "FV/2026/11/000001")
    assert pdf_of(message) == PDF
    assert "https://ebok.example/bills/00000000-0000-0000-0000-000000000001" in plain_of(message)
    (sent,) = await office.published()
    assert (sent.about_id, sent.party_id) == (UUID(int=1), PARTY)


async def test_a_bill_that_overtakes_the_news_of_its_party_s_account_is_sent_once(office: Office) -> None:
    await office.tell(bill(1), bill(1, party_id=UUID(int=8)))
    assert await office.states() == {}
    opened = AccountOpened.model_validate(
        AccountOpened.example | {"party_id": PARTY, "opened_at": "2026-11-22T09:59:59Z"}
    )
    await office.tell(opened)
    assert await office.states() == {"waiting": 1}
    await office.tell(bill(1), opened)
    assert await office.states() == {"waiting": 1}


async def test_a_bill_and_its_party_s_account_told_at_once_make_a_mail(office: Office) -> None:
    for number in range(20):
        party_id = UUID(int=100 + number)
        opened = AccountOpened.model_validate(
            AccountOpened.example | {"party_id": party_id, "opened_at": "2026-11-22T09:59:59Z"}
        )
        await asyncio.gather(office.tell(bill(number, party_id=party_id)), office.tell(opened))
    assert await office.states() == {"waiting": 20}


async def test_bills_without_a_recipient_are_forgotten_when_they_are_too_old_for_a_mail(office: Office) -> None:
    await office.tell(bill(1, issued_on="2026-10-23"), bill(2))
    office.moved = timedelta(days=1)
    async with office.service.work() as work:
        await early_bills.sweep(work)
        kept = (await work.connection.scalars(select(tables.early_bill.c.invoice_id))).all()
    assert kept == [UUID(int=2)]


async def test_a_party_without_an_account_and_a_bill_of_loaded_history_get_no_mail(office: Office) -> None:
    await office.tell(bill(1))
    await office.open_account()
    await office.tell(bill(2, issued_on="2026-10-22"))
    assert await office.states() == {}
    await office.tell(bill(3, issued_on="2026-10-23"))
    assert await office.states() == {"waiting": 1}


async def test_only_a_fresh_rejection_is_told_by_mail(office: Office) -> None:
    accepted = ApplicationDecided.model_validate(ApplicationDecided.example)
    rejected = ApplicationDecided.model_validate(
        ApplicationDecided.example | {"decision": "rejected", "reason": "Zły numer umowy."}
    )
    old = rejected.model_copy(update={"decided_at": datetime(2026, 9, 1, tzinfo=UTC), "application_id": UUID(int=5)})
    await office.tell(accepted, old, rejected)
    async with office.sending():
        await office.all_settled()
    (message,) = office.mailbox.to(ANNA)
    assert "Zły numer umowy." in plain_of(message)


async def test_a_newer_address_is_kept_against_older_news(office: Office) -> None:
    newer = AccountOpened.model_validate(
        AccountOpened.example | {"party_id": PARTY, "email": "nowa@poczta.example", "version": 3}
    )
    await office.tell(newer)
    await office.open_account()
    await office.store(bill())
    await office.tell(bill())
    async with office.sending():
        await office.all_settled()
    assert len(office.mailbox.to("nowa@poczta.example")) == 1


async def test_mail_waits_while_the_server_is_away_and_goes_when_it_is_back(office: Office) -> None:
    office.mailbox.go_away()
    await office.tell(credentials())
    async with office.sending():
        await asyncio.sleep(1.5)
        assert await office.measure(queue.waiting) == 1
        assert await office.measure(queue.oldest_seconds) >= 1
        assert await office.measure(queue.failed) == 0
        office.mailbox.come_back()
        await office.all_settled()
    assert len(office.mailbox.to(ANNA)) == 1
    assert await office.measure(queue.oldest_seconds) == 0


async def test_an_address_that_the_server_does_not_know_fails_and_holds_up_nobody(office: Office) -> None:
    office.mailbox.refused.add("nikt@poczta.example")
    unknown = CredentialsIssued.model_validate(
        CredentialsIssued.example | {"email": "nikt@poczta.example", "account_id": UUID(int=7)}
    )
    await office.tell(unknown, credentials())
    async with office.sending():
        await office.all_settled()
    assert await office.states() == {"failed": 1, "sent": 1}
    assert await office.measure(queue.failed) == 1
    async with office.service.work() as work:
        row = (await work.connection.execute(select(mail).where(mail.c.status == "failed"))).one()
    assert "5.1.1" in row.failure
    assert row.plain is None


async def test_a_mail_that_cannot_be_written_fails_and_holds_up_nobody(office: Office) -> None:
    broken = CredentialsIssued.model_validate(CredentialsIssued.example | {"email": "anna", "account_id": UUID(int=7)})
    await office.tell(broken, credentials())
    async with office.sending():
        await office.all_settled()
    assert await office.states() == {"failed": 1, "sent": 1}


class Greylisting(Mailbox):
    """A mail server that puts off whom it does not know yet."""

    tries = 0

    def __enter__(self) -> Self:
        super().__enter__()
        return self

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name for it)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.tries += 1
        if self.tries == 1:
            return "451 4.7.1 try again later"
        return await super().handle_RCPT(server, session, envelope, address, options)


async def test_a_greylisting_server_gets_the_mail_a_minute_later(office: Office) -> None:
    with Greylisting() as mailbox:
        office.service.settings = office.service.settings.model_copy(update={"smtp_url": mailbox.url})
        await office.tell(credentials())
        async with office.sending():
            await until(lambda: asyncio.sleep(0.1, mailbox.tries), what="a first try")
            await asyncio.sleep(1)
            assert (await office.states(), mailbox.tries) == ({"waiting": 1}, 1)
            office.moved = timedelta(minutes=1)
            await office.all_settled()
        assert len(mailbox.to(ANNA)) == 1


class Stumbling(Mailbox):
    """A mail server that hangs up in the middle of one recipient's mail, each time."""

    stumbled = 0

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name for it)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == "klopot@poczta.example":
            self.stumbled += 1
            server.transport.close()
        return await super().handle_RCPT(server, session, envelope, address, options)


async def test_a_mail_over_which_the_server_stumbles_is_put_off_and_holds_up_nobody(office: Office) -> None:
    trouble = CredentialsIssued.model_validate(
        CredentialsIssued.example | {"email": "klopot@poczta.example", "account_id": UUID(int=7)}
    )
    others = [credentials().model_copy(update={"account_id": UUID(int=20 + number)}) for number in range(8)]
    with Stumbling() as mailbox:
        office.service.settings = office.service.settings.model_copy(update={"smtp_url": mailbox.url})
        await office.tell(trouble, *others)
        async with office.sending():
            await until(lambda: asyncio.sleep(0.1, len(mailbox.to(ANNA)) == 8), what="everybody else's mail")
            await asyncio.sleep(1)
            assert await office.states() == {"sent": 8, "waiting": 1}
            assert mailbox.stumbled == 1
            office.moved = queue.GIVEN_UP_AFTER + timedelta(seconds=1)
            await office.all_settled()
    assert await office.states() == {"sent": 8, "failed": 1}


async def test_a_bill_waits_for_its_pdf(office: Office) -> None:
    await office.open_account()
    await office.tell(bill())
    async with office.sending():
        await asyncio.sleep(1)
        assert await office.states() == {"waiting": 1}
        await office.store(bill())
        office.moved = timedelta(minutes=1)
        await office.all_settled()
    assert pdf_of(office.mailbox.to(ANNA)[0]) == PDF


async def test_a_mail_put_off_for_five_days_is_given_up(office: Office) -> None:
    await office.open_account()
    await office.tell(bill())
    office.moved = timedelta(days=5, seconds=1)
    async with office.sending():
        await office.all_settled()
    assert await office.states() == {"failed": 1}


async def test_a_mail_whose_sender_died_is_taken_over_under_the_same_message_id(office: Office) -> None:
    await office.tell(credentials())
    async with office.service.work() as work:
        (taken,) = await queue.take(work, 10)  # and the process dies here
    async with office.sending():
        await asyncio.sleep(1)
        assert office.mailbox.to(ANNA) == []
        office.moved = queue.LEASE
        await office.all_settled()
    (message,) = office.mailbox.to(ANNA)
    assert message["Message-ID"] == f"<{taken.mail_id}@mpec.com.pl>"


async def test_a_sender_that_lost_its_lease_tells_of_no_second_sending(office: Office) -> None:
    await office.tell(credentials())
    async with office.service.work() as work:
        (slow,) = await queue.take(work, 10)
    office.moved = queue.LEASE
    async with office.sending():
        await office.all_settled()
    async with office.service.work() as work:
        await queue.sent(work, slow)
    assert len(await office.published()) == 1


async def test_five_hundred_bills_go_through_two_replicas_each_once(office: Office) -> None:
    await office.open_account()
    bills = [bill(number) for number in range(1, 501)]
    await asyncio.gather(*(office.store(one) for one in bills))
    await office.tell(*bills)
    replica = office.replica()
    try:
        async with office.sending(), office.sending(replica):
            await office.all_settled()
    finally:
        await replica.engine.dispose()
    assert await office.states() == {"sent": 500}
    assert len(office.mailbox.messages) == 500
    assert len({message["Message-ID"] for message in office.mailbox.messages}) == 500
    assert len(await office.published()) == 500


async def test_stopping_in_the_middle_sends_nothing_twice_and_leaves_nothing_behind(office: Office) -> None:
    await office.open_account()
    bills = [bill(number) for number in range(1, 121)]
    await asyncio.gather(*(office.store(one) for one in bills))
    await office.tell(*bills)
    async with office.sending():
        await until(lambda: asyncio.sleep(0, len(office.mailbox.messages) >= 20), what="twenty mails")
    stopped = await office.states()
    assert stopped["waiting"] > 0
    assert "sending" not in stopped
    assert len(office.mailbox.messages) == stopped["sent"]
    async with office.sending():
        await office.all_settled()
    assert len(office.mailbox.messages) == len({message["Message-ID"] for message in office.mailbox.messages}) == 120
