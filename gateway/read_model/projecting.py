"""How an event becomes a row of the read model: inserted, or updated when the event is newer than the row."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy import Column, Table
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.message import Event


class Projects:
    """The projection of one kind of event into one table: a column holds the event's field of the same name.

    `columns` names the field of a column that is called otherwise, with a dot where it is in a part of the event:
    `{"street": "address.street"}`. Raises `TypeError` when a column of the table has no such field.
    """

    def __init__(
        self,
        event: type[Event],
        table: Table,
        columns: Mapping[str, str] | None = None,
        *,
        told_again: bool = True,
    ) -> None:
        self.event = event
        self.table = table
        self.told_again = told_again
        """Whether the event's owner can tell it again, so that `ebok replay` may empty the table."""
        named = columns or {}
        self._values = {column.name: _value(event, named.get(column.name, column.name), column) for column in table.c}
        self._upsert = _newer_wins(table)

    async def __call__(self, events: Sequence[Event], connection: AsyncConnection) -> None:
        """Write one row for each of `events`; an older version than the row's changes nothing."""
        rows = [{name: value(event) for name, value in self._values.items()} for event in events]
        await connection.execute(self._upsert, rows)


def _newer_wins(table: Table) -> Any:
    keys = list(table.primary_key.columns)
    put = insert(table)
    changes = {column.name: put.excluded[column.name] for column in table.c if not column.primary_key}
    return put.on_conflict_do_update(index_elements=keys, set_=changes, where=table.c.version < put.excluded.version)


def _value(event: type[Event], field: str, column: Column[Any]) -> Callable[[Event], Any]:
    first = field.partition(".")[0]
    if first not in event.model_fields:
        raise TypeError(f"{event.__name__} has no field {first} for the column {column.table.name}.{column.name}")
    get = attrgetter(field)
    if isinstance(column.type, JSONB):
        return lambda one: to_jsonable_python(get(one))
    return get
