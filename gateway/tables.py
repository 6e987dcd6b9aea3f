"""What the tables of all rooms share: the metadata that holds them, and columns that many have."""

from typing import Any

from sqlalchemy import Column, DateTime, Integer, MetaData, Numeric

metadata = MetaData()
"""All tables of the gateway, whichever subject they belong to."""

money = Numeric(14, 2)
"""PLN."""

quantity = Numeric(14, 3)
"""In the unit of its meter."""

moment = DateTime(timezone=True)
"""UTC."""


def version() -> Column[int]:
    """The newest version that was projected into the row; an older event changes nothing."""
    return Column("version", Integer, nullable=False)


def told(version: str, *columns: Column[Any]) -> tuple[Column[Any], ...]:
    """The `columns` that one of several events tells of a row, and the column `version` with its newest version.

    All of them are empty until that event has come: events come in any order, so any may be the first to make the row.
    """
    group = (*columns, Column(version, Integer))
    for column in group:
        column.info["version"] = version
    return group


RETIRED = "retired"


def retired(column: Column[Any]) -> Column[Any]:
    """A column that no projection writes any more, so that the next release may drop it while this one still works."""
    column.info[RETIRED] = True
    return column
