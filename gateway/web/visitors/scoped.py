"""A visit's connection to the read model, which sees only what the visitor may see."""

import asyncio
import contextlib
from collections.abc import Sequence
from typing import Any, Self

import asyncpg

from gateway.read_model.queries import Query
from gateway.read_model.scope import NOBODY, Scope
from services.chassis.storage.database import is_away

SECONDS = 10.0
"""How long a visit waits for a free connection, and for one query."""

GIVING_BACK_SECONDS = 1.0
"""How long the database may take to end a query that was given up, before its connection is thrown away."""

_ACT_FOR = Query("SELECT act_for($1, $2)")


class ScopedConnection:
    """One connection of `pool` for all that a visit asks; as an async context manager it is given back at the end.

    It is taken at the first query, and again after `release`. Whoever had it before: taking it sets the scope anew.
    """

    def __init__(self, pool: asyncpg.Pool, scope: Scope = NOBODY) -> None:
        self.scope = scope
        self._pool = pool
        self._taken: asyncpg.pool.PoolConnectionProxy | None = None

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.release()

    async def enter(self, query: Query, *arguments: Any) -> asyncpg.Record:
        """Take the connection by a query that itself calls `act_for`, in one round trip; the query's one row."""
        row = await self._first(query, *arguments)
        if row is None:
            raise RuntimeError("a query that sets the scope must return a row, so that it is always set")
        return row

    async def fetch(self, query: Query, *arguments: Any) -> Sequence[asyncpg.Record]:
        """The rows of `query` that are in the scope."""
        return await query.fetch(await self._scoped(), *arguments)

    async def fetch_one(self, query: Query, *arguments: Any) -> asyncpg.Record | None:
        """The first row of `query` that is in the scope."""
        return await query.fetch_one(await self._scoped(), *arguments)

    async def run(self, query: Query, *arguments: Any) -> None:
        """Carry `query` out within the scope."""
        await query.run(await self._scoped(), *arguments)

    async def release(self) -> None:
        """Give the connection back: at the end of the visit, and before it waits for something else."""
        taken, self._taken = self._taken, None
        if taken is not None:
            with contextlib.suppress(TimeoutError):  # the pool has ended the connection and opens another
                await self._pool.release(taken, timeout=GIVING_BACK_SECONDS)

    async def _scoped(self) -> asyncpg.pool.PoolConnectionProxy:
        if self._taken is None:
            await self._first(_ACT_FOR, *self.scope.arguments)
        return self._taken

    async def _first(self, query: Query, *arguments: Any) -> asyncpg.Record | None:
        """Take the connection by a query that sets the scope; when it fails, nobody asks through the connection.

        Tried twice: after a restart of the database the pool learns from the first fault that its connection ended.
        """
        try:
            return await self._take(query, *arguments)
        except Exception as error:
            if isinstance(error, TimeoutError) or not is_away(error):
                raise
            return await self._take(query, *arguments)

    async def _take(self, query: Query, *arguments: Any) -> asyncpg.Record | None:
        await self.release()
        async with asyncio.timeout(SECONDS):  # the pool's own time-out would make a task of it
            self._taken = await self._pool.acquire()
        try:
            return await query.fetch_one(self._taken, *arguments)
        except BaseException:
            await self.release()
            raise
