"""Registration on a real database: applications come in, clerks decide, accounts are opened."""

import asyncio
import re
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
from contracts.reply import Accepted, Rejected
from services.chassis.ids import new_id, stable_id
from services.identity import directory, registration
from services.identity.tables import last_invoice
from tests.support.identity import (
    FORM,
    PARTY,
    accept,
    account,
    agreement,
    apply,
    decision,
    hire,
    invoice,
    log_in,
    party,
    refusal,
    told,
)
from tests.support.profiles import a_profile
from tests.support.service import ServiceUnderTest, UnderTest


@pytest.fixture
async def identity(under_test: UnderTest) -> ServiceUnderTest:
    identity = await under_test("identity")
    await identity.tell(party(), agreement(), invoice("FV/2026/10/000101", date(2026, 10, 31)))
    return identity


async def test_w01_a_right_application_is_numbered_and_matched(identity: ServiceUnderTest) -> None:
    received = await apply(identity)
    assert received.number == "REJ/2026/000001"
    assert received.party_id == PARTY
    assert {check.matches for check in received.checks} == {True}
    assert (await identity.published(ApplicationReceived)) == [received]
    second = await apply(identity, email="drugi@poczta.example")
    assert second.number == "REJ/2026/000002"


async def test_fifty_people_apply_one_after_another_over_one_database_connection(under_test: UnderTest) -> None:
    """From its sixth run on one connection a prepared statement may be planned anew, without its parameters' values."""
    identity = await under_test("identity", connections=1)
    for count in range(1, 51):
        received = await apply(identity, email=f"osoba{count}@poczta.example")
        assert received.number == f"REJ/2026/{count:06}"


async def test_where_no_agreement_is_asked_for_the_tax_id_leads_to_the_party(
    under_test: UnderTest,
) -> None:
    fields = [{"name": name, "required": True} for name in ("name", "tax_id", "email")]
    identity = await under_test("identity", profile=a_profile(registration={"fields": fields}))
    await identity.tell(party(), agreement(), invoice("FV/2026/10/000101", date(2026, 10, 31)))
    received = await apply(identity, invoice_number="", agreement_number="")
    assert received.party_id == PARTY
    assert [check.field for check in received.checks] == ["name", "tax_id", "email"]
    form = SubmitApplication.model_validate(FORM | {"invoice_number": "", "agreement_number": ""})
    assert refusal(await identity.ask(form)) == "already_applied"
    another_of_the_house = await apply(identity, tax_id="1220781342", invoice_number="", agreement_number="")
    assert another_of_the_house.email == received.email


async def test_the_number_begins_anew_each_year(identity: ServiceUnderTest) -> None:
    await apply(identity)
    identity.now = datetime(2026, 12, 31, 23, 30, tzinfo=UTC)  # it is the new year in Poland already
    assert (await apply(identity, email="drugi@poczta.example")).number == "REJ/2027/000001"


async def test_a_wrong_form_is_refused_at_its_fields_and_uses_up_no_number(identity: ServiceUnderTest) -> None:
    reply = await identity.ask(SubmitApplication.model_validate(FORM | {"tax_id": "1", "terms_accepted": False}))
    assert isinstance(reply, Rejected)
    assert [error.field for error in reply.errors] == ["tax_id", "terms_accepted"]
    assert (await apply(identity)).number == "REJ/2026/000001"


async def test_the_same_form_sent_twice_is_one_application_with_one_reply(identity: ServiceUnderTest) -> None:
    form = SubmitApplication.model_validate(FORM)
    replies = await asyncio.gather(*(identity.ask(form, key="form-1") for _ in range(5)))
    assert all(isinstance(reply, Accepted) for reply in replies)
    assert len({reply.model_dump_json() for reply in replies}) == 1
    assert len(await identity.published(ApplicationReceived)) == 1


async def test_a_second_application_while_the_first_is_pending_is_refused_kindly(identity: ServiceUnderTest) -> None:
    await apply(identity)
    reply = await identity.ask(SubmitApplication.model_validate(FORM | {"email": "ANNA@poczta.example"}))
    assert refusal(reply) == "already_applied"
    assert identity.profile.utility.registration_phones[0] in told(reply)


async def test_an_applicant_learns_nothing_of_an_account_but_the_clerk_does(identity: ServiceUnderTest) -> None:
    await account(identity)
    received = await apply(identity, email="ktos.inny@poczta.example")
    assert [(c.expected, c.matches) for c in received.checks if c.field == "account"] == [("100001", False)]
    reply = await accept(identity, received, await hire(identity, "jan"))
    assert refusal(reply) == "account_exists"
    assert "100001" in told(reply)
    assert len(await identity.published(AccountOpened)) == 1


