"""Accepted readings: stored once, in the order of their days, told to everybody."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Any, cast
from uuid import UUID

from sqlalchemy import ColumnElement, Date, Row, Uuid, bindparam, func, insert, select
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.message import Medium, Unit
from contracts.metering import ReadingAccepted, ReadingSource
from services.chassis.ids import stable_id
from services.metering.meters import Meter
from services.metering.rules import Reading
from services.metering.tables import meter, reading

REMEMBERED = 60
"""Readings of a meter that the rules look at: five years of monthly ones."""


@dataclass(frozen=True, slots=True)
class Accepted:
    """A reading that has just become its meter's last one, `previous` being the one before it."""

    of: Meter
    reading: Reading
    previous: Reading | None
    version: int

    @property
    def reading_id(self) -> UUID:
        """One meter has one reading a day, so the two name it."""
        return stable_id("reading", str(self.of.meter_id), self.reading.read_on.isoformat())

    def event(self, *, submitted: bool = False) -> ReadingAccepted:
        """The event that tells it; `submitted` when a customer has just given it."""
        return ReadingAccepted(
            reading_id=self.reading_id,
            meter_id=self.of.meter_id,
            meter_number=self.of.number,
            service_point=self.of.service_point,
            medium=self.of.medium,
            unit=self.of.unit,
            value=self.reading.value,
            read_on=self.reading.read_on,
            source=self.reading.source,
            previous_value=self.previous.value if self.previous else None,
            previous_read_on=self.previous.read_on if self.previous else None,
            version=self.version,
            submitted=submitted,
        )


@dataclass(frozen=True, slots=True)
class Last:
    """A meter's last reading and its number."""

    reading: Reading
    version: int


async def of_meter(connection: AsyncConnection, meter_id: UUID) -> tuple[list[Reading], int]:
    """The meter's last readings in the order of their days, and the number of the last one (0 without any)."""
    latest = select(reading).where(reading.c.meter_id == meter_id).order_by(reading.c.read_on.desc()).limit(REMEMBERED)
    rows = (await connection.execute(latest)).all()
    return [_reading(row) for row in reversed(rows)], rows[0].version if rows else 0


async def last_of(connection: AsyncConnection, meter_ids: Iterable[UUID]) -> dict[UUID, Last]:
    """The last reading of each meter that has one."""
    latest = (
        select(reading)
        .distinct(reading.c.meter_id)
        .where(reading.c.meter_id.in_(set(meter_ids)))
        .order_by(reading.c.meter_id, reading.c.read_on.desc())
    )
    return {row.meter_id: Last(_reading(row), row.version) for row in await connection.execute(latest)}


async def first_days(connection: AsyncConnection, meter_ids: Iterable[UUID]) -> dict[UUID, date]:
    """The day of each meter's first reading."""
    first = (
        select(reading.c.meter_id, func.min(reading.c.read_on).label("read_on"))
        .where(reading.c.meter_id.in_(set(meter_ids)))
        .group_by(reading.c.meter_id)
    )
    return {row.meter_id: row.read_on for row in await connection.execute(first)}


async def known(connection: AsyncConnection, days: Sequence[tuple[UUID, date]]) -> dict[tuple[UUID, date], Decimal]:
    """The registers that are stored for these meters on these days."""
    wanted = (
        func.unnest(
            bindparam("meter_ids", [meter_id for meter_id, _ in days], ARRAY(Uuid)),
            bindparam("days", [day for _, day in days], ARRAY(Date)),
        )
        .table_valued("meter_id", "read_on")
        .render_derived()
    )
    found = select(reading.c.meter_id, reading.c.read_on, reading.c.value).join(
        wanted, (reading.c.meter_id == wanted.c.meter_id) & (reading.c.read_on == wanted.c.read_on)
    )
    return {(row.meter_id, row.read_on): row.value for row in await connection.execute(found)}


async def store(connection: AsyncConnection, accepted: Sequence[Accepted], now: datetime) -> None:
    """Insert `accepted`; the meters must be locked in this transaction."""
    if not accepted:
        return
    await connection.execute(
        insert(reading),
        [
            {
                "reading_id": each.reading_id,
                "meter_id": each.of.meter_id,
                "read_on": each.reading.read_on,
                "value": each.reading.value,
                "source": each.reading.source,
                "version": each.version,
                "accepted_at": now,
            }
            for each in accepted
        ],
    )


async def history(connection: AsyncConnection) -> AsyncIterator[ReadingAccepted]:
    """Every reading, each meter's in the order of their days."""
    everything = (
        select(
            reading,
            meter.c.number,
            meter.c.service_point,
            meter.c.medium,
            meter.c.unit,
            _before(reading.c.value).label("previous_value"),
            _before(reading.c.read_on).label("previous_read_on"),
        )
        .join(meter, meter.c.meter_id == reading.c.meter_id)
        .order_by(reading.c.meter_id, reading.c.read_on)
    )
    async with connection.stream(everything) as rows:
        async for row in rows:
            yield ReadingAccepted(
                reading_id=row.reading_id,
                meter_id=row.meter_id,
                meter_number=row.number,
                service_point=row.service_point,
                medium=cast(Medium, row.medium),
                unit=cast(Unit, row.unit),
                value=row.value,
                read_on=row.read_on,
                source=cast(ReadingSource, row.source),
                previous_value=row.previous_value,
                previous_read_on=row.previous_read_on,
                version=row.version,
            )


def _before(column: ColumnElement[Any]) -> ColumnElement[Any]:
    """The column's value in the meter's reading before."""
    return func.lag(column).over(partition_by=reading.c.meter_id, order_by=reading.c.read_on)


def _reading(row: Row[tuple[object, ...]]) -> Reading:
    return Reading(read_on=row.read_on, value=row.value, source=cast(ReadingSource, row.source))
