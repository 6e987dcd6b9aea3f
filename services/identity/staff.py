"""The office's people."""

from dataclasses import dataclass
from typing import Literal
from uuid import UUID

from sqlalchemy import insert, select

from contracts.reply import FieldError
from services.chassis.errors import Refused
from services.chassis.unit_of_work import UnitOfWork
from services.identity import credentials, passwords
from services.identity.tables import clerk

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
        raise Refused("login_taken", FieldError(field="login", text=f"Login {login} jest już zajęty. Wybierz inny."))
    await work.connection.execute(insert(clerk).values(clerk_id=clerk_id, name=name, roles=list(roles), active=True))
    return Hired(clerk_id, made)


async def active_name(work: UnitOfWork, clerk_id: UUID) -> str | None:
    """The name of a clerk who may work today, or None."""
    name: str | None = await work.connection.scalar(
        select(clerk.c.name).where(clerk.c.clerk_id == clerk_id, clerk.c.active)
    )
    return name
