"""Logins and passwords on a real database."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select, text

from contracts.identity import (
    AccountOpened,
    ChangePassword,
    CredentialsIssued,
    LoggedIn,
    LogIn,
    PasswordChanged,
)
from contracts.reply import Accepted, Rejected
from services.chassis.errors import Refused
from services.chassis.service import Service
from services.identity import accounts, staff, throttle
from services.identity.tables import application, failed_login
from tests.support.identity import PARTY, Office, agreement, invoice, party, refusal


@pytest.fixture
async def office(on_database: Callable[..., Awaitable[Service]]) -> Office:
    office = Office(await on_database("identity", "wloclawek"))
    await office.tell(party(), agreement(), invoice("FV/2026/10/000101", date(2026, 10, 31)))
    return office


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


async def test_a_wrong_old_password_counts_and_the_same_form_may_be_sent_again(office: Office) -> None:
    issued = await office.account()
    right = ChangePassword(
        account_id=issued.account_id, old_password=issued.temporary_password, new_password="trzy ciche wróble"
    )
    wrong = right.model_copy(update={"old_password": "inne"})
    for _ in range(throttle.FREE_FAILURES):
        assert refusal(await office.ask(wrong, key="form-1")) == "wrong_old_password"
    assert refusal(await office.ask(right, key="form-1")) == "too_many_attempts"
    office.now += throttle.FIRST_LOCK
    first, second = await office.ask(right, key="form-1"), await office.ask(right, key="form-1")
    assert isinstance(first, Accepted)
    assert first == second
    assert len(await office.published(PasswordChanged)) == 1


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


async def test_passwords_are_nowhere_in_the_database_but_hashed(office: Office) -> None:
    issued = await office.account()
    async with office.service.work() as work:
        await work.connection.execute(text("DELETE FROM outbox"))  # the relay takes the message with the password
        for table in ("credential", "application", "answer", "inbox"):
            rows = await work.connection.scalars(text(f"SELECT t::text FROM {table} t"))  # noqa: S608
            assert not any(issued.temporary_password in row for row in rows), table
        assert await work.connection.scalar(select(func.count()).select_from(application)) == 1


async def test_w07_a_lost_password_is_replaced_by_a_temporary_one_and_the_sessions_end(office: Office) -> None:
    lost = await office.account()
    for _ in range(throttle.FREE_FAILURES):
        await office.log_in("100001", "zgaduję")
    async with office.service.work() as work:
        assert await accounts.reset(work, "100001") == "anna@poczta.example"
    issued = (await office.published(CredentialsIssued))[-1]
    (changed,) = await office.published(PasswordChanged)
    assert issued.renewed
    assert issued.version == changed.version > lost.version
    assert refusal(await office.log_in("100001", lost.temporary_password)) == "wrong_credentials"
    again = await office.log_in("100001", issued.temporary_password)
    assert isinstance(again, Accepted), "whoever typed wrong passwords before must not wait with the new one"
    assert LoggedIn.model_validate_json(again.events[0].data).must_change_password


async def test_an_expired_temporary_password_is_replaced_by_one_that_works(office: Office) -> None:
    expired = await office.account()
    office.now = expired.valid_until or office.now
    async with office.service.work() as work:
        await accounts.reset(work, "100001")
    issued = (await office.published(CredentialsIssued))[-1]
    assert isinstance(await office.log_in("100001", issued.temporary_password), Accepted)


async def test_a_password_of_nobody_s_account_is_not_replaced(office: Office) -> None:
    async with office.service.work() as work:
        with pytest.raises(LookupError, match="nie ma konta"):
            await accounts.reset(work, "100001")


async def test_a_clerk_who_is_deactivated_is_let_in_no_more_until_reactivated(office: Office) -> None:
    clerk_id = await office.hire("maria")
    own = LogIn(audience="office", identifier="maria", password="Kwiecista-Laka-77")
    assert isinstance(await office.ask(own), Accepted)
    async with office.service.work() as work:
        await staff.deactivate(work, "Maria")
    assert refusal(await office.ask(own)) == "wrong_credentials"
    assert [event.account_id for event in await office.published(PasswordChanged)] == [clerk_id]
    with pytest.raises(Refused, match="inactive"):
        async with office.service.work() as work:
            await staff.reset(work, "maria")
    async with office.service.work() as work:
        made = await staff.reset(work, "maria", reactivate=True)
    assert refusal(await office.ask(own)) == "wrong_credentials"
    assert isinstance(await office.ask(own.model_copy(update={"password": made})), Accepted)


async def test_a_clerk_with_an_expired_temporary_password_is_sent_to_the_administrator(office: Office) -> None:
    await office.hire("maria")
    async with office.service.work() as work:
        made = await staff.reset(work, "maria")
    office.now += timedelta(days=30)
    reply = await office.ask(LogIn(audience="office", identifier="maria", password=made))
    assert refusal(reply) == "password_expired"
    assert "Poproś administratora" in reply.errors[0].text  # type: ignore[union-attr]


async def test_nobody_s_login_is_neither_reset_nor_deactivated(office: Office) -> None:
    for step in (staff.reset, staff.deactivate):
        with pytest.raises(Refused, match="unknown_login"):
            async with office.service.work() as work:
                await step(work, "nikt")
