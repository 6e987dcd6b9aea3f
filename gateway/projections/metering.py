"""Meters and readings, as the pages show them."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.metering import MeterRecorded, ReadingAccepted
from gateway import tables
from gateway.projections.upserting import upsert


async def meters(events: Sequence[MeterRecorded], connection: AsyncConnection) -> None:
    columns = {"meter_id", "number", "service_point", "medium", "unit", "version"}
    rows = [
        {**event.model_dump(include=columns), "street": event.address.street, "city": event.address.city}
        for event in events
    ]
    await upsert(connection, tables.meter, rows)


async def readings(events: Sequence[ReadingAccepted], connection: AsyncConnection) -> None:
    columns = {
        "reading_id",
        "meter_id",
        "value",
        "read_on",
        "source",
        "previous_value",
        "previous_read_on",
        "version",
    }
    await upsert(connection, tables.reading, [event.model_dump(include=columns) for event in events])
