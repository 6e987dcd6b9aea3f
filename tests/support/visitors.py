"""Customers who look at a gateway's read model, without a browser."""

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Self
from uuid import UUID

from gateway.read_model.scope import Scope
from gateway.web.visitors.customer import Customer
from gateway.web.visitors.pools import Pools, open_pools
from gateway.web.visitors.scoped import ScopedConnection
from gateway.web.visitors.sessions import Session
from services.chassis.process import Process


class Visitors:
    """People at the customers' door; each keeps a connection until all leave."""

    def __init__(self, pools: Pools) -> None:
        self.pools = pools
        self._connections: dict[Scope, ScopedConnection] = {}

    @classmethod
    @asynccontextmanager
    async def of(cls, gateway: Process) -> AsyncIterator[Self]:
        """Visitors of a gateway's database, until the end of the block."""
        async with open_pools(gateway.settings.database_url) as pools:
            visitors = cls(pools)
            try:
                yield visitors
            finally:
                for connection in visitors._connections.values():
                    await connection.release()

    def connection(self, scope: Scope) -> ScopedConnection:
        """A connection that sees what is in `scope`."""
        return self._connections.setdefault(scope, ScopedConnection(self.pools.customer, scope))

    def customer(self, party_id: UUID, scope: Scope | None = None) -> Customer:
        """A customer of the party, or of all that is in `scope`."""
        session = Session(
            account_id=party_id,
            audience="customer",
            identifier="100001",
            name="Anna Żółć",
            roles=(),
            party_id=party_id,
            must_change_password=False,
            balance=Decimal(0),
            balance_on=date(2026, 11, 22),
            data_updated_at=datetime(2026, 11, 22, tzinfo=UTC),
        )
        return Customer(session, self.connection(scope or Scope((party_id,))))
