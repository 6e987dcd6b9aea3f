"""A clerk who is logged in, and the audit log of what clerks look at and decide."""

from collections.abc import Sequence
from datetime import datetime
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

_NOTE = Query("""
    WITH looked AS (
        INSERT INTO last_look (at, clerk_id, about_id)
        SELECT $1::timestamptz, $2::uuid, $4::uuid WHERE $4::uuid IS NOT NULL
        ON CONFLICT (about_id, clerk_id) DO UPDATE SET at = excluded.at
    )
    INSERT INTO audit (at, clerk_id, action, about_id, correlation_id) VALUES ($1, $2, $3, $4, $5)
""")


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
