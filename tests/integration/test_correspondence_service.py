"""Correspondence on a real database, object store and mail server: each mail goes, once, whatever is away meanwhile."""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from pathlib import Path
from typing import ClassVar, Self
from uuid import UUID

import aiosmtplib
import pytest
from aiosmtpd.smtp import SMTP, Envelope, Session
from obstore.exceptions import GenericError
from obstore.store import ObjectStore
from sqlalchemy import select, text

from contracts import message
from contracts.billing import InvoiceDocumentStored
from contracts.correspondence import DropMail, MailDropped, MailFailed, MailRetried, MailSent, RetryMail
from contracts.identity import AccountOpened, ApplicationDecided, ApplicationReceived, CredentialsIssued
from contracts.message import type_registry
from contracts.reply import Accepted, Rejected
from services.chassis.ids import stable_id
from services.chassis.service import Measure
from services.chassis.storage import files
from services.chassis.storage.tables import outbox
from services.chassis.storage.unit_of_work import UnitOfWork
from services.correspondence import early_bills, queue, sender, smtp, tables
from services.correspondence.tables import mail
from tests.support.mailbox import Mailbox, plain_of
from tests.support.service import CORRELATION, ServiceUnderTest, UnderTest
from tests.support.waiting import until

ANNA = "anna@poczta.example"
PARTY = stable_id("party", "100001")
PDF = b"%PDF-1.7 rachunek"


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


def domain(correspondence: ServiceUnderTest) -> str:
    """Of the utility's e-mail address."""
    return correspondence.profile.utility.email.partition("@")[2]


def pdf_of(message: EmailMessage) -> bytes:
    (attached,) = message.iter_attachments()
    content: bytes = attached.get_content()
    return content


@pytest.fixture
def at(under_test: UnderTest, tmp_path: Path) -> UnderTest:
    """Gives correspondence with the mail server at an address."""

    async def correspondence(smtp_url: str) -> ServiceUnderTest:
        where = {"smtp_url": smtp_url, "files_url": tmp_path.as_uri(), "public_url": "https://ebok.example"}
        return await under_test("correspondence", **where)

    return correspondence


@pytest.fixture
async def correspondence(at: UnderTest, mailbox: Mailbox) -> ServiceUnderTest:
    return await at(mailbox.url)


async def open_account(correspondence: ServiceUnderTest) -> None:
    await correspondence.tell(AccountOpened.model_validate(AccountOpened.example | {"party_id": PARTY}))


async def store(correspondence: ServiceUnderTest, bill: InvoiceDocumentStored) -> None:
    await files.put(files.open_store(correspondence.process.settings), bill.key, PDF)


async def states(correspondence: ServiceUnderTest) -> dict[str, int]:
    """How many mails there are in each state."""
    rows = await correspondence.rows("SELECT status, count(*) AS mails FROM mail GROUP BY status")
    return {row.status: row.mails for row in rows}


async def measure(correspondence: ServiceUnderTest, gauge: Measure) -> float:
    async with correspondence.work() as work:
        return await gauge(work)


def tries(correspondence: ServiceUnderTest, outcome: str) -> float:
    """How many tries to hand a mail over ended so."""
    name = "ebok_mail_tries_total"
    return correspondence.process.registry.get_sample_value(name, {"outcome": outcome}) or 0


@asynccontextmanager
async def sending(correspondence: ServiceUnderTest) -> AsyncIterator[None]:
    task = asyncio.create_task(sender.run(correspondence.process))
    try:
        yield
        assert not task.done(), task.exception()
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


async def all_settled(correspondence: ServiceUnderTest) -> None:
    async def nothing_waits() -> bool:
        return not set(await states(correspondence)) & {"waiting", "sending"}

    await until(nothing_waits, 120, "every mail is sent or failed")


async def test_w04_the_login_data_arrive_once_and_are_forgotten_here(
    correspondence: ServiceUnderTest, mailbox: Mailbox
) -> None:
    await correspondence.tell(credentials(), credentials())
    async with sending(correspondence):
        await all_settled(correspondence)
    (message,) = mailbox.to(ANNA)
    assert "kora-bryza-sowa-lipa-47" in plain_of(message)
    async with correspondence.work() as work:
        row = (await work.connection.execute(select(mail))).one()
    assert (row.status, row.plain, row.html) == ("sent", None, None)
    assert message["Message-ID"] == f"<{row.mail_id}@{domain(correspondence)}>"
    (sent,) = await correspondence.published(MailSent)
    assert (sent.kind, sent.recipient, sent.mail_id) == ("credentials", ANNA, row.mail_id)
    async with correspondence.work() as work:
        headers = await work.connection.scalar(select(outbox.c.headers))
    assert headers is not None
    assert headers["cloudEvents_correlationid"] == CORRELATION


