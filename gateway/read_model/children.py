"""Lists within an event as rows of a table of their own: the newest event's list replaces what was there."""

from collections.abc import Callable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from sqlalchemy import Table, bindparam, delete, exists, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.message import Event

PLACE = "place"
"""The column that numbers the rows of one parent, from 1; with the parent's key it is the primary key."""


class Children:
    """The rows of `table` that the event lists in its field `listed`, a row each: a column holds the item's field.

    The table's primary key is that of the parent and `place`. Without `listed`, as of a removal, there are none.
    """

    def __init__(self, table: Table, listed: str = "") -> None:
        self.table = table
        self.listed: Callable[[Any], Sequence[Any]] = attrgetter(listed) if listed else lambda _event: ()

    def of(self, parent: Table, version: str) -> "ChildRows":
        """The same, below the rows of `parent`, whose column `version` says whose list counts."""
        return ChildRows(self.table, self.listed, parent, version)


class ChildRows:
    """Writes the children of a parent's rows, after the parent's rows are written and locked."""

    def __init__(self, table: Table, listed: Callable[[Any], Sequence[Any]], parent: Table, version: str) -> None:
        self.table = table
        self._listed = listed
        self._keys = [column.name for column in parent.primary_key.columns]
        names = [column.name for column in table.c]
        self._fields = [name for name in names if name not in (*self._keys, PLACE)]
        # Only of the newest event: an older one, or the older of two in a batch, finds another version in its parent.
        its_parent = [parent.c[key] == bindparam(f"its_{key}", type_=parent.c[key].type) for key in self._keys]
        counts = exists().where(*its_parent, parent.c[version] == bindparam("its_version"))
        own = [table.c[key] == bindparam(f"its_{key}", type_=table.c[key].type) for key in self._keys]
        self._delete = delete(table).where(*own, counts)
        values = select(*(bindparam(name, type_=table.c[name].type) for name in names)).where(counts)
        self._insert = insert(table).from_select(names, values).on_conflict_do_nothing()

    async def replace(self, events: Sequence[Event], connection: AsyncConnection) -> None:
        """Let the lists of `events` be the children of their parents, where no newer event was before."""
        parents = {id(event): self._parent(event) for event in events}
        await connection.execute(self._delete, list(parents.values()))
        rows = [
            {
                **parents[id(event)],
                **{key: getattr(event, key) for key in self._keys},
                **{field: getattr(item, field) for field in self._fields},
                PLACE: place,
            }
            for event in events
            for place, item in enumerate(self._listed(event), start=1)
        ]
        if rows:
            await connection.execute(self._insert, rows)

    def _parent(self, event: Event) -> Mapping[str, object]:
        return {**{f"its_{key}": getattr(event, key) for key in self._keys}, "its_version": event.version}
