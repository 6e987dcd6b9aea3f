"""Logins and passwords on a real database."""

import asyncio
from datetime import date, timedelta

import pytest
from sqlalchemy import func, select

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
from services.identity import accounts, passwords, staff, throttle
from services.identity.tables import failed_login
from tests.support.identity import (
    CLERK_PASSWORD,
    PARTY,
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
    identity = await under_test("identity", profile=a_profile(credentials={"login_delay_seconds": 0}))
    await identity.tell(party(), agreement(), invoice("FV/2026/10/000101", date(2026, 10, 31)))
    return identity


async def test_w05_a_failed_login_does_not_tell_which_was_wrong(identity: ServiceUnderTest) -> None:
    issued = await account(identity)
    wrong_password = await log_in(identity, "100001", "nie-to-haslo")
    wrong_identifier = await log_in(identity, "999999", issued.temporary_password)
    assert refusal(wrong_password) == "wrong_credentials"
    assert wrong_password == wrong_identifier


@pytest.mark.parametrize("pasted", ["{} ", "\t{}\n", "\u00a0{}"])
async def test_a_password_that_was_pasted_with_blanks_around_it_is_right(
    identity: ServiceUnderTest, pasted: str
) -> None:
    issued = await account(identity)
    assert isinstance(await log_in(identity, "100001", pasted.format(issued.temporary_password)), Accepted)


async def test_a_password_that_was_pasted_with_a_blank_is_kept_anew_as_it_is(
    identity: ServiceUnderTest, monkeypatch: pytest.MonkeyPatch
) -> None:
    issued = await account(identity)
    before = await identity.rows("SELECT password_hash FROM credential")
    monkeypatch.setattr(passwords, "is_outdated", lambda _: True)
    assert isinstance(await log_in(identity, "100001", f"{issued.temporary_password} "), Accepted)
    assert await identity.rows("SELECT password_hash FROM credential") != before
    assert isinstance(await log_in(identity, "100001", issued.temporary_password), Accepted)


async def test_a_form_without_the_old_password_is_no_wrong_try(identity: ServiceUnderTest) -> None:
    issued = await account(identity)
    empty = ChangePassword(account_id=issued.account_id, old_password="", new_password="trzy ciche wróble")
    right = empty.model_copy(update={"old_password": issued.temporary_password})
    assert isinstance(await identity.ask(right), Accepted)
    for _ in range(throttle.FREE_FAILURES + 1):
        reply = await identity.ask(empty)
        assert refusal(reply) == "old_password_missing"
        assert refusal(await log_in(identity, "100001", "")) == "wrong_credentials"
    assert "Wpisz" in told(reply)
    again = ChangePassword(
        account_id=issued.account_id, old_password=right.new_password, new_password="cztery ciche wróble"
    )
    assert isinstance(await identity.ask(again), Accepted)
    assert isinstance(await log_in(identity, "100001", again.new_password), Accepted)


async def test_w05_after_a_wrong_password_the_next_try_waits_as_the_page_counts_down(under_test: UnderTest) -> None:
    identity = await under_test("identity", profile=a_profile(credentials={"login_delay_seconds": 5}))
    await identity.tell(party(), agreement(), invoice("FV/2026/10/000101", date(2026, 10, 31)))
    issued = await account(identity)
    assert refusal(await log_in(identity, "100001", "zgaduję")) == "wrong_credentials"
    identity.now += timedelta(seconds=4)
    early = await log_in(identity, "100001", issued.temporary_password)
    assert refusal(early) == "too_early"
    assert "Po nieudanej próbie" in told(early)
    identity.now += timedelta(seconds=1)
    assert isinstance(await log_in(identity, "100001", issued.temporary_password), Accepted)


@pytest.mark.parametrize("again", [True, False])
async def test_t07_a_temporary_password_is_typed_again_where_the_profile_asks_for_it(
    under_test: UnderTest, *, again: bool
) -> None:
    identity = await under_test("identity", profile=a_profile(credentials={"temporary_password_again": again}))
    await identity.tell(party(), agreement(), invoice("FV/2026/10/000101", date(2026, 10, 31)))
    issued = await account(identity)
    same = ChangePassword(account_id=issued.account_id, old_password="", new_password=issued.temporary_password)
    reply = await identity.ask(same)
    assert refusal(reply) == ("old_password_missing" if again else "weak_password")
    own = same.model_copy(update={"new_password": "trzy ciche wróble"})
    reply = await identity.ask(own)
    assert isinstance(reply, Rejected if again else Accepted)
    if not again:
        later = await identity.ask(own.model_copy(update={"new_password": "cztery ciche wróble"}))
        assert refusal(later) == "old_password_missing", "one's own password is always asked for"


async def test_all_that_is_wrong_with_a_change_of_password_is_said_at_once(identity: ServiceUnderTest) -> None:
    issued = await account(identity)
    wrong = ChangePassword(account_id=issued.account_id, old_password="inne", new_password="krótkie")
    reply = await identity.ask(wrong)
    assert isinstance(reply, Rejected)
    assert {error.field for error in reply.errors} == {"old_password", "new_password"}
    guess = wrong.model_copy(update={"new_password": issued.temporary_password})
    reply = await identity.ask(guess)
    assert isinstance(reply, Rejected)
    assert {error.code for error in reply.errors} == {"wrong_old_password"}, "no way to try passwords uncounted"


async def test_a_change_of_password_that_is_only_checked_changes_nothing(identity: ServiceUnderTest) -> None:
    issued = await account(identity)
    change = ChangePassword(
        account_id=issued.account_id,
        old_password=issued.temporary_password,
        new_password="trzy ciche wróble",
        check_only=True,
    )
    reply = await identity.ask(change)
    assert (isinstance(reply, Accepted), await identity.published(PasswordChanged)) == (True, [])
    assert isinstance(await log_in(identity, "100001", issued.temporary_password), Accepted)


async def test_a_new_password_is_not_just_the_own_name(identity: ServiceUnderTest) -> None:
    issued = await account(identity)
    own = ChangePassword(
        account_id=issued.account_id, old_password=issued.temporary_password, new_password="Anna-Przykladowa-1957"
    )
    reply = await identity.ask(own)
    assert (refusal(reply), "nazwisko" in told(reply)) == ("weak_password", True)
    for new in ("anna@poczta.example", "Anna-ma-trzy-wróble"):
        reply = await identity.ask(own.model_copy(update={"new_password": new}))
    assert isinstance(reply, Accepted)


async def test_w06_the_first_login_asks_for_a_new_password_and_the_next_does_not(identity: ServiceUnderTest) -> None:
    issued = await account(identity)
    first = await log_in(identity, " 100 001 ", issued.temporary_password)
    assert isinstance(first, Accepted)
    session = LoggedIn.model_validate_json(first.events[0].data)
    assert session.must_change_password
    assert session.party_id == PARTY
    change = ChangePassword(
        account_id=session.account_id,
        old_password=issued.temporary_password,
        new_password="trzy ciche wróble",
    )
    reply = await identity.ask(change)
    assert isinstance(reply, Accepted)
    assert reply.events[0].type == PasswordChanged.message_type
    assert refusal(await log_in(identity, "100001", issued.temporary_password)) == "wrong_credentials"
    again = await log_in(identity, "100001", "trzy ciche wróble")
    assert isinstance(again, Accepted)
    assert not LoggedIn.model_validate_json(again.events[0].data).must_change_password


async def test_a_bad_change_of_password_tells_at_which_field(identity: ServiceUnderTest) -> None:
    issued = await account(identity)
    old = issued.temporary_password

    async def change(old_password: str, new_password: str) -> dict[str, str]:
        reply = await identity.ask(
            ChangePassword(account_id=issued.account_id, old_password=old_password, new_password=new_password)
        )
        assert isinstance(reply, Rejected)
        return {error.field: error.text for error in reply.errors}

    assert "stare" in (await change("inne", "trzy ciche wróble"))["old_password"]
    assert "za krótkie" in (await change(old, "krótkie"))["new_password"]
    assert "inne niż" in (await change(old, old))["new_password"]


async def test_a_wrong_old_password_counts_and_the_same_form_may_be_sent_again(identity: ServiceUnderTest) -> None:
    issued = await account(identity)
    right = ChangePassword(
        account_id=issued.account_id, old_password=issued.temporary_password, new_password="trzy ciche wróble"
    )
    wrong = right.model_copy(update={"old_password": "inne"})
    for _ in range(throttle.FREE_FAILURES):
        assert refusal(await identity.ask(wrong, key="form-1")) == "wrong_old_password"
    assert refusal(await identity.ask(right, key="form-1")) == "too_many_attempts"
    identity.now += throttle.FIRST_LOCK
    first, second = await identity.ask(right, key="form-1"), await identity.ask(right, key="form-1")
    assert isinstance(first, Accepted)
    assert first == second
    assert len(await identity.published(PasswordChanged)) == 1


async def test_a_temporary_password_expires_and_only_its_owner_is_told(identity: ServiceUnderTest) -> None:
    issued = await account(identity)
    identity.now = issued.valid_until or identity.now
    assert refusal(await log_in(identity, "100001", "zgaduję")) == "wrong_credentials"
    reply = await log_in(identity, "100001", issued.temporary_password)
    assert refusal(reply) == "password_expired"
    assert identity.profile.utility.registration_phones[0] in told(reply)


@pytest.mark.parametrize("identifier", ["100001", "nikt-taki"])
async def test_guessing_is_made_to_wait_whether_or_not_the_identifier_exists(
    identity: ServiceUnderTest, identifier: str
) -> None:
    issued = await account(identity)
    for _ in range(throttle.FREE_FAILURES):
        assert refusal(await log_in(identity, identifier, "zgaduję")) == "wrong_credentials"
    locked = await log_in(identity, identifier, issued.temporary_password)
    assert refusal(locked) == "too_many_attempts"
    assert "za 30 sekund" in told(locked)
    identity.now += throttle.FIRST_LOCK
    after = await log_in(identity, identifier, "zgaduję")
    assert refusal(after) == "wrong_credentials"
    identity.now += throttle.FIRST_LOCK
    assert refusal(await log_in(identity, identifier, "zgaduję")) == "too_many_attempts"  # the second lock is longer


async def test_a_stranger_s_wrong_passwords_keep_out_neither_the_owner_nor_whoever_is_logged_in(
    identity: ServiceUnderTest,
) -> None:
    issued = await account(identity)
    guess = LogIn(audience="customer", identifier="100001", password="zgaduję", tried_from="address 1")
    for _ in range(throttle.FREE_FAILURES + 3):
        await identity.ask(guess)
    assert refusal(await identity.ask(guess)) == "too_many_attempts"
    right = guess.model_copy(update={"password": issued.temporary_password})
    for place in ("address 2", "browser of the owner"):
        assert isinstance(await identity.ask(right.model_copy(update={"tried_from": place})), Accepted)
    assert refusal(await identity.ask(right)) == "too_many_attempts", "where it was guessed it still is"
    change = ChangePassword(
        account_id=issued.account_id, old_password=issued.temporary_password, new_password="trzy ciche wróble"
    )
    assert isinstance(await identity.ask(change), Accepted)


async def test_many_guesses_at_once_get_no_more_tries_than_one_after_another(identity: ServiceUnderTest) -> None:
    await account(identity)
    replies = await asyncio.gather(*(log_in(identity, "100001", f"zgaduję {n}") for n in range(12)))
    codes = [refusal(reply) for reply in replies]
    assert codes.count("wrong_credentials") == throttle.FREE_FAILURES
    assert codes.count("too_many_attempts") == 12 - throttle.FREE_FAILURES


async def test_of_two_who_change_a_password_at_once_the_second_is_told_that_the_old_one_is_old(
    identity: ServiceUnderTest,
) -> None:
    issued = await account(identity)
    changes = [
        ChangePassword(account_id=issued.account_id, old_password=issued.temporary_password, new_password=new)
        for new in ("Zielony-Parasol-1957", "Czerwony-Rower-1962", "Kwiecista-Laka-77")
    ]
    replies = await asyncio.gather(*(identity.ask(change) for change in changes))
    told = dict(zip((change.new_password for change in changes), replies, strict=True))
    (won,) = [password for password, reply in told.items() if isinstance(reply, Accepted)]
    assert [refusal(reply) for reply in replies if not isinstance(reply, Accepted)] == ["wrong_old_password"] * 2
    assert isinstance(await log_in(identity, "100001", won), Accepted)


async def test_a_right_password_forgets_the_wrong_ones_and_old_ones_are_swept(identity: ServiceUnderTest) -> None:
    issued = await account(identity)
    for _ in range(throttle.FREE_FAILURES - 1):
        await log_in(identity, "100001", "zgaduję")
    assert isinstance(await log_in(identity, "100001", issued.temporary_password), Accepted)
    assert refusal(await log_in(identity, "100001", "zgaduję")) == "wrong_credentials"
    identity.now += throttle.FORGOTTEN_AFTER + timedelta(seconds=1)
    async with identity.work() as work:
        await throttle.sweep(work)
        assert await work.connection.scalar(select(func.count()).select_from(failed_login)) == 0


async def test_clerks_and_customers_have_doors_of_their_own(identity: ServiceUnderTest) -> None:
    await hire(identity, "maria")
    office_door = LogIn(audience="office", identifier="Maria", password=CLERK_PASSWORD)
    reply = await identity.ask(office_door)
    assert isinstance(reply, Accepted)
    session = LoggedIn.model_validate_json(reply.events[0].data)
    assert (session.roles, session.party_id, session.name) == (("clerk",), None, "Maria Urzędnik")
    assert refusal(await log_in(identity, "maria", CLERK_PASSWORD)) == "wrong_credentials"


async def test_an_operator_opens_an_account_once_without_mailing_a_password(identity: ServiceUnderTest) -> None:
    async with identity.work() as work:
        assert await accounts.open_for(work, "100001", "Zielony-Parasol-1957")
    async with identity.work() as work:
        assert not await accounts.open_for(work, "100001", "Inne-Haslo-1957")
    with pytest.raises(LookupError, match="100002"):
        async with identity.work() as work:
            await accounts.open_for(work, "100002", "Zielony-Parasol-1957")
    assert len(await identity.published(AccountOpened)) == 1
    assert await identity.published(CredentialsIssued) == []
    assert isinstance(await log_in(identity, "100001", "Zielony-Parasol-1957"), Accepted)


async def test_passwords_are_nowhere_in_the_database_but_hashed(identity: ServiceUnderTest) -> None:
    accepting = decision(await apply(identity), await hire(identity, "maria"))
    assert isinstance(await identity.ask(accepting, key="accept"), Accepted)
    [issued] = await identity.published(CredentialsIssued)
    login = LogIn(audience="customer", identifier="100001", password=issued.temporary_password)
    assert isinstance(await identity.ask(login, key="login"), Accepted)
    for table in ("credential", "application", "answer"):
        rows = [row for (row,) in await identity.rows(f"SELECT t::text FROM {table} t")]  # noqa: S608
        assert rows, table
        assert not any(issued.temporary_password in row for row in rows), table


async def test_w07_a_lost_password_is_replaced_by_a_temporary_one_and_the_sessions_end(
    identity: ServiceUnderTest,
) -> None:
    lost = await account(identity)
    for _ in range(throttle.FREE_FAILURES):
        await log_in(identity, "100001", "zgaduję")
    async with identity.work() as work:
        assert await accounts.reset(work, "100001") == "anna@poczta.example"
    issued = (await identity.published(CredentialsIssued))[-1]
    (changed,) = await identity.published(PasswordChanged)
    assert issued.renewed
    assert issued.version == changed.version > lost.version
    assert refusal(await log_in(identity, "100001", lost.temporary_password)) == "wrong_credentials"
    again = await log_in(identity, "100001", issued.temporary_password)
    assert isinstance(again, Accepted), "whoever typed wrong passwords before must not wait with the new one"
    assert LoggedIn.model_validate_json(again.events[0].data).must_change_password


async def test_an_expired_temporary_password_is_replaced_by_one_that_works(identity: ServiceUnderTest) -> None:
    expired = await account(identity)
    identity.now = expired.valid_until or identity.now
    async with identity.work() as work:
        await accounts.reset(work, "100001")
    issued = (await identity.published(CredentialsIssued))[-1]
    assert isinstance(await log_in(identity, "100001", issued.temporary_password), Accepted)


async def test_a_password_of_nobody_s_account_is_not_replaced(identity: ServiceUnderTest) -> None:
    async with identity.work() as work:
        with pytest.raises(LookupError, match="has no account"):
            await accounts.reset(work, "100001")


async def test_a_clerk_who_is_deactivated_is_let_in_no_more_until_reactivated(identity: ServiceUnderTest) -> None:
    clerk_id = await hire(identity, "maria")
    own = LogIn(audience="office", identifier="maria", password=CLERK_PASSWORD)
    assert isinstance(await identity.ask(own), Accepted)
    async with identity.work() as work:
        await staff.deactivate(work, "Maria")
    assert refusal(await identity.ask(own)) == "wrong_credentials"
    assert [event.account_id for event in await identity.published(PasswordChanged)] == [clerk_id]
    with pytest.raises(Refused, match="inactive"):
        async with identity.work() as work:
            await staff.reset(work, "maria")
    async with identity.work() as work:
        made = await staff.reset(work, "maria", reactivate=True)
    assert refusal(await identity.ask(own)) == "wrong_credentials"
    assert isinstance(await identity.ask(own.model_copy(update={"password": made})), Accepted)


async def test_a_clerk_with_an_expired_temporary_password_is_sent_to_the_administrator(
    identity: ServiceUnderTest,
) -> None:
    await hire(identity, "maria")
    async with identity.work() as work:
        made = await staff.reset(work, "maria")
    identity.now += timedelta(days=30)
    reply = await identity.ask(LogIn(audience="office", identifier="maria", password=made))
    assert refusal(reply) == "password_expired"
    assert "Poproś administratora" in told(reply)


async def test_nobody_s_login_is_neither_reset_nor_deactivated(identity: ServiceUnderTest) -> None:
    for step in (staff.reset, staff.deactivate):
        with pytest.raises(Refused, match="unknown_login"):
            async with identity.work() as work:
                await step(work, "nikt")


async def told_languages(identity: ServiceUnderTest) -> list[tuple[str | None, int]]:
    """What was told of the account's language, with the account's version."""
    return [(opened.language, opened.version) for opened in await identity.published(AccountOpened)]


async def test_an_account_is_written_to_in_the_application_s_language_until_a_login_in_another(
    identity: ServiceUnderTest,
) -> None:
    issued = await account(identity, language="uk")
    assert (issued.language, await told_languages(identity)) == ("uk", [("uk", 1)])
    for language in (None, "uk", "en", "en"):
        await log_in(identity, "100001", issued.temporary_password, language)
    assert await told_languages(identity) == [("uk", 1), ("en", 4)]
    first, again = await identity.published(AccountOpened)
    assert again == first.model_copy(update={"language": "en", "version": 4})
    async with identity.work() as work:
        await accounts.reset(work, "100001")
    assert (await identity.published(CredentialsIssued))[-1].language == "en"


async def test_a_wrong_password_and_the_clerks_door_change_no_language(identity: ServiceUnderTest) -> None:
    await account(identity)
    await log_in(identity, "100001", "nie-to-haslo", "en")
    await identity.ask(LogIn(audience="office", identifier="maria", password=CLERK_PASSWORD, language="en"))
    assert await told_languages(identity) == [(None, 1)]
