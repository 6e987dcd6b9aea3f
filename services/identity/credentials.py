"""Identifiers and passwords of everybody who may come in: customers and clerks alike."""

from dataclasses import dataclass
from datetime import UTC, datetime, time, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select, update
from sqlalchemy.dialects.postgresql import insert

from contracts.identity import Audience, PasswordChanged
from services.chassis.clock import WARSAW
from services.chassis.ids import new_id
from services.chassis.storage.unit_of_work import UnitOfWork
from services.identity import passwords, throttle
from services.identity.profile import Credentials
from services.identity.tables import credential


@dataclass(frozen=True)
class Temporary:
    """A temporary password, the moment until which it works, and the account's version with it."""

    password: str
    valid_until: datetime
    version: int


def identifier_key(identifier: str) -> str:
    """An identifier as people may type it: case and spaces do not count."""
    return "".join(identifier.split()).casefold()[:100]


def temporary_until(work: UnitOfWork) -> datetime:
    """The moment until which a temporary password made now works: the end of a day, as its owner is told the day."""
    last_day = work.today + timedelta(days=work.profile.of(Credentials).temporary_password_days)
    return datetime.combine(last_day, time(23, 59, 59), WARSAW).astimezone(UTC)


async def create(
    work: UnitOfWork,
    audience: Audience,
    identifier: str,
    password: str,
    *,
    must_change: bool,
    expires_at: datetime | None = None,
) -> UUID | None:
    """Let somebody log in by `identifier`; gives the new account's id, or None when the identifier is taken."""
    added: UUID | None = await work.connection.scalar(
        insert(credential)
        .values(
            account_id=new_id(),
            audience=audience,
            identifier=identifier,
            identifier_key=identifier_key(identifier),
            password_hash=await passwords.hashed(password),
            must_change=must_change,
            expires_at=expires_at,
            version=1,
        )
        .on_conflict_do_nothing()
        .returning(credential.c.account_id)
    )
    return added


async def of_identifier(work: UnitOfWork, audience: Audience, key: str) -> Row[Any] | None:
    """The credential behind the `identifier_key` at this door."""
    found = await work.connection.execute(
        select(credential).where(credential.c.audience == audience, credential.c.identifier_key == key)
    )
    return found.first()


async def of_account(work: UnitOfWork, account_id: UUID) -> Row[Any] | None:
    """The credential of an account or a clerk."""
    found = await work.connection.execute(select(credential).where(credential.c.account_id == account_id))
    return found.first()


async def logged_in(work: UnitOfWork, account_id: UUID) -> int:
    """Note a login; the account's new version."""
    return await _changed(work, account_id, last_login_at=work.now)


async def set_password(work: UnitOfWork, account_id: UUID, password: str) -> int:
    """Replace the password by one that its owner chose; the account's new version."""
    kept = await passwords.hashed(password)
    return await _changed(work, account_id, password_hash=kept, must_change=False, expires_at=None)


async def renew(work: UnitOfWork, account_id: UUID) -> Temporary:
    """Replace the password by a new temporary one: the old one was lost or has expired. Every session ends.

    Wrong passwords typed before are forgotten, so that the new one works at once.
    """
    password, valid_until = passwords.temporary(), temporary_until(work)
    kept = await passwords.hashed(password)
    version = await _changed(work, account_id, password_hash=kept, must_change=True, expires_at=valid_until)
    row = (
        await work.connection.execute(
            select(credential.c.audience, credential.c.identifier_key).where(credential.c.account_id == account_id)
        )
    ).one()
    await throttle.forget(work, row.audience, row.identifier_key)
    work.emit(PasswordChanged(account_id=account_id, changed_at=work.now, version=version))
    return Temporary(password, valid_until, version)


async def rehash(work: UnitOfWork, account_id: UUID, password: str) -> None:
    """Keep the same password by today's parameters."""
    kept = await passwords.hashed(password)
    await work.connection.execute(
        update(credential).where(credential.c.account_id == account_id).values(password_hash=kept)
    )


async def _changed(work: UnitOfWork, account_id: UUID, **values: object) -> int:
    version: int = (
        await work.connection.execute(
            update(credential)
            .where(credential.c.account_id == account_id)
            .values(version=credential.c.version + 1, **values)
            .returning(credential.c.version)
        )
    ).scalar_one()
    return version