async def test_w04_accepting_opens_an_account_with_a_temporary_password(identity: ServiceUnderTest) -> None:
    received = await apply(identity)
    reply = await accept(identity, received, await hire(identity, "maria"))
    assert isinstance(reply, Accepted)
    kinds = {event.type for event in reply.events}
    assert kinds == {ApplicationDecided.message_type, AccountOpened.message_type}
    (issued,) = await identity.published(CredentialsIssued)
    (opened,) = await identity.published(AccountOpened)
    assert opened.identifier == issued.identifier == "100001"
    assert issued.email == "anna@poczta.example"
    assert issued.valid_until == datetime(2026, 12, 6, 22, 59, 59, tzinfo=UTC)  # the end of that day in Poland
    assert issued.temporary_password not in reply.model_dump_json()


async def test_of_two_clerks_who_accept_at_once_the_second_is_told_who_was_first(identity: ServiceUnderTest) -> None:
    received = await apply(identity)
    maria, jan = await hire(identity, "maria", "Maria Urzędnik"), await hire(identity, "jan", "Jan Referent")
    replies = await asyncio.gather(accept(identity, received, maria), accept(identity, received, jan))
    (second,) = [reply for reply in replies if isinstance(reply, Rejected)]
    assert second.code == "already_decided"
    assert re.search(r"już przyjęty: (Maria Urzędnik|Jan Referent), 22\.11\.2026, 11:00", second.errors[0].text)
    assert len(await identity.published(AccountOpened)) == 1
    assert len(await identity.published(CredentialsIssued)) == 1


async def test_two_applications_of_one_party_accepted_at_once_open_one_account(identity: ServiceUnderTest) -> None:
    clerk = await hire(identity, "maria")
    first, second = await apply(identity), await apply(identity, email="drugi@poczta.example")
    replies = await asyncio.gather(accept(identity, first, clerk), accept(identity, second, clerk))
    assert [reply.code for reply in replies if isinstance(reply, Rejected)] == ["account_exists"]
    assert len(await identity.published(AccountOpened)) == 1


async def test_rejecting_needs_a_reason_and_tells_it(identity: ServiceUnderTest) -> None:
    received, clerk = await apply(identity), await hire(identity, "maria")
    assert refusal(await identity.ask(decision(received, clerk, "rejected", "  "))) == "invalid"
    reply = await identity.ask(decision(received, clerk, "rejected", "Numer umowy należy do innej osoby."))
    assert isinstance(reply, Accepted)
    (decided,) = await identity.published(ApplicationDecided)
    assert (decided.decision, decided.reason) == ("rejected", "Numer umowy należy do innej osoby.")
    assert await identity.published(AccountOpened) == []
    await apply(identity)  # a rejected applicant may try again


async def test_a_reason_travels_as_a_code_beside_what_the_clerk_wrote_and_is_told_again(
    identity: ServiceUnderTest,
) -> None:
    received, clerk = await apply(identity), await hire(identity, "maria")
    told = {"reason_code": "twice", "own_words": " Pierwszy wysłano wczoraj. "}
    request = decision(received, clerk, "rejected", "Mamy już wniosek. Pierwszy wysłano wczoraj.")
    assert isinstance(await identity.ask(request.model_copy(update=told)), Accepted)
    (decided,) = await identity.published(ApplicationDecided)
    assert decided.reason == "Mamy już wniosek. Pierwszy wysłano wczoraj."
    assert (decided.reason_code, decided.own_words) == ("twice", "Pierwszy wysłano wczoraj.")
    assert (await identity.said_again())[-1] == decided


async def test_an_accepted_application_has_no_reason(identity: ServiceUnderTest) -> None:
    received, clerk = await apply(identity), await hire(identity, "maria")
    told = {"reason": "Nie.", "reason_code": "twice", "own_words": "Nie."}
    await identity.ask(decision(received, clerk, "accepted").model_copy(update=told))
    (decided,) = await identity.published(ApplicationDecided)
    assert (decided.reason, decided.reason_code, decided.own_words) == ("", None, "")


async def test_nobody_but_a_working_clerk_decides(identity: ServiceUnderTest) -> None:
    received = await apply(identity)
    clerk = await hire(identity, "maria")
    async with identity.work() as work:
        await work.connection.execute(text("UPDATE clerk SET active = false"))
    assert refusal(await accept(identity, received, clerk)) == "unknown_clerk"
    assert refusal(await accept(identity, received, new_id())) == "unknown_clerk"


