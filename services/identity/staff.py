"""The office's people."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import insert, select, update

from services.chassis.errors import Refused
from services.chassis.storage.unit_of_work import UnitOfWork
from services.identity import credentials, passwords
from services.identity.refusals import reasons
from services.identity.tables import clerk, credential

Role = Literal["clerk", "admin"]
"""`clerk` works with customers' matters; `admin` also looks after the office itself (parked messages, staff)."""


@dataclass(frozen=True)
class Hired:
    """A clerk who was added, and the temporary password when one was made."""

    clerk_id: UUID
    temporary_password: str | None


async def add(
    work: UnitOfWork, *, login: str, name: str, roles: tuple[Role, ...], password: str | None, must_change: bool
) -> Hired:
    """Let a clerk work in the office; without `password` a temporary one is made, which must be changed.

    `Refused` with `login_taken` when somebody has this login.
    """
    made = None if password else passwords.temporary()
    clerk_id = await credentials.create(
        work,
        "office",
        login,
        password or made or "",
        must_change=must_change or made is not None,
        expires_at=credentials.temporary_until(work) if made else None,
    )
    if clerk_id is None:
        raise Refused(reasons.error("login_taken", "login", login=login))
    await work.connection.execute(insert(clerk).values(clerk_id=clerk_id, name=name, roles=list(roles), active=True))
    return Hired(clerk_id, made)


async def reset(work: UnitOfWork, login: str, *, reactivate: bool = False) -> str:
    """Issue a new temporary password to a clerk, whose sessions end; the password, for the administrator to hand over.

    `Refused` with `unknown_login`, or with `inactive` when the clerk was deactivated and `reactivate` is not set.
    """
    clerk_id, active = await _of_login(work, login)
    if not active and not reactivate:
        raise Refused(reasons.error("inactive", "login", login=login))
    await _set_active(work, clerk_id, active=True)
    return (await credentials.renew(work, clerk_id)).password


async def deactivate(work: UnitOfWork, login: str) -> None:
    """Let a clerk in no more. The sessions end, and the password is worth nothing even if the clerk comes back.

    `Refused` with `unknown_login`.
    """
    clerk_id, _ = await _of_login(work, login)
    await _set_active(work, clerk_id, active=False)
    await credentials.renew(work, clerk_id)  # nobody is told the new one


async def active_name(work: UnitOfWork, clerk_id: UUID) -> str | None:
    """The name of a clerk who may work today, or None."""
    name: str | None = await work.connection.scalar(
        select(clerk.c.name).where(clerk.c.clerk_id == clerk_id, clerk.c.active)
    )
    return name


async def _of_login(work: UnitOfWork, login: str) -> tuple[UUID, bool]:
    key = credentials.identifier_key(login)
    found = await work.connection.execute(
        select(clerk.c.clerk_id, clerk.c.active)
        .join(credential)
        .where(credential.c.audience == "office", credential.c.identifier_key == key)
    )
    row = found.first()
    if row is None:
        raise Refused(reasons.error("unknown_login", "login", login=login))
    return row.clerk_id, row.active


async def _set_active(work: UnitOfWork, clerk_id: UUID, *, active: bool) -> None:
    await work.connection.execute(update(clerk).where(clerk.c.clerk_id == clerk_id).values(active=active))
