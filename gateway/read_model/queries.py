"""The SQL of the gateway's pages: each text is a `Query`, which a test prepares once on the real tables."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, TypeAlias

import asyncpg

Connection: TypeAlias = "asyncpg.Connection | asyncpg.Pool"


@dataclass(frozen=True, slots=True)
class Query:
    """A statement, held by a constant of its module; arguments begin at `$1`."""

    text: str

    async def fetch(self, connection: Connection, *arguments: Any) -> Sequence[asyncpg.Record]:
        """The rows."""
        rows: list[asyncpg.Record] = await connection.fetch(self.text, *arguments)
        return rows

    async def fetch_one(self, connection: Connection, *arguments: Any) -> asyncpg.Record | None:
        """The first row, if there is one."""
        return await connection.fetchrow(self.text, *arguments)

    async def run(self, connection: Connection, *arguments: Any) -> None:
        """Carry it out; it returns nothing."""
        await connection.execute(self.text, *arguments)
