"""The customer's scope: the one place that decides whose data a page may show."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg

from gateway.web.sessions import Session

OWNED = "ANY($1)"
"""What every query in a customer's scope compares its `party_id` with."""


class Customer:
    """A customer who is logged in, and the only way from a customer's page to the read model.

    Every query must compare a `party_id` with `ANY($1)`, which the scope binds to the parties that the account may act
    for; the caller's arguments begin at `$2`. So somebody else's id finds nothing, and the page answers 404.
    """

    def __init__(self, session: Session, pool: asyncpg.Pool) -> None:
        if session.party_id is None:
            raise ValueError("a clerk is no customer")
        self.account_id: UUID = session.account_id
        self.party_id: UUID = session.party_id
        self.identifier: str = session.identifier
        self.name: str = session.name
        self.balance: Decimal = session.balance
        self.balance_on: date = session.balance_on
        self.must_change_password: bool = session.must_change_password
        self.data_updated_at: datetime | None = session.data_updated_at
        self._parties = [session.party_id]
        self._pool = pool

    async def fetch(self, query: str, *arguments: Any) -> Sequence[asyncpg.Record]:
        """The rows of `query` that are the customer's own."""
        scoped = _scoped(query)
        return await self._pool.fetch(scoped, self._parties, *arguments)  # type: ignore[no-any-return]

    async def fetch_one(self, query: str, *arguments: Any) -> asyncpg.Record | None:
        """The one row of `query`, if it is the customer's own."""
        scoped = _scoped(query)
        return await self._pool.fetchrow(scoped, self._parties, *arguments)


def _scoped(query: str) -> str:
    if OWNED not in query:
        raise ValueError(f"a query in a customer's scope must compare a party_id with {OWNED}")
    return query