@pytest.mark.parametrize("order", [(1, 2), (2, 1)])
async def test_login_data_issued_anew_go_instead_of_those_that_wait(
    correspondence: ServiceUnderTest, order: tuple[int, int]
) -> None:
    await correspondence.tell(*map(credentials, order))
    rows = await correspondence.rows("SELECT about_version, status, plain IS NULL AS gone FROM mail ORDER BY 1")
    assert [tuple(row) for row in rows] == [(1, "dropped", True), (2, "waiting", False)]


async def test_a_new_bill_goes_with_its_pdf_to_a_party_that_has_an_account(
    correspondence: ServiceUnderTest, mailbox: Mailbox
) -> None:
    await open_account(correspondence)
    await store(correspondence, bill())
    await correspondence.tell(bill(), bill())
    async with sending(correspondence):
        await all_settled(correspondence)
    (message,) = mailbox.to(ANNA, "FV/2026/11/000001")
    assert pdf_of(message) == PDF
    assert "https://ebok.example/bills/00000000-0000-0000-0000-000000000001" in plain_of(message)
    (sent,) = await correspondence.published(MailSent)
    assert (sent.about_id, sent.party_id) == (UUID(int=1), PARTY)


async def test_a_bill_that_overtakes_the_news_of_its_party_s_account_is_sent_once(
    correspondence: ServiceUnderTest,
) -> None:
    await correspondence.tell(bill(1), bill(1, party_id=UUID(int=8)))
    assert await states(correspondence) == {}
    opened = AccountOpened.model_validate(
        AccountOpened.example | {"party_id": PARTY, "opened_at": "2026-11-22T09:59:59Z"}
    )
    await correspondence.tell(opened)
    assert await states(correspondence) == {"waiting": 1}
    await correspondence.tell(bill(1), opened)
    assert await states(correspondence) == {"waiting": 1}


