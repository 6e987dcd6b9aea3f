"""The one way in which a projection writes: insert, or update when the event is newer than the row."""

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Table
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection


async def upsert(connection: AsyncConnection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Write `rows` (all with the same columns, `version` among them); an older version changes nothing."""
    keys = list(table.primary_key.columns)
    statement = insert(table)
    changes = {name: statement.excluded[name] for name in rows[0] if name not in {key.name for key in keys}}
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=keys, set_=changes, where=table.c.version < statement.excluded.version
        ),
        rows,
    )
