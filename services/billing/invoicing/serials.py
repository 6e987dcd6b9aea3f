"""Counters of document numbers without gaps."""

from sqlalchemy import bindparam
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.billing.invoicing.tables import invoice_serial

_count = (
    insert(invoice_serial)
    .values(series=bindparam("series"), last=1)
    .on_conflict_do_update(index_elements=[invoice_serial.c.series], set_={"last": invoice_serial.c.last + 1})
    .returning(invoice_serial.c.last)
)


async def next_serial(connection: AsyncConnection, series: str) -> int:
    """The next number of `series`, from 1. Others wait for it until the transaction ends: take it late."""
    serial: int = (await connection.execute(_count, {"series": series})).scalar_one()
    return serial
