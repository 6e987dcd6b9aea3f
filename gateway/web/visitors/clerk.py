"""A clerk who is logged in, and the audit log of what clerks look at and decide."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Literal
from uuid import UUID

import asyncpg

from gateway.read_model.queries import Query
from gateway.rights import Right, rights_of
from gateway.web.visitors.scoped import ScopedConnection
from gateway.web.visitors.sessions import Session

Action = Literal[
    "applications.listed",
    "application.viewed",
    "application.accept",
    "application.reject",
    "failures.listed",
    "mail.retry",
    "mail.drop",
    "document.retry",
    "page.refused",
]
"""What a clerk looks at or asks for. It is noted before it is done, so that nothing is done without a trace.

`page.refused`: a page that the clerk has no right to; the log line of the same correlation id names it.
"""

LOOKING = timedelta(minutes=10)
"""How long after opening something a clerk is taken to look at it."""

# Of a clerk who has logged out meanwhile there is no session, and no look.
_LOOKS = Query("""
    SELECT DISTINCT ON (looked.about_id) looked.about_id, looked.at, seen.name
    FROM audit looked
    CROSS JOIN LATERAL (
        SELECT name FROM session WHERE account_id = looked.clerk_id AND audience = 'office' LIMIT 1
    ) seen
    WHERE looked.about_id = ANY ($1) AND looked.action = $2 AND looked.at > $3 AND looked.clerk_id <> $4
    ORDER BY looked.about_id, looked.at DESC
""")
_NOTE = Query("INSERT INTO audit (at, clerk_id, action, about_id, correlation_id) VALUES ($1, $2, $3, $4, $5)")


@dataclass(frozen=True, slots=True)
class Look:
    """Another clerk who has something open, since so many whole minutes."""

    clerk: str
    minutes: int


class Clerk:
    """A clerk with roles; reads the whole read model, and leaves a trace."""

    def __init__(self, session: Session, connection: ScopedConnection) -> None:
        self.account_id: UUID = session.account_id
        self.identifier: str = session.identifier
        self.name: str = session.name
        self.roles: tuple[str, ...] = session.roles
        self._rights = rights_of(session.roles)
        self.must_change_password: bool = session.must_change_password
        self.data_updated_at: datetime | None = session.data_updated_at
        self._waiting = session.waiting
        self._connection = connection

    def may(self, right: Right) -> bool:
        """Whether one of the clerk's roles gives the right."""
        return right in self._rights

    def waiting(self, right: Right) -> int:
        """How many things wait for somebody with the right, as of the beginning of the visit."""
        return self._waiting.get(right, 0)

    async def fetch(self, query: Query, *arguments: Any) -> Sequence[asyncpg.Record]:
        """The rows of `query`."""
        return await self._connection.fetch(query, *arguments)

    async def fetch_one(self, query: Query, *arguments: Any) -> asyncpg.Record | None:
        """The one row of `query`, if there is one."""
        return await self._connection.fetch_one(query, *arguments)

    async def note(self, action: Action, about: UUID | None, *, now: datetime, correlation_id: str) -> None:
        """Write into the audit log that the clerk does `action` to the thing `about`, or to many."""
        await self._connection.run(_NOTE, now, self.account_id, action, about, correlation_id)

    async def others(self, action: Action, about: Sequence[UUID], now: datetime) -> Mapping[UUID, Look]:
        """Which other clerk did `action` last to each of the things `about`, within the time of `LOOKING`."""
        rows = await self._connection.fetch(_LOOKS, about, action, now - LOOKING, self.account_id)
        return {row["about_id"]: Look(row["name"], (now - row["at"]) // timedelta(minutes=1)) for row in rows}
