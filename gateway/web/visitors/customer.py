"""A customer who is logged in, with a connection that sees only the customer's own rows."""

from collections.abc import Sequence
from datetime import date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg

from gateway.read_model.queries import Query
from gateway.web.visitors.scoped import ScopedConnection
from gateway.web.visitors.sessions import Session


class Customer:
    """A customer who is logged in, and the only way from a customer's page to the read model.

    The connection's scope decides what queries find, so somebody else's id finds nothing, and the page answers 404.
    """

    def __init__(self, session: Session, connection: ScopedConnection) -> None:
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
        self._connection = connection

    async def fetch(self, query: Query, *arguments: Any) -> Sequence[asyncpg.Record]:
        """The rows of `query` that are the customer's own."""
        return await self._connection.fetch(query, *arguments)

    async def fetch_one(self, query: Query, *arguments: Any) -> asyncpg.Record | None:
        """The one row of `query`, if it is the customer's own."""
        return await self._connection.fetch_one(query, *arguments)
