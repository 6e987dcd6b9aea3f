"""Registration on a real database: applications come in, clerks decide, accounts are opened."""

import asyncio
import re
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import select, text

from contracts.identity import (
    AccountOpened,
    ApplicationDecided,
    ApplicationReceived,
    CredentialsIssued,
    SubmitApplication,
)
from contracts.message import Event
from contracts.reply import Accepted, Rejected
from services.chassis.ids import new_id, stable_id
from services.chassis.service import Service
from services.chassis.storage.database import open_engine
from services.identity import directory, registration
from services.identity.tables import last_invoice
from tests.support.identity import FORM, PARTY, Office, agreement, decision, invoice, party, refusal


@pytest.fixture
async def office(on_database: Callable[..., Awaitable[Service]]) -> Office:
    office = Office(await on_database("identity", "wloclawek"))
    await office.tell(party(), agreement(), invoice("FV/2026/10/000101", date(2026, 10, 31)))
    return office


async def test_w01_a_right_application_is_numbered_and_matched(office: Office) -> None:
    received = await office.apply()
    assert received.number == "REJ/2026/000001"
    assert received.party_id == PARTY
    assert all(check.matches for check in received.checks)
    assert (await office.published(ApplicationReceived)) == [received]
    second = await office.apply(email="drugi@poczta.example")
    assert second.number == "REJ/2026/000002"


async def test_fifty_people_apply_one_after_another_over_one_database_connection(office: Office) -> None:
    """From its sixth run on one connection a prepared statement may be planned anew, without its parameters' values."""
    engine = office.service.engine
    office.service.transactions.engine = open_engine(
        engine.url.render_as_string(hide_password=False), application_name="one connection", pool_size=1
    )
    for count in range(1, 51):
        assert (await office.apply(email=f"osoba{count}@poczta.example")).number == f"REJ/2026/{count:06}"
    await office.service.transactions.engine.dispose()


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
    assert issued.valid_until == datetime(2026, 12, 6, 22, 59, 59, tzinfo=UTC)  # the end of that day in Poland
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


async def test_history_tells_today_s_state_again(office: Office) -> None:
    issued = await office.account()
    await office.log_in("100001", issued.temporary_password)
    waiting = await office.apply(email="drugi@poczta.example")
    events: list[Event] = []
    async with office.service.engine.connect() as connection:
        for history in office.service.histories:
            events += [event async for event in history(connection)]
    assert [type(event) for event in events] == [ApplicationReceived, ApplicationDecided, ApplicationReceived]
    assert events[:2] == [
        (await office.published(ApplicationReceived))[0],
        (await office.published(ApplicationDecided))[0],
    ]
    assert events[2] == waiting


async def test_an_application_gets_its_turn_however_many_older_ones_fit_nobody(
    office: Office, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registration, "LOOKED_AGAIN_AT_ONCE", 2)
    stranger = {"tax_id": "1220781342", "invoice_number": "FV/1/1", "agreement_number": "UC/0/0", "name": "Obcy"}
    for number in range(3):
        await office.apply(**stranger, email=f"obcy{number}@poczta.example")
        office.now += timedelta(seconds=1)
    early = await office.apply(
        name="Ewa Nowa", tax_id="5260250274", invoice_number="FV/9", agreement_number="UC/9", email="ewa@poczta.example"
    )
    await office.tell(party("100009", name="Ewa Nowa", pesel=None, nip="5260250274"))
    for _ in range(2):
        office.now += timedelta(minutes=1)
        async with office.service.work() as work:
            await registration.verify_again(work)
    again = (await office.published(ApplicationReceived))[-1]
    assert (again.application_id, again.version) == (early.application_id, 2)


async def test_an_application_that_fitted_nobody_for_a_month_is_left_to_the_clerk(office: Office) -> None:
    await office.apply(
        name="Ewa Nowa", tax_id="5260250274", invoice_number="FV/9", agreement_number="UC/9", email="ewa@poczta.example"
    )
    office.now += registration.LOOKED_AGAIN_FOR
    await office.tell(party("100009", name="Ewa Nowa", pesel=None, nip="5260250274"))
    async with office.service.work() as work:
        await registration.verify_again(work)
    assert len(await office.published(ApplicationReceived)) == 1
