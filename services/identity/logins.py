"""Logging in and changing a password (W05, W06, W09)."""

from dataclasses import dataclass
from datetime import timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Row, select

from contracts.identity import Audience, ChangePassword, LoggedIn, LogIn, PasswordChanged
from contracts.reply import FieldError
from services.chassis.errors import Refused
from services.chassis.storage.unit_of_work import UnitOfWork
from services.identity import accounts, credentials, passwords, throttle
from services.identity.profile import Credentials
from services.identity.refusals import reasons
from services.identity.tables import account, clerk

log = structlog.get_logger()

INSIDE = "inside"
"""Where an old password is typed to change it: by somebody who is logged in. What is typed outside does not count."""


@dataclass(frozen=True)
class _Person:
    name: str
    email: str = ""
    party_id: UUID | None = None
    language: str | None = None
    roles: tuple[str, ...] = ()


async def log_in(request: LogIn, work: UnitOfWork) -> None:
    """Let somebody in. Says the same, and works as long, whether the identifier or the password was wrong."""
    key = credentials.identifier_key(request.identifier)
    attempt = await throttle.attempt(work, request.audience, key, request.tried_from)
    credential = await credentials.of_identifier(work, request.audience, key)
    if not request.password:  # the button was pressed too early: no guess, so it does not count
        raise Refused(reasons.error("wrong_credentials"))
    proof = await _proof(credential.password_hash if credential else passwords.NOBODY, request.password)
    person = await _person(work, request.audience, credential.account_id) if proof and credential else None
    if proof is None or credential is None or person is None:
        await attempt.failed(timedelta(seconds=work.profile.of(Credentials).login_delay_seconds))
        log.info("login.failed", audience=request.audience)
        raise Refused(reasons.error("wrong_credentials"), keep=True)
    await attempt.succeeded()
    if credential.expires_at is not None and credential.expires_at <= work.now:
        raise _expired(request.audience, work)
    if passwords.is_outdated(credential.password_hash):
        await credentials.rehash(work, credential.account_id, proof)
    version = await credentials.logged_in(work, credential.account_id)
    work.emit(
        LoggedIn(
            account_id=credential.account_id,
            audience=request.audience,
            party_id=person.party_id,
            identifier=credential.identifier,
            name=person.name,
            roles=person.roles,
            must_change_password=credential.must_change,
            logged_in_at=work.now,
            version=version,
        )
    )
    if request.audience == "customer" and request.language and request.language != person.language:
        await accounts.choose_language(work, credential.account_id, request.language, version)


async def change_password(request: ChangePassword, work: UnitOfWork) -> None:
    """Replace a password by one that its owner chose; says all that is wrong at once.

    The old one is asked for: the screen may be left alone. A temporary one, just typed to log in, only where the
    profile asks for it again.
    """
    credential = await credentials.of_account(work, request.account_id)
    if credential is None:
        raise Refused(reasons.error("unknown_account"))
    attempt = await throttle.attempt(work, credential.audience, credential.identifier_key, INSIDE)
    # Read again now that others wait for this try: somebody may have changed the password a moment ago.
    credential = await credentials.of_account(work, request.account_id)
    person = await _person(work, credential.audience, credential.account_id) if credential else None
    if credential is None or person is None:
        raise Refused(reasons.error("unknown_account"))
    settings, old = work.profile.of(Credentials), None
    if request.old_password:
        if await _proof(credential.password_hash, request.old_password) is None:
            await attempt.failed()
            old = reasons.error("wrong_old_password", "old_password")
        else:
            await attempt.succeeded()
    elif settings.temporary_password_again or not credential.must_change:
        old = reasons.error("old_password_missing", "old_password")
    wrong = await _wrong_with_new(request.new_password, settings, credential, person, proven=old is None)
    if old is not None:
        raise Refused(old, *wrong, keep=True)
    if wrong:
        raise Refused(*wrong, code="weak_password")
    if request.check_only:
        return
    version = await credentials.set_password(work, request.account_id, request.new_password)
    work.emit(PasswordChanged(account_id=request.account_id, changed_at=work.now, version=version))


async def _wrong_with_new(
    new: str, settings: Credentials, credential: Row[Any], person: _Person, *, proven: bool
) -> tuple[FieldError, ...]:
    """What keeps `new` from becoming the password. That it is the old one is told only to whoever has `proven` that."""
    if not new:
        return (reasons.error("new_password_missing", "new_password"),)
    wrong = passwords.problems(new, settings.password, credential.identifier, (person.name, person.email))
    if not wrong and proven and await passwords.verify(credential.password_hash, new):
        return (reasons.error("password_unchanged", "new_password"),)
    return wrong


async def _proof(kept: str, typed: str) -> str | None:
    """The right password, as it was typed or without the blanks that come along when it is pasted; None when wrong."""
    for form in dict.fromkeys((typed, typed.strip())):
        if await passwords.verify(kept, form):
            return form
    return None


def _expired(audience: Audience, work: UnitOfWork) -> Refused:
    if audience == "office":
        return Refused(reasons.error("password_expired_at_office"), code="password_expired")
    return Refused(reasons.error("password_expired", phones=", ".join(work.profile.utility.registration_phones)))


async def _person(work: UnitOfWork, audience: Audience, account_id: UUID) -> _Person | None:
    if audience == "customer":
        columns = (account.c.name, account.c.email, account.c.party_id, account.c.language)
        found = await work.connection.execute(select(*columns).where(account.c.account_id == account_id))
        customer = found.mappings().first()
        return _Person(**customer) if customer else None
    official = (
        await work.connection.execute(
            select(clerk.c.name, clerk.c.roles).where(clerk.c.clerk_id == account_id, clerk.c.active)
        )
    ).first()
    return _Person(official.name, roles=tuple(official.roles)) if official else None
