"""Numbers of documents without gaps: a counter for each series, held until the document is committed."""

from datetime import date

from sqlalchemy import Table, bindparam
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.chassis import numbering
from services.chassis.numbering import NumberPattern


class Serials:
    """The counters in a service's `table`, which has the columns `series` (its key) and `last`."""

    def __init__(self, table: Table) -> None:
        self._count = (
            insert(table)
            .values(series=bindparam("series"), last=1)
            .on_conflict_do_update(index_elements=[table.c.series], set_={"last": table.c.last + 1})
            .returning(table.c.last)
        )

    async def next_number(self, connection: AsyncConnection, pattern: NumberPattern, on: date) -> str:
        """The number of the next document that is issued on the local date `on`, as `pattern` writes it.

        Others who number in the same series wait until this transaction ends: take the number late.
        """
        serial = (await connection.execute(self._count, {"series": numbering.series(pattern, on)})).scalar_one()
        return numbering.number(pattern, on, serial)
