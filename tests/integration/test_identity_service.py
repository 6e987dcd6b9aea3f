"""Identity on a real database: registration, decisions, logins, passwords. Requests go the way that the broker's go."""

import asyncio
import re
from collections.abc import AsyncIterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, select, text

from contracts.billing import AgreementRecorded, InvoiceIssued, PartyRecorded
from contracts.envelope import Envelope
from contracts.identity import (
    AccountOpened,
    ApplicationDecided,
    ApplicationReceived,
    ChangePassword,
    CredentialsIssued,
    DecideApplication,
    LoggedIn,
    LogIn,
    PasswordChanged,
    SubmitApplication,
)
from contracts.message import Address, Event, Request
from contracts.reply import Accepted, Failed, Rejected
from services.chassis.answering import RequestConsumer
from services.chassis.database import migrate
from services.chassis.ids import new_id, stable_id
from services.chassis.profile import load_profile
from services.chassis.service import Service
from services.chassis.settings import Settings
from services.chassis.tables import outbox
from services.identity import accounts, directory, registration, staff, throttle
from services.identity.app import build
from services.identity.tables import application, failed_login, last_invoice

PARTY = stable_id("party", "100001")
FORM = {
    "name": "Anna Przykładowa",
    "tax_id": "93111698132",
    "invoice_number": "FV/2026/10/000101",
    "agreement_number": "UC/2019/0123",
    "email": "anna@poczta.example",
    "data_processing_consent": True,
    "terms_accepted": True,
}