async def test_a_bill_that_is_kept_comes_back_as_the_version_that_it_came_as(
    correspondence: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(message, "type_registry", type_registry.copy())

    class NewerStored(InvoiceDocumentStored):
        message_type: ClassVar[str] = "billing.invoice.document_stored.v9"

    monkeypatch.setattr(early_bills, "type_registry", message.type_registry)
    newer = NewerStored.model_validate(bill(2).model_dump())
    async with correspondence.work() as work:
        await early_bills.keep(work, bill(1))
        await early_bills.keep(work, newer)
        assert await early_bills.take(work, PARTY, since=work.now) == [bill(1), newer]


async def test_a_bill_and_its_party_s_account_told_at_once_make_a_mail(correspondence: ServiceUnderTest) -> None:
    for number in range(20):
        party_id = UUID(int=100 + number)
        opened = AccountOpened.model_validate(
            AccountOpened.example | {"party_id": party_id, "opened_at": "2026-11-22T09:59:59Z"}
        )
        await asyncio.gather(correspondence.tell(bill(number, party_id=party_id)), correspondence.tell(opened))
    assert await states(correspondence) == {"waiting": 20}


async def test_bills_without_a_recipient_are_forgotten_when_they_are_too_old_for_a_mail(
    correspondence: ServiceUnderTest,
) -> None:
    await correspondence.tell(bill(1, issued_on="2026-10-23"), bill(2))
    correspondence.now += timedelta(days=1)
    async with correspondence.work() as work:
        await early_bills.sweep(work)
        kept = (await work.connection.scalars(select(tables.early_bill.c.invoice_id))).all()
    assert kept == [UUID(int=2)]


async def test_a_party_without_an_account_and_a_bill_of_loaded_history_get_no_mail(
    correspondence: ServiceUnderTest,
) -> None:
    await correspondence.tell(bill(1))
    await open_account(correspondence)
    await correspondence.tell(bill(2, issued_on="2026-10-22"))
    assert await states(correspondence) == {}
    await correspondence.tell(bill(3, issued_on="2026-10-23"))
    assert await states(correspondence) == {"waiting": 1}


async def test_an_application_is_confirmed_once_however_often_it_is_told(
    correspondence: ServiceUnderTest, mailbox: Mailbox
) -> None:
    received = ApplicationReceived.model_validate(ApplicationReceived.example | {"language": "uk"})
    found = received.model_copy(update={"version": 2})
    earlier = found.model_copy(update={"application_id": UUID(int=5)})
    old = received.model_copy(update={"received_at": datetime(2026, 9, 1, tzinfo=UTC), "application_id": UUID(int=6)})
    await correspondence.tell(found, received, received, earlier, old)
    async with sending(correspondence):
        await all_settled(correspondence)
    (message,) = mailbox.to(ANNA)
    assert message["Content-Language"] == "uk"
    assert message["Subject"].startswith("Ми отримали Вашу заявку REJ/2026/000001")


async def test_only_a_fresh_rejection_is_told_by_mail(correspondence: ServiceUnderTest, mailbox: Mailbox) -> None:
    accepted = ApplicationDecided.model_validate(ApplicationDecided.example)
    rejected = ApplicationDecided.model_validate(
        ApplicationDecided.example | {"decision": "rejected", "reason": "Zły numer umowy."}
    )
    old = rejected.model_copy(update={"decided_at": datetime(2026, 9, 1, tzinfo=UTC), "application_id": UUID(int=5)})
    await correspondence.tell(accepted, old, rejected)
    async with sending(correspondence):
        await all_settled(correspondence)
    (message,) = mailbox.to(ANNA)
    assert "Zły numer umowy." in plain_of(message)


async def test_a_newer_address_is_kept_against_older_news(correspondence: ServiceUnderTest, mailbox: Mailbox) -> None:
    newer = AccountOpened.model_validate(
        AccountOpened.example | {"party_id": PARTY, "email": "nowa@poczta.example", "version": 3}
    )
    await correspondence.tell(newer)
    await open_account(correspondence)
    await store(correspondence, bill())
    await correspondence.tell(bill())
    async with sending(correspondence):
        await all_settled(correspondence)
    assert len(mailbox.to("nowa@poczta.example")) == 1


async def test_a_bill_is_in_the_language_that_the_account_has_by_now(
    correspondence: ServiceUnderTest, mailbox: Mailbox
) -> None:
    chosen = [(1, "uk"), (4, "en"), (3, "pl")]
    for version, language in chosen:
        opened = {"party_id": PARTY, "version": version, "language": language}
        await correspondence.tell(AccountOpened.model_validate(AccountOpened.example | opened))
    await store(correspondence, bill())
    await correspondence.tell(bill())
    async with sending(correspondence):
        await all_settled(correspondence)
    (message,) = mailbox.to(ANNA, "New bill FV/2026/11/000001")
    assert "To pay: 6" in plain_of(message)
    assert "Dzień dobry" not in str(message)


async def test_mail_waits_while_the_server_is_away_and_goes_when_it_is_back(
    correspondence: ServiceUnderTest, mailbox: Mailbox
) -> None:
    mailbox.go_away()
    await correspondence.tell(credentials())
    async with sending(correspondence):
        await asyncio.sleep(1.5)
        correspondence.now += timedelta(seconds=2)
        assert await measure(correspondence, queue.waiting) == 1
        assert await measure(correspondence, queue.oldest_seconds) == 2
        assert await measure(correspondence, queue.failed) == 0
        mailbox.come_back()
        await all_settled(correspondence)
    assert len(mailbox.to(ANNA)) == 1
    assert await measure(correspondence, queue.oldest_seconds) == 0


async def test_an_address_that_the_server_does_not_know_fails_and_holds_up_nobody(
    correspondence: ServiceUnderTest, mailbox: Mailbox
) -> None:
    mailbox.refused.add("nikt@poczta.example")
    unknown = CredentialsIssued.model_validate(
        CredentialsIssued.example | {"email": "nikt@poczta.example", "account_id": UUID(int=7)}
    )
    await correspondence.tell(unknown, credentials())
    async with sending(correspondence):
        await all_settled(correspondence)
    assert await states(correspondence) == {"failed": 1, "sent": 1}
    assert await measure(correspondence, queue.failed) == 1
    async with correspondence.work() as work:
        row = (await work.connection.execute(select(mail).where(mail.c.status == "failed"))).one()
    assert "5.1.1" in row.failure
    assert (tries(correspondence, "failed"), tries(correspondence, "sent")) == (1, 1)
    [told] = await correspondence.published(MailFailed)
    assert (told.mail_id, told.recipient, told.reason) == (row.mail_id, "nikt@poczta.example", row.failure)
    assert told.name == unknown.name
    assert await correspondence.said_again() == [told, *await correspondence.published(MailSent)][::-1]


@pytest.fixture
async def failed(correspondence: ServiceUnderTest, mailbox: Mailbox) -> MailFailed:
    """Login data that could not be delivered; meanwhile the address is put right."""
    mailbox.refused.add(ANNA)
    await correspondence.tell(credentials())
    async with sending(correspondence):
        await all_settled(correspondence)
    mailbox.refused.clear()
    [told] = await correspondence.published(MailFailed)
    return told


async def test_a_failed_mail_goes_again_with_the_same_words_when_a_clerk_asks(
    correspondence: ServiceUnderTest, mailbox: Mailbox, failed: MailFailed
) -> None:
    reply = await correspondence.ask(RetryMail(mail_id=failed.mail_id))
    assert isinstance(reply, Accepted)
    async with sending(correspondence):
        await all_settled(correspondence)
    (message,) = mailbox.to(ANNA)
    assert str(CredentialsIssued.example["temporary_password"]) in plain_of(message)
    [retried] = await correspondence.published(MailRetried)
    assert (retried.mail_id, failed.version, retried.version) == (failed.mail_id, 1, 2)
    assert await measure(correspondence, queue.failed) == 0


async def test_a_mail_that_fails_again_is_told_again(
    correspondence: ServiceUnderTest, mailbox: Mailbox, failed: MailFailed
) -> None:
    mailbox.refused.add(ANNA)
    await correspondence.ask(RetryMail(mail_id=failed.mail_id))
    async with sending(correspondence):
        await all_settled(correspondence)
    assert [told.version for told in await correspondence.published(MailFailed)] == [1, 3]


async def test_only_a_mail_that_failed_can_be_sent_again(correspondence: ServiceUnderTest, failed: MailFailed) -> None:
    await correspondence.ask(RetryMail(mail_id=failed.mail_id))
    for mail_id in (failed.mail_id, UUID(int=404)):
        assert await refusal(correspondence, RetryMail(mail_id=mail_id)) == "not_failed"


async def refusal(correspondence: ServiceUnderTest, request: RetryMail | DropMail) -> str:
    """The code with which correspondence says no."""
    reply = await correspondence.ask(request)
    assert isinstance(reply, Rejected)
    return reply.code


async def test_failed_login_data_leave_the_list_when_newer_ones_are_issued(
    correspondence: ServiceUnderTest, failed: MailFailed
) -> None:
    await correspondence.tell(credentials(version=2))
    [dropped] = await correspondence.published(MailDropped)
    assert (dropped.mail_id, dropped.version) == (failed.mail_id, 2)
    assert await states(correspondence) == {"dropped": 1, "waiting": 1}
    for again in (RetryMail(mail_id=failed.mail_id), DropMail(mail_id=failed.mail_id)):
        assert await refusal(correspondence, again) == "superseded"


async def test_login_data_that_fail_when_newer_ones_are_issued_leave_the_list(
    correspondence: ServiceUnderTest,
) -> None:
    await correspondence.tell(credentials())
    async with correspondence.work() as work:
        (taken,) = await queue.take(work, 1)
    await correspondence.tell(credentials(version=2))
    async with correspondence.work() as work:
        await queue.fail(work, taken, "550 never")
    assert await states(correspondence) == {"dropped": 1, "waiting": 1}
    [told], [dropped] = await correspondence.published(MailFailed), await correspondence.published(MailDropped)
    assert told.version < dropped.version


async def test_failed_login_data_whose_password_has_stopped_working_are_not_sent_again(
    correspondence: ServiceUnderTest, failed: MailFailed
) -> None:
    correspondence.now = datetime.fromisoformat(str(CredentialsIssued.example["valid_until"]))
    assert await refusal(correspondence, RetryMail(mail_id=failed.mail_id)) == "expired"
    assert [told.version for told in await correspondence.published(MailDropped)] == [2]
    assert await states(correspondence) == {"dropped": 1}


async def test_failed_login_data_leave_the_list_when_their_password_stops_working(
    correspondence: ServiceUnderTest, failed: MailFailed
) -> None:
    async with correspondence.work() as work:
        await queue.drop_expired(work)
    assert await states(correspondence) == {"failed": 1}
    correspondence.now = datetime.fromisoformat(str(CredentialsIssued.example["valid_until"]))
    async with correspondence.work() as work:
        await queue.drop_expired(work)
    assert [told.mail_id for told in await correspondence.published(MailDropped)] == [failed.mail_id]


async def test_a_failed_mail_goes_again_to_the_address_that_the_party_has_by_now(
    correspondence: ServiceUnderTest, mailbox: Mailbox, failed: MailFailed
) -> None:
    moved = AccountOpened.example | {"party_id": failed.party_id, "email": "nowa@poczta.example", "version": 3}
    await correspondence.tell(AccountOpened.model_validate(moved))
    await correspondence.ask(RetryMail(mail_id=failed.mail_id))
    async with sending(correspondence):
        await all_settled(correspondence)
    assert (len(mailbox.to("nowa@poczta.example")), mailbox.to(ANNA)) == (1, [])


async def test_a_mail_that_a_clerk_drops_is_counted_no_more_and_its_words_are_gone(
    correspondence: ServiceUnderTest, mailbox: Mailbox, failed: MailFailed
) -> None:
    assert isinstance(await correspondence.ask(DropMail(mail_id=failed.mail_id)), Accepted)
    assert [told.version for told in await correspondence.published(MailDropped)] == [2]
    assert await correspondence.rows("SELECT 1 FROM mail WHERE plain IS NOT NULL") == []
    assert await measure(correspondence, queue.failed) == 0
    for again in (DropMail(mail_id=failed.mail_id), RetryMail(mail_id=failed.mail_id)):
        assert await refusal(correspondence, again) == "dropped"
    assert mailbox.to(ANNA) == []


async def test_the_words_of_a_failed_mail_are_kept_for_thirty_days(
    correspondence: ServiceUnderTest, failed: MailFailed
) -> None:
    async def sweep() -> str | None:
        async with correspondence.work() as work:
            await queue.forget(work)
        [row] = await correspondence.rows("SELECT plain FROM mail")
        words: str | None = row.plain
        return words

    correspondence.now += timedelta(days=29)
    assert await sweep() is not None
    correspondence.now += timedelta(days=2)
    assert await sweep() is None
    await correspondence.do("UPDATE mail SET valid_until = NULL")
    assert await refusal(correspondence, RetryMail(mail_id=failed.mail_id)) == "forgotten"


@pytest.mark.parametrize("wrong", ["anna", "anna@", "anna@poczta.example, jan@poczta.example", "<anna@poczta.example>"])
async def test_a_mail_to_what_is_no_address_fails_with_that_reason_and_holds_up_nobody(
    correspondence: ServiceUnderTest, wrong: str
) -> None:
    broken = CredentialsIssued.model_validate(CredentialsIssued.example | {"email": wrong, "account_id": UUID(int=7)})
    await correspondence.tell(broken, credentials())
    async with sending(correspondence):
        await all_settled(correspondence)
    assert await states(correspondence) == {"failed": 1, "sent": 1}
    [failed] = await correspondence.published(MailFailed)
    assert failed.reason == "adres odbiorcy to nie jest adres e-mail"


async def test_a_mail_to_an_international_domain_goes_to_its_name_in_ascii(
    correspondence: ServiceUnderTest, mailbox: Mailbox
) -> None:
    await correspondence.tell(credentials().model_copy(update={"email": "anna@żółw.example"}))
    async with sending(correspondence):
        await all_settled(correspondence)
    assert len(mailbox.to("anna@xn--w-uga1v8h.example")) == 1


class Estranged(Mailbox):
    """A mail server that takes nothing from our address."""

    async def handle_MAIL(self, *_: object) -> str:  # noqa: N802 (aiosmtpd's name for it)
        return "550 5.1.8 who are you?"


async def test_a_server_that_refuses_our_own_address_fails_no_mail_and_is_counted(at: UnderTest) -> None:
    with Estranged() as mailbox:
        correspondence = await at(mailbox.url)
        await correspondence.tell(credentials())
        async with sending(correspondence):
            await until(lambda: asyncio.sleep(0.1, tries(correspondence, "sender_refused")), what="a first try")
        assert await states(correspondence) == {"waiting": 1}
        assert tries(correspondence, "server_away") == 0


class Mumbling(Mailbox):
    """A mail server whose reasons are no text: bytes that are not UTF-8, and NUL."""

    def __init__(self, code: str) -> None:
        super().__init__()
        self.code = code

    async def handle_RCPT(self, *_: object) -> bytes:  # type: ignore[override]  # noqa: N802 (aiosmtpd's name for it)
        return f"{self.code}1.1 za\0 ".encode() + b"\xbf\xf3\xb3w"


@pytest.mark.parametrize(("code", "becomes"), [("550 5.", "failed"), ("451 4.", "waiting")])
async def test_an_answer_that_is_no_text_is_a_reason_all_the_same(at: UnderTest, code: str, becomes: str) -> None:
    with Mumbling(code) as mailbox:
        correspondence = await at(mailbox.url)
        await correspondence.tell(credentials())
        async with sending(correspondence):

            async def settled() -> bool:
                return bool(await correspondence.rows("SELECT 1 FROM mail WHERE failure <> ''"))

            await until(settled, what="what became of the mail")
        [row] = await correspondence.rows("SELECT status, failure FROM mail")
    assert (row.status, row.failure) == (becomes, rf"{code}1.1 za\u0000 \udcbf\udcf3\udcb3w")


class Thoughtful(Mailbox):
    """A mail server that takes its time over one recipient's mail before it answers."""

    def __init__(self) -> None:
        super().__init__()
        self.thinks = False
        self.answers = False

    async def handle_DATA(self, server: SMTP, session: Session, envelope: Envelope) -> str:  # noqa: N802
        if envelope.rcpt_tos == ["powoli@poczta.example"]:
            self.thinks = True
            while not self.answers:  # set by the test
                await asyncio.sleep(0.05)
        return await super().handle_DATA(server, session, envelope)


async def test_a_server_that_thinks_long_about_a_mail_gets_it_once_and_holds_up_nobody(
    at: UnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(smtp, "SECONDS", 1)
    monkeypatch.setattr(sender, "RENEW_SECONDS", 0.1)
    monkeypatch.setattr(sender, "PASS_SECONDS", 0.2)
    slow = credentials().model_copy(update={"email": "powoli@poczta.example"})
    with Thoughtful() as mailbox:
        correspondence = await at(mailbox.url)
        replica = ServiceUnderTest("correspondence", correspondence.process.settings)
        await correspondence.tell(slow)
        async with replica, sending(correspondence), sending(replica):
            await until(lambda: asyncio.sleep(0.1, mailbox.thinks), what="the mail at the server")
            for _ in range(3):
                correspondence.now += queue.LEASE / 2
                replica.now = correspondence.now
                await asyncio.sleep(0.5)
            await correspondence.tell(credentials().model_copy(update={"account_id": UUID(int=7)}))
            await until(lambda: asyncio.sleep(0.1, bool(mailbox.to(ANNA))), what="the other mail")
            assert await states(correspondence) == {"sending": 1, "sent": 1}
            mailbox.answers = True
            await all_settled(correspondence)
        assert len(mailbox.to("powoli@poczta.example")) == 1


async def test_a_sender_that_lost_its_lease_decides_nothing_about_the_mail(correspondence: ServiceUnderTest) -> None:
    await correspondence.tell(credentials())
    async with correspondence.work() as work:
        (late,) = await queue.take(work, 1)
    correspondence.now += queue.LEASE
    async with correspondence.work() as work:
        await queue.take(work, 1)
        await queue.put_off(work, late, "451 later")
        await queue.fail(work, late, "550 never")
        await queue.give_back(work, [late])
    [row] = await correspondence.rows("SELECT status, tries, due_at FROM mail")
    assert (row.status, row.tries, row.due_at) == ("sending", 2, correspondence.now + queue.LEASE)


def ten(**changes: object) -> list[CredentialsIssued]:
    """Login data of ten accounts."""
    return [credentials().model_copy(update={"account_id": UUID(int=20 + number)} | changes) for number in range(10)]


class Rationing(Mailbox):
    """A mail server that takes one mail on a connection, and closes it at the second."""

    async def handle_MAIL(  # noqa: N802 (aiosmtpd's name for it)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if getattr(session, "had_one", False):
            assert server.transport is not None
            asyncio.get_running_loop().call_later(0.05, server.transport.close)
            return "421 4.7.0 too many messages on this connection"
        session.had_one = True  # type: ignore[attr-defined]
        envelope.mail_from = address
        return "250 OK"


async def test_a_server_that_takes_few_mails_on_a_connection_gets_all_without_a_pause(
    at: UnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "CONNECTIONS", 1)
    monkeypatch.setattr(sender, "IDLE_SECONDS", 0.1)
    with Rationing() as mailbox:
        correspondence = await at(mailbox.url)
        await correspondence.tell(*ten())
        began = time.monotonic()
        async with sending(correspondence):
            await all_settled(correspondence)
        assert time.monotonic() - began < 5
    assert await states(correspondence) == {"sent": 10}
    assert await correspondence.rows("SELECT 1 FROM mail WHERE tries <> 1") == []
    assert tries(correspondence, "server_busy") == 9
    assert tries(correspondence, "sender_refused") == 0


async def test_a_server_that_takes_one_connection_only_gets_all_mails_over_that_one(
    at: UnderTest, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "IDLE_SECONDS", 0.1)
    connecting = smtp.connect
    connected: list[aiosmtplib.SMTP] = []

    async def one_at_a_time(client: aiosmtplib.SMTP) -> None:
        if any(other.is_connected for other in connected):
            raise smtp.Busy("421 4.7.0 too many connections")
        connected.append(client)
        await connecting(client)

    monkeypatch.setattr(smtp, "connect", one_at_a_time)
    correspondence = await at(mailbox.url)
    await correspondence.tell(*ten())
    began = time.monotonic()
    async with sending(correspondence):
        await all_settled(correspondence)
    assert time.monotonic() - began < 5
    assert await states(correspondence) == {"sent": 10}


async def test_a_greeting_that_closes_is_a_busy_server() -> None:
    async def greet(_reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"421 4.7.0 too many connections\r\n")
        writer.close()

    async with await asyncio.start_server(greet, "127.0.0.1", 0) as server:
        port = server.sockets[0].getsockname()[1]
        with pytest.raises(smtp.Busy, match="too many connections"):
            await smtp.connect(smtp.Server.at(f"smtp://127.0.0.1:{port}").client("ebok.example"))


class Touchy(Mailbox):
    """A mail server that closes the connection at one recipient."""

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name for it)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == "klopot@poczta.example":
            assert server.transport is not None
            asyncio.get_running_loop().call_later(0.05, server.transport.close)
            return "421 4.7.28 slow down"
        return await super().handle_RCPT(server, session, envelope, address, options)


async def test_a_connection_closed_at_one_recipient_puts_off_that_mail_only(
    at: UnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sender, "CONNECTIONS", 1)
    trouble = credentials().model_copy(update={"email": "klopot@poczta.example"})
    with Touchy() as mailbox:
        correspondence = await at(mailbox.url)
        await correspondence.tell(trouble, *ten())
        async with sending(correspondence):
            await until(lambda: asyncio.sleep(0.1, len(mailbox.to(ANNA)) == 10), what="everybody else's mail")
            await asyncio.sleep(0.5)
        [row] = await correspondence.rows("SELECT recipient, tries FROM mail WHERE status = 'waiting'")
    assert (row.recipient, row.tries) == ("klopot@poczta.example", 1)
    assert tries(correspondence, "put_off") == 1


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


async def test_a_greylisting_server_gets_the_mail_a_minute_later(at: UnderTest) -> None:
    with Greylisting() as mailbox:
        correspondence = await at(mailbox.url)
        await correspondence.tell(credentials())
        async with sending(correspondence):
            await until(lambda: asyncio.sleep(0.1, mailbox.tries), what="a first try")
            await asyncio.sleep(1)
            assert (await states(correspondence), mailbox.tries) == ({"waiting": 1}, 1)
            correspondence.now += timedelta(minutes=1)
            await all_settled(correspondence)
        assert len(mailbox.to(ANNA)) == 1


class Stumbling(Mailbox):
    """A mail server that hangs up in the middle of one recipient's mail, each time."""

    stumbled = 0

    async def handle_RCPT(  # noqa: N802 (aiosmtpd's name for it)
        self, server: SMTP, session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        if address == "klopot@poczta.example":
            self.stumbled += 1
            assert server.transport is not None
            server.transport.close()
        return await super().handle_RCPT(server, session, envelope, address, options)


async def test_a_mail_over_which_the_server_stumbles_is_put_off_and_holds_up_nobody(at: UnderTest) -> None:
    trouble = CredentialsIssued.model_validate(
        CredentialsIssued.example | {"email": "klopot@poczta.example", "account_id": UUID(int=7)}
    )
    others = [credentials().model_copy(update={"account_id": UUID(int=20 + number)}) for number in range(8)]
    with Stumbling() as mailbox:
        correspondence = await at(mailbox.url)
        await correspondence.tell(trouble, *others)
        async with sending(correspondence):
            await until(lambda: asyncio.sleep(0.1, len(mailbox.to(ANNA)) == 8), what="everybody else's mail")
            await asyncio.sleep(1)
            assert await states(correspondence) == {"sent": 8, "waiting": 1}
            assert mailbox.stumbled == 1
            correspondence.now += queue.TRIED_FOR + timedelta(seconds=1)
            await all_settled(correspondence)
        assert await states(correspondence) == {"sent": 8, "failed": 1}


class Tight(Mailbox):
    """A mail server that takes no mail above a size, and says so when the mail's size is announced."""

    announced = 0

    async def handle_MAIL(  # noqa: N802 (aiosmtpd's name for it)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, options: list[str]
    ) -> str:
        self.announced += 1
        if self.announced == 1:
            return "552 5.3.4 message size exceeds fixed limit"
        envelope.mail_from = address
        envelope.mail_options.extend(options)
        return "250 OK"


async def test_a_mail_that_is_too_big_for_the_server_fails_and_the_others_go(at: UnderTest) -> None:
    others = [credentials().model_copy(update={"account_id": UUID(int=20 + number)}) for number in range(3)]
    with Tight() as mailbox:
        correspondence = await at(mailbox.url)
        await correspondence.tell(*others)
        async with sending(correspondence):
            await all_settled(correspondence)
    assert await states(correspondence) == {"sent": 2, "failed": 1}


async def test_a_bill_waits_for_its_pdf(correspondence: ServiceUnderTest, mailbox: Mailbox) -> None:
    await open_account(correspondence)
    await correspondence.tell(bill())
    async with sending(correspondence):
        await asyncio.sleep(1)
        assert await states(correspondence) == {"waiting": 1}
        await store(correspondence, bill())
        correspondence.now += timedelta(minutes=1)
        await all_settled(correspondence)
    assert pdf_of(mailbox.to(ANNA)[0]) == PDF


class FaultyStore:
    """An object store that answers with a fault, or not at all, until it is mended."""

    def __init__(self, store: ObjectStore, *, silent: bool) -> None:
        self.store = store
        self.silent = silent
        self.mended = False

    async def get_async(self, key: str) -> object:
        if self.mended:
            return await self.store.get_async(key)
        if self.silent:
            await asyncio.sleep(60)
        raise GenericError("503 Service Unavailable")


@pytest.mark.parametrize("silent", [False, True], ids=["a fault", "silence"])
async def test_while_the_object_store_is_away_bills_wait_uncounted_and_other_mails_go(
    correspondence: ServiceUnderTest, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch, silent: bool
) -> None:
    store_away = FaultyStore(files.open_store(correspondence.process.settings), silent=silent)
    monkeypatch.setattr(files, "open_store", lambda _: store_away)
    monkeypatch.setattr(files, "SECONDS", 0.2)
    await open_account(correspondence)
    bills = [bill(number) for number in range(1, 9)]
    for one in bills:
        await files.put(store_away.store, one.key, PDF)
    await correspondence.tell(*bills, credentials())
    correspondence.now += queue.TRIED_FOR + timedelta(seconds=1)
    async with sending(correspondence):
        await until(lambda: asyncio.sleep(0.1, bool(mailbox.to(ANNA))), what="the login data")
        await asyncio.sleep(0.5)
        assert await states(correspondence) == {"sent": 1, "waiting": 8}
        assert await correspondence.rows("SELECT 1 FROM mail WHERE status = 'waiting' AND tries > 0") == []
        assert tries(correspondence, "store_away") > 0
        store_away.mended = True
        monkeypatch.setattr(files, "SECONDS", 10)  # a busy machine is no silent store
        correspondence.now += sender.STORE_PAUSE
        await all_settled(correspondence)
    assert await states(correspondence) == {"sent": 9}


async def test_a_mail_put_off_for_five_days_is_given_up(correspondence: ServiceUnderTest) -> None:
    await open_account(correspondence)
    await correspondence.tell(bill())
    correspondence.now += timedelta(days=5, seconds=1)
    async with sending(correspondence):
        await all_settled(correspondence)
    assert await states(correspondence) == {"failed": 1}


async def test_a_mail_whose_sender_died_is_taken_over_under_the_same_message_id(
    correspondence: ServiceUnderTest, mailbox: Mailbox
) -> None:
    await correspondence.tell(credentials())
    async with correspondence.work() as work:
        (taken,) = await queue.take(work, 10)  # and the process dies here
    async with sending(correspondence):
        await asyncio.sleep(1)
        assert mailbox.to(ANNA) == []
        correspondence.now += queue.LEASE
        await all_settled(correspondence)
    (message,) = mailbox.to(ANNA)
    assert message["Message-ID"] == f"<{taken.mail_id}@{domain(correspondence)}>"


async def test_a_sender_that_lost_its_lease_tells_of_no_second_sending(correspondence: ServiceUnderTest) -> None:
    await correspondence.tell(credentials())
    async with correspondence.work() as work:
        (slow,) = await queue.take(work, 10)
    correspondence.now += queue.LEASE
    async with sending(correspondence):
        await all_settled(correspondence)
    async with correspondence.work() as work:
        await queue.sent(work, slow)
    assert len(await correspondence.published(MailSent)) == 1


async def test_five_hundred_bills_go_through_two_replicas_each_once(
    correspondence: ServiceUnderTest, mailbox: Mailbox
) -> None:
    await open_account(correspondence)
    bills = [bill(number) for number in range(1, 501)]
    await asyncio.gather(*(store(correspondence, one) for one in bills))
    await correspondence.tell(*bills)
    replica = ServiceUnderTest("correspondence", correspondence.process.settings)
    async with replica, sending(correspondence), sending(replica):
        await all_settled(correspondence)
    assert await states(correspondence) == {"sent": 500}
    assert len(mailbox.messages) == 500
    assert len({message["Message-ID"] for message in mailbox.messages}) == 500
    assert len(await correspondence.published(MailSent)) == 500


async def test_a_mail_that_was_handed_over_does_not_go_again_while_that_cannot_be_noted(
    correspondence: ServiceUnderTest, mailbox: Mailbox
) -> None:
    """As on a full disk: mails can be taken up, and what became of them cannot be told."""
    await correspondence.tell(credentials())
    async with correspondence.process.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE outbox ADD CONSTRAINT full_disk CHECK (false) NOT VALID"))
    async with sending(correspondence):
        await until(lambda: asyncio.sleep(0, bool(mailbox.messages)), what="the mail")
        await asyncio.sleep(3)
        assert len(mailbox.messages) == 1
        async with correspondence.process.engine.begin() as connection:
            await connection.execute(text("ALTER TABLE outbox DROP CONSTRAINT full_disk"))
        await all_settled(correspondence)
    assert len(mailbox.messages) == 1
    assert len(await correspondence.published(MailSent)) == 1


async def test_a_mail_that_was_handed_over_does_not_go_again_though_its_lease_ended_before_that_could_be_noted(
    correspondence: ServiceUnderTest, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    """As when the database is away for a minute: nothing can be taken up or noted, and the lease ends."""
    away = True
    noted = queue.sent

    async def note(work: UnitOfWork, outgoing: queue.Outgoing) -> None:
        if away:
            raise ConnectionError
        await noted(work, outgoing)

    monkeypatch.setattr(queue, "sent", note)
    await correspondence.tell(credentials())
    async with sending(correspondence):
        await until(lambda: asyncio.sleep(0, bool(mailbox.messages)), what="the mail")
        correspondence.now += queue.LEASE
        await asyncio.sleep(3)
        away = False
        await all_settled(correspondence)
    assert len(mailbox.messages) == 1
    assert len(await correspondence.published(MailSent)) == 1


async def test_stopping_in_the_middle_sends_nothing_twice_and_leaves_nothing_behind(
    correspondence: ServiceUnderTest, mailbox: Mailbox
) -> None:
    await open_account(correspondence)
    bills = [bill(number) for number in range(1, 121)]
    await asyncio.gather(*(store(correspondence, one) for one in bills))
    await correspondence.tell(*bills)
    async with sending(correspondence):
        await until(lambda: asyncio.sleep(0, len(mailbox.messages) >= 20), what="twenty mails")
    stopped = await states(correspondence)
    assert stopped["waiting"] > 0
    assert "sending" not in stopped
    assert len(mailbox.messages) == stopped["sent"]
    async with sending(correspondence):
        await all_settled(correspondence)
    assert len(mailbox.messages) == len({message["Message-ID"] for message in mailbox.messages}) == 120