async def test_an_application_that_fits_nobody_cannot_be_accepted(identity: ServiceUnderTest) -> None:
    received = await apply(
        identity, tax_id="1220781342", invoice_number="FV/1/1", agreement_number="UC/0/0", name="Obcy Człowiek"
    )
    assert received.party_id is None
    assert refusal(await accept(identity, received, await hire(identity, "maria"))) == "no_party"


async def test_an_application_that_came_before_the_news_of_its_party_is_matched_later(
    identity: ServiceUnderTest,
) -> None:
    early = await apply(
        identity,
        name="Ewa Nowa",
        tax_id="5260250274",
        invoice_number="FV/9",
        agreement_number="UC/9",
        email="ewa@poczta.example",
    )
    assert early.party_id is None
    await identity.tell(party("100009", name="Ewa Nowa", pesel=None, nip="5260250274"), agreement("UC/9", "100009"))
    async with identity.work() as work:
        await registration.verify_again(work)
    again = (await identity.published(ApplicationReceived))[-1]
    assert (again.application_id, again.version) == (early.application_id, 2)
    assert again.party_id == stable_id("party", "100009")
    clerk = await hire(identity, "maria")
    assert refusal(await accept(identity, early, clerk)) == "changed_meanwhile"
    assert isinstance(await accept(identity, again, clerk), Accepted)


async def test_older_news_from_billing_changes_nothing(identity: ServiceUnderTest) -> None:
    await identity.tell(party(version=3, name="Anna Nowa-Przykładowa"), party(version=2, name="Anna Stara"))
    await identity.tell(
        invoice("FV/2026/11/000007", date(2026, 11, 20)), invoice("FV/2026/09/000001", date(2026, 9, 30))
    )
    async with identity.work() as work:
        known = await directory.party_of_code(work, "100001")
        number = await work.connection.scalar(select(last_invoice.c.number))
    assert known is not None
    assert known.name == "Anna Nowa-Przykładowa"
    assert number == "FV/2026/11/000007"


async def test_history_tells_today_s_state_again(identity: ServiceUnderTest) -> None:
    issued = await account(identity)
    await log_in(identity, "100001", issued.temporary_password)
    waiting = await apply(identity, email="drugi@poczta.example")
    events = await identity.said_again()
    assert [type(event) for event in events] == [ApplicationReceived, ApplicationDecided, ApplicationReceived]
    assert events[:2] == [
        (await identity.published(ApplicationReceived))[0],
        (await identity.published(ApplicationDecided))[0],
    ]
    assert events[2] == waiting


async def test_an_application_gets_its_turn_however_many_older_ones_fit_nobody(
    identity: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(registration, "LOOKED_AGAIN_AT_ONCE", 2)
    stranger = {"tax_id": "1220781342", "invoice_number": "FV/1/1", "agreement_number": "UC/0/0", "name": "Obcy"}
    for number in range(3):
        await apply(identity, **stranger, email=f"obcy{number}@poczta.example")
        identity.now += timedelta(seconds=1)
    early = await apply(
        identity,
        name="Ewa Nowa",
        tax_id="5260250274",
        invoice_number="FV/9",
        agreement_number="UC/9",
        email="ewa@poczta.example",
    )
    await identity.tell(party("100009", name="Ewa Nowa", pesel=None, nip="5260250274"))
    for _ in range(2):
        identity.now += timedelta(minutes=1)
        async with identity.work() as work:
            await registration.verify_again(work)
    again = (await identity.published(ApplicationReceived))[-1]
    assert (again.application_id, again.version) == (early.application_id, 2)


async def test_an_application_that_fitted_nobody_for_a_month_is_left_to_the_clerk(identity: ServiceUnderTest) -> None:
    await apply(
        identity,
        name="Ewa Nowa",
        tax_id="5260250274",
        invoice_number="FV/9",
        agreement_number="UC/9",
        email="ewa@poczta.example",
    )
    identity.now += registration.LOOKED_AGAIN_FOR
    await identity.tell(party("100009", name="Ewa Nowa", pesel=None, nip="5260250274"))
    async with identity.work() as work:
        await registration.verify_again(work)
    assert len(await identity.published(ApplicationReceived)) == 1


async def test_what_becomes_of_an_application_tells_its_number_and_what_the_applicant_reads(
    identity: ServiceUnderTest,
) -> None:
    received = await apply(identity, language="uk")
    assert (received.language, received.verification_days) == ("uk", 3)
    assert isinstance(await accept(identity, received, await hire(identity, "maria")), Accepted)
    (decided,), (issued,) = await identity.published(ApplicationDecided), await identity.published(CredentialsIssued)
    assert (decided.number, decided.language) == (received.number, "uk")
    assert (issued.application_number, issued.language) == (received.number, "uk")