class Office:
    """Identity with a clock that the test moves and an inbox of what it published."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.now = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
        service.transactions.clock = lambda: self.now
        self._requests = RequestConsumer(service._request_handlers, service.transactions, service._publisher)

    async def ask(self, request: Request, key: str | None = None) -> Accepted | Rejected | Failed:
        envelope = Envelope.of(request, id=new_id(), source="gateway", time=self.now, correlation_id="test")
        return await self._requests._answer(envelope, key)

    async def published(self, kind: type[Event]) -> list[Any]:
        async with self.service.engine.connect() as connection:
            rows = await connection.scalars(
                select(outbox.c.body).where(outbox.c.message_type == kind.message_type).order_by(outbox.c.position)
            )
            return [kind.model_validate_json(body) for body in rows]

    async def tell(self, *events: Event) -> None:
        handlers = self.service._event_handlers
        for event in events:
            async with self.service.work() as work:
                await handlers[type(event)](event, work)

    async def hire(self, login: str, name: str = "Maria Urzędnik") -> UUID:
        async with self.service.work() as work:
            hired = await staff.add(
                work, login=login, name=name, roles=("clerk",), password="Kwiecista-Laka-77", must_change=False
            )
        return hired.clerk_id

    async def apply(self, **changes: object) -> ApplicationReceived:
        reply = await self.ask(SubmitApplication.model_validate(FORM | changes))
        assert isinstance(reply, Accepted), reply
        return ApplicationReceived.model_validate_json(reply.events[0].data)

    async def accept(self, received: ApplicationReceived, clerk_id: UUID) -> Accepted | Rejected | Failed:
        return await self.ask(decision(received, clerk_id))

    async def account(self) -> CredentialsIssued:
        reply = await self.accept(await self.apply(), await self.hire("maria"))
        assert isinstance(reply, Accepted), reply
        issued: CredentialsIssued = (await self.published(CredentialsIssued))[-1]
        return issued

    async def log_in(self, identifier: str, password: str) -> Accepted | Rejected | Failed:
        return await self.ask(LogIn(audience="customer", identifier=identifier, password=password))


def decision(
    received: ApplicationReceived, clerk_id: UUID, verdict: str = "accepted", reason: str = ""
) -> DecideApplication:
    return DecideApplication.model_validate(
        {
            "application_id": received.application_id,
            "decision": verdict,
            "reason": reason,
            "clerk_id": clerk_id,
            "version_seen": received.version,
        }
    )


def refusal(reply: Accepted | Rejected | Failed) -> str:
    assert isinstance(reply, Rejected), reply
    return reply.code


def party(code: str = "100001", *, version: int = 1, **changes: Any) -> PartyRecorded:
    row: dict[str, Any] = {"name": "Anna Przykładowa", "pesel": "93111698132", "email": "anna@poczta.example"}
    return PartyRecorded(
        party_id=stable_id("party", code),
        code=code,
        kind="household",
        address=Address(street="Płocka 30", postal_code="87-800", city="Włocławek"),
        version=version,
        **(row | changes),
    )


def agreement(number: str = "UC/2019/0123", code: str = "100001") -> AgreementRecorded:
    return AgreementRecorded(
        agreement_id=stable_id("agreement", number),
        number=number,
        party_id=stable_id("party", code),
        medium="heat",
        service_point="PP-1",
        tariff="ekoterm",
        tariff_group="A1",
        signed_on=date(2019, 3, 1),
        billed_from=date(2024, 10, 31),
        e_invoice=True,
        version=1,
    )


def invoice(number: str, issued_on: date, agreement_number: str = "UC/2019/0123") -> InvoiceIssued:
    zero = Decimal("0.00")
    return InvoiceIssued(
        invoice_id=stable_id("invoice", number),
        number=number,
        kind="invoice",
        party_id=PARTY,
        agreement_id=stable_id("agreement", agreement_number),
        agreement_number=agreement_number,
        service_point="PP-1",
        medium="heat",
        reading_id=new_id(),
        issued_on=issued_on,
        due_on=issued_on,
        period_from=issued_on,
        period_to=issued_on,
        description="Ciepło",
        items=(),
        net=zero,
        vat=zero,
        gross=zero,
        e_invoice=True,
        version=1,
    )


@pytest.fixture
async def office(database_url: str) -> AsyncIterator[Office]:
    await migrate(database_url, "services.identity")
    service = build(Settings(database_url=database_url), load_profile("wloclawek"))
    office = Office(service)
    await office.tell(party(), agreement(), invoice("FV/2026/10/000101", date(2026, 10, 31)))
    yield office
    await service.engine.dispose()


async def test_the_migration_makes_what_the_code_expects(office: Office) -> None:
    from alembic.autogenerate import compare_metadata
    from alembic.migration import MigrationContext
    from sqlalchemy import MetaData

    from services.chassis import tables as chassis_tables
    from services.identity import tables

    wanted = MetaData()
    for metadata in (chassis_tables.metadata, tables.metadata):
        for table in metadata.sorted_tables:
            table.to_metadata(wanted)
    async with office.service.engine.connect() as connection:
        differences = await connection.run_sync(lambda sync: compare_metadata(MigrationContext.configure(sync), wanted))
    assert differences == []


async def test_w01_a_right_application_is_numbered_and_matched(office: Office) -> None:
    received = await office.apply()
    assert received.number == "REJ/2026/000001"
    assert received.party_id == PARTY
    assert all(check.matches for check in received.checks)
    assert (await office.published(ApplicationReceived)) == [received]
    second = await office.apply(email="drugi@poczta.example")
    assert second.number == "REJ/2026/000002"


async def test_the_number_begins_anew_each_year(office: Office) -> None:
    await office.apply()
    office.now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # it is the new year in Poland already
    assert (await office.apply(email="drugi@poczta.example")).number == "REJ/2027/000001"


async def test_a_wrong_form_is_refused_at_its_fields_and_uses_up_no_number(office: Office) -> None:
    reply = await office.ask(SubmitApplication.model_validate(FORM | {"tax_id": "1", "terms_accepted": False}))
    assert isinstance(reply, Rejected)
    assert [error.field for error in reply.errors] == ["tax_id", "terms_accepted"]
    assert (await office.apply()).number == "REJ/2026/000001"


async def test_the_same_form_sent_twice_is_one_application_with_one_reply(office: Office) -> None:
    form = SubmitApplication.model_validate(FORM)
    replies = await asyncio.gather(*(office.ask(form, key="form-1") for _ in range(5)))
    assert all(isinstance(reply, Accepted) for reply in replies)
    assert len({reply.model_dump_json() for reply in replies}) == 1
    assert len(await office.published(ApplicationReceived)) == 1


async def test_a_second_application_while_the_first_is_pending_is_refused_kindly(office: Office) -> None:
    await office.apply()
    reply = await office.ask(SubmitApplication.model_validate(FORM | {"email": "ANNA@poczta.example"}))
    assert refusal(reply) == "already_applied"
    assert "54 231 73 18" in reply.errors[0].text  # type: ignore[union-attr]


async def test_an_applicant_learns_nothing_of_an_account_but_the_clerk_does(office: Office) -> None:
    await office.account()
    received = await office.apply(email="ktos.inny@poczta.example")
    assert {c.field: c.matches for c in received.checks}["account"] is False
    reply = await office.accept(received, await office.hire("jan"))
    assert refusal(reply) == "account_exists"
    assert "100001" in reply.errors[0].text  # type: ignore[union-attr]
    assert len(await office.published(AccountOpened)) == 1


async def test_w04_accepting_opens_an_account_with_a_temporary_password(office: Office) -> None:
    received = await office.apply()
    reply = await office.accept(received, await office.hire("maria"))
    assert isinstance(reply, Accepted)
    kinds = {event.type for event in reply.events}
    assert kinds == {ApplicationDecided.message_type, AccountOpened.message_type}
    (issued,) = await office.published(CredentialsIssued)
    (opened,) = await office.published(AccountOpened)
    assert opened.identifier == issued.identifier == "100001"
    assert issued.email == "anna@poczta.example"
    assert issued.valid_until == office.now + timedelta(days=14)
    assert issued.temporary_password not in reply.model_dump_json()


async def test_of_two_clerks_who_accept_at_once_the_second_is_told_who_was_first(office: Office) -> None:
    received = await office.apply()
    maria, jan = await office.hire("maria", "Maria Urzędnik"), await office.hire("jan", "Jan Referent")
    replies = await asyncio.gather(office.accept(received, maria), office.accept(received, jan))
    (second,) = [reply for reply in replies if isinstance(reply, Rejected)]
    assert second.code == "already_decided"
    assert re.search(r"już przyjęty: (Maria Urzędnik|Jan Referent), 22\.11\.2026, 11:00", second.errors[0].text)
    assert len(await office.published(AccountOpened)) == 1
    assert len(await office.published(CredentialsIssued)) == 1


async def test_two_applications_of_one_party_accepted_at_once_open_one_account(office: Office) -> None:
    clerk = await office.hire("maria")
    first, second = await office.apply(), await office.apply(email="drugi@poczta.example")
    replies = await asyncio.gather(office.accept(first, clerk), office.accept(second, clerk))
    assert [reply.code for reply in replies if isinstance(reply, Rejected)] == ["account_exists"]
    assert len(await office.published(AccountOpened)) == 1


async def test_rejecting_needs_a_reason_and_tells_it(office: Office) -> None:
    received, clerk = await office.apply(), await office.hire("maria")
    assert refusal(await office.ask(decision(received, clerk, "rejected", "  "))) == "invalid"
    reply = await office.ask(decision(received, clerk, "rejected", "Numer umowy należy do innej osoby."))
    assert isinstance(reply, Accepted)
    (decided,) = await office.published(ApplicationDecided)
    assert (decided.decision, decided.reason) == ("rejected", "Numer umowy należy do innej osoby.")
    assert await office.published(AccountOpened) == []
    await office.apply()  # a rejected applicant may try again


async def test_nobody_but_a_working_clerk_decides(office: Office) -> None:
    received = await office.apply()
    clerk = await office.hire("maria")
    async with office.service.work() as work:
        await work.connection.execute(text("UPDATE clerk SET active = false"))
    assert refusal(await office.accept(received, clerk)) == "unknown_clerk"
    assert refusal(await office.accept(received, new_id())) == "unknown_clerk"


async def test_an_application_that_fits_nobody_cannot_be_accepted(office: Office) -> None:
    received = await office.apply(
        tax_id="1220781342", invoice_number="FV/1/1", agreement_number="UC/0/0", name="Obcy Człowiek"
    )
    assert received.party_id is None
    assert refusal(await office.accept(received, await office.hire("maria"))) == "no_party"


async def test_an_application_that_came_before_the_news_of_its_party_is_matched_later(office: Office) -> None:
    early = await office.apply(
        name="Ewa Nowa", tax_id="5260250274", invoice_number="FV/9", agreement_number="UC/9", email="ewa@poczta.example"
    )
    assert early.party_id is None
    await office.tell(party("100009", name="Ewa Nowa", pesel=None, nip="5260250274"), agreement("UC/9", "100009"))
    async with office.service.work() as work:
        await registration.verify_again(work)
    again = (await office.published(ApplicationReceived))[-1]
    assert (again.application_id, again.version) == (early.application_id, 2)
    assert again.party_id == stable_id("party", "100009")
    clerk = await office.hire("maria")
    assert refusal(await office.accept(early, clerk)) == "changed_meanwhile"
    assert isinstance(await office.accept(again, clerk), Accepted)


async def test_older_news_from_billing_changes_nothing(office: Office) -> None:
    await office.tell(party(version=3, name="Anna Nowa-Przykładowa"), party(version=2, name="Anna Stara"))
    await office.tell(invoice("FV/2026/11/000007", date(2026, 11, 20)), invoice("FV/2026/09/000001", date(2026, 9, 30)))
    async with office.service.work() as work:
        known = await directory.party_of_code(work, "100001")
        number = await work.connection.scalar(select(last_invoice.c.number))
    assert known is not None
    assert known.name == "Anna Nowa-Przykładowa"
    assert number == "FV/2026/11/000007"


async def test_w05_a_failed_login_does_not_tell_which_was_wrong(office: Office) -> None:
    issued = await office.account()
    wrong_password = await office.log_in("100001", "nie-to-haslo")
    wrong_identifier = await office.log_in("999999", issued.temporary_password)
    assert refusal(wrong_password) == "wrong_credentials"
    assert wrong_password == wrong_identifier


async def test_w06_the_first_login_asks_for_a_new_password_and_the_next_does_not(office: Office) -> None:
    issued = await office.account()
    first = await office.log_in(" 100 001 ", issued.temporary_password)
    assert isinstance(first, Accepted)
    session = LoggedIn.model_validate_json(first.events[0].data)
    assert session.must_change_password
    assert session.party_id == PARTY
    change = ChangePassword(
        account_id=session.account_id,
        old_password=issued.temporary_password,
        new_password="trzy ciche wróble",
    )
    reply = await office.ask(change)
    assert isinstance(reply, Accepted)
    assert reply.events[0].type == PasswordChanged.message_type
    assert refusal(await office.log_in("100001", issued.temporary_password)) == "wrong_credentials"
    again = await office.log_in("100001", "trzy ciche wróble")
    assert isinstance(again, Accepted)
    assert not LoggedIn.model_validate_json(again.events[0].data).must_change_password


async def test_a_bad_change_of_password_tells_at_which_field(office: Office) -> None:
    issued = await office.account()
    old = issued.temporary_password

    async def change(old_password: str, new_password: str) -> dict[str, str]:
        reply = await office.ask(
            ChangePassword(account_id=issued.account_id, old_password=old_password, new_password=new_password)
        )
        assert isinstance(reply, Rejected)
        return {error.field: error.text for error in reply.errors}

    assert "dotychczasowe" in (await change("inne", "trzy ciche wróble"))["old_password"]
    assert "za krótkie" in (await change(old, "krótkie"))["new_password"]
    assert "inne niż" in (await change(old, old))["new_password"]


async def test_a_temporary_password_expires_and_only_its_owner_is_told(office: Office) -> None:
    issued = await office.account()
    office.now = issued.valid_until or office.now
    assert refusal(await office.log_in("100001", "zgaduję")) == "wrong_credentials"
    reply = await office.log_in("100001", issued.temporary_password)
    assert refusal(reply) == "password_expired"
    assert "54 231 73 18" in reply.errors[0].text  # type: ignore[union-attr]


@pytest.mark.parametrize("identifier", ["100001", "nikt-taki"])
async def test_guessing_is_made_to_wait_whether_or_not_the_identifier_exists(office: Office, identifier: str) -> None:
    issued = await office.account()
    for _ in range(throttle.FREE_FAILURES):
        assert refusal(await office.log_in(identifier, "zgaduję")) == "wrong_credentials"
    locked = await office.log_in(identifier, issued.temporary_password)
    assert refusal(locked) == "too_many_attempts"
    assert "za 30 sekund" in locked.errors[0].text  # type: ignore[union-attr]
    office.now += throttle.FIRST_LOCK
    after = await office.log_in(identifier, "zgaduję")
    assert refusal(after) == "wrong_credentials"
    office.now += throttle.FIRST_LOCK
    assert refusal(await office.log_in(identifier, "zgaduję")) == "too_many_attempts"  # the second lock is longer


async def test_many_guesses_at_once_get_no_more_tries_than_one_after_another(office: Office) -> None:
    await office.account()
    replies = await asyncio.gather(*(office.log_in("100001", f"zgaduję {n}") for n in range(12)))
    codes = [refusal(reply) for reply in replies]
    assert codes.count("wrong_credentials") == throttle.FREE_FAILURES
    assert codes.count("too_many_attempts") == 12 - throttle.FREE_FAILURES


async def test_a_right_password_forgets_the_wrong_ones_and_old_ones_are_swept(office: Office) -> None:
    issued = await office.account()
    for _ in range(throttle.FREE_FAILURES - 1):
        await office.log_in("100001", "zgaduję")
    assert isinstance(await office.log_in("100001", issued.temporary_password), Accepted)
    assert refusal(await office.log_in("100001", "zgaduję")) == "wrong_credentials"
    office.now += throttle.FORGOTTEN_AFTER + timedelta(seconds=1)
    async with office.service.work() as work:
        await throttle.sweep(work)
        assert await work.connection.scalar(select(func.count()).select_from(failed_login)) == 0


async def test_clerks_and_customers_have_doors_of_their_own(office: Office) -> None:
    await office.hire("maria")
    office_door = LogIn(audience="office", identifier="Maria", password="Kwiecista-Laka-77")
    reply = await office.ask(office_door)
    assert isinstance(reply, Accepted)
    session = LoggedIn.model_validate_json(reply.events[0].data)
    assert (session.roles, session.party_id, session.name) == (("clerk",), None, "Maria Urzędnik")
    assert refusal(await office.log_in("maria", "Kwiecista-Laka-77")) == "wrong_credentials"


async def test_an_operator_opens_an_account_once_without_mailing_a_password(office: Office) -> None:
    async with office.service.work() as work:
        assert await accounts.open_for(work, "100001", "Zielony-Parasol-1957")
    async with office.service.work() as work:
        assert not await accounts.open_for(work, "100001", "Inne-Haslo-1957")
    with pytest.raises(LookupError, match="100002"):
        async with office.service.work() as work:
            await accounts.open_for(work, "100002", "Zielony-Parasol-1957")
    assert len(await office.published(AccountOpened)) == 1
    assert await office.published(CredentialsIssued) == []
    assert isinstance(await office.log_in("100001", "Zielony-Parasol-1957"), Accepted)


async def test_history_tells_today_s_state_again(office: Office) -> None:
    issued = await office.account()
    await office.log_in("100001", issued.temporary_password)
    waiting = await office.apply(email="drugi@poczta.example")
    events: list[Event] = []
    async with office.service.engine.connect() as connection:
        for history in office.service.histories:
            events += [event async for event in history(connection)]
    assert [type(event) for event in events] == [
        ApplicationReceived,
        ApplicationDecided,
        ApplicationReceived,
        AccountOpened,
    ]
    assert events[:2] == [
        (await office.published(ApplicationReceived))[0],
        (await office.published(ApplicationDecided))[0],
    ]
    assert events[2] == waiting
    assert events[3].version == 2  # the login counted


async def test_passwords_are_nowhere_in_the_database_but_hashed(office: Office) -> None:
    issued = await office.account()
    async with office.service.work() as work:
        await work.connection.execute(text("DELETE FROM outbox"))  # the relay takes the message with the password
        for table in ("credential", "application", "answer", "inbox"):
            rows = await work.connection.scalars(text(f"SELECT t::text FROM {table} t"))  # noqa: S608
            assert not any(issued.temporary_password in row for row in rows), table
        assert await work.connection.scalar(select(func.count()).select_from(application)) == 1
