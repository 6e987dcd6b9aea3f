"""How events become rows of the read model: inserted, or updated when the event is newer than what the row holds.

Two gateways may write at the same time: tables are written in the order in which `gateway.projections` names them and
rows in the order of their keys, so that no two wait for each other.
"""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from operator import attrgetter
from typing import Any

from pydantic_core import to_jsonable_python
from sqlalchemy import Column, Insert, Table, false, or_
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.message import Event
from gateway.read_model.children import Children
from gateway.tables import RETIRED

Row = dict[str, Any]
Value = Callable[[Any], Any]
"""What makes a column's value from an event."""

REMOVED = "removed"
"""The column that says that a thing is gone. Its row stays for its version: an older event does not bring it back."""


class Source:
    """A kind of event that a table holds: a column holds the event's field of the same name.

    `columns` names the field of a column that is called otherwise, with a dot where it is in a part of the event:
    `{"street": "address.street"}`. `without` names nullable columns of which the event tells nothing, as the older of
    two versions does of what the newer one brought: they become empty. `version` names the column of this event's
    newest version. Where several events make one row, each fills the columns that are `told` under its version, and
    those that are told under none.
    `children` are what the event lists of the row, in a table of their own.
    """

    def __init__(
        self,
        event: type[Event],
        columns: Mapping[str, str] | None = None,
        *,
        without: Collection[str] = (),
        version: str = "version",
        children: Children | None = None,
    ) -> None:
        self.event = event
        self.version = version
        self.children = children
        self.without = set(without)
        self._fields = {version: "version", **(columns or {})}

    def values(self, table: Table) -> Mapping[str, Value]:
        """The columns of `table` that the event fills.

        Raises `TypeError` when the event lacks a column's field, and when a column that it is `without` is not there,
        may not be empty, or is retired.
        """
        if wrong := [name for name in self.without if name not in table.c or not table.c[name].nullable]:
            left = ", ".join(wrong)
            raise TypeError(f"{table.name} has no nullable column {left} for {self.event.__name__} to leave")
        if gone := [name for name in self.without if RETIRED in table.c[name].info]:
            raise TypeError(f"{table.name} has {', '.join(gone)} retired: take it out of `without`")
        mine = [column for column in _written(table) if column.info.get("version", self.version) == self.version]
        return {column.name: self._value(column) for column in mine}

    def _value(self, column: Column[Any]) -> Value:
        if column.name == REMOVED:
            return lambda _event: False
        if column.name in self.without:
            return lambda _event: None
        field = self._fields.get(column.name, column.name)
        if field.partition(".")[0] not in self.event.model_fields:
            raise TypeError(f"{self.event.__name__} has no field {field} for the column {column}")
        get = attrgetter(field)
        return (lambda event: to_jsonable_python(get(event))) if isinstance(column.type, JSONB) else get


class Removal(Source):
    """The event that ends a thing: what the row held is emptied, and its column `removed` is true.

    A table with removals has all its columns but the key `told`, since a removal may come first; queries and views show
    what is not `removed`.
    """

    def _value(self, column: Column[Any]) -> Value:
        if column.name == REMOVED:
            return lambda _event: True
        if column.name == self.version or "version" not in column.info:
            return super()._value(column)
        return lambda _event: None


class Projects:
    """The projection of one or several kinds of events into one table.

    `told_again` is whether their owner can tell them again, so that `ebok replay` may empty the table. Raises
    `TypeError` when a source lacks a column's field, when no source fills a column, and when the sources belong to
    several owners.
    """

    def __init__(self, table: Table, *sources: Source, told_again: bool = True) -> None:
        self.table = table
        self.told_again = told_again
        self.events: Collection[type[Event]] = [source.event for source in sources]
        self._writers = [_Writer(source, table) for source in sources]
        self._keys = [column.name for column in table.primary_key.columns]
        self._shared = [column.name for column in _written(table) if "version" not in column.info]
        self._claim = insert(table).on_conflict_do_update(
            index_elements=self._keys, set_={key: table.c[key] for key in self._keys}, where=false()
        )
        filled = (writer.values.keys() - source.without for writer, source in zip(self._writers, sources, strict=True))
        if unfilled := {column.name for column in _written(table)}.difference(*filled):
            raise TypeError(f"no event fills {', '.join(sorted(unfilled))} of {table.name}: retire what is to go")
        if len({event.owner() for event in self.events}) != 1:
            raise TypeError(f"{table.name} would be told by several services, so none could tell it again")

    @property
    def owner(self) -> str:
        """The service that tells what is in the table."""
        return next(event.owner() for event in self.events)

    @property
    def tables(self) -> Sequence[Table]:
        """The table, and those of its children."""
        return (self.table, *(writer.children.table for writer in self._writers if writer.children))

    async def __call__(self, events: Sequence[Event], connection: AsyncConnection) -> None:
        """Write what `events` tell; an older version than the row's changes nothing."""
        batches = [(writer, mine) for writer in self._writers if (mine := writer.own(events))]
        if len(batches) > 1:
            await self._lock([writer.row(event) for writer, mine in batches for event in mine], connection)
        for writer, mine in batches:
            await connection.execute(writer.upsert, self._in_order(map(writer.row, mine)))
        for writer, mine in batches:
            if writer.children:
                await writer.children.replace(mine, connection)

    async def _lock(self, rows: Sequence[Row], connection: AsyncConnection) -> None:
        """Lock all rows in one order, and make those that are not there yet: a row may be in several batches."""
        stubs = [{name: row[name] for name in self._shared} for row in rows]
        await connection.execute(self._claim, self._in_order(stubs))

    def _in_order(self, rows: Iterable[Row]) -> list[Row]:
        return sorted(rows, key=lambda row: [row[key] for key in self._keys])


def _written(table: Table) -> list[Column[Any]]:
    return [column for column in table.c if RETIRED not in column.info and column.computed is None]


class _Writer:
    """Writes what one source tells of a table's rows."""

    def __init__(self, source: Source, table: Table) -> None:
        self.values = source.values(table)
        self.upsert = _newer_wins(table, table.c[source.version], self.values)
        self.children = source.children.of(table, source.version) if source.children else None
        self._event = source.event

    def own(self, events: Sequence[Event]) -> Sequence[Event]:
        """Those of `events` that the source is about."""
        return [event for event in events if type(event) is self._event]

    def row(self, event: Event) -> Row:
        """What `event` tells of a row, by column."""
        return {name: value(event) for name, value in self.values.items()}


def _newer_wins(table: Table, version: Column[Any], filled: Collection[str]) -> Insert:
    put = insert(table)
    newer = version < put.excluded[version.name]
    return put.on_conflict_do_update(
        index_elements=list(table.primary_key.columns),
        set_={name: put.excluded[name] for name in filled if not table.c[name].primary_key},
        where=or_(version.is_(None), newer) if version.nullable else newer,
    )
