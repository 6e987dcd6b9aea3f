"""Meters: what stands at a service point and in which unit it counts."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import cast
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.message import Address, Medium, Unit
from contracts.metering import MeterRecorded
from services.chassis.ids import stable_id
from services.metering.tables import meter

UNIT_OF: dict[Medium, Unit] = {"heat": "GJ", "water": "m3"}
"""The unit in which a medium is settled: heat in GJ, water and sewage in m3."""


@dataclass(frozen=True, slots=True)
class Meter:
    """A meter by its factory number; `service_point` is where it stands now."""

    number: str
    service_point: str
    medium: Medium
    unit: Unit
    street: str
    postal_code: str
    city: str
    installed_on: date
    legalized_until: date | None
    version: int = 1

    @property
    def meter_id(self) -> UUID:
        """The same number always gives the same id, so a file can be loaded twice."""
        return stable_id("meter", self.number)

    @property
    def place(self) -> tuple[str, Medium]:
        """Where it stands and what it measures there."""
        return self.service_point, self.medium

    def recorded(self) -> MeterRecorded:
        """The event that tells the meter's whole state."""
        return MeterRecorded(
            meter_id=self.meter_id,
            number=self.number,
            service_point=self.service_point,
            medium=self.medium,
            unit=self.unit,
            address=Address(street=self.street, postal_code=self.postal_code, city=self.city),
            installed_on=self.installed_on,
            legalized_until=self.legalized_until,
            version=self.version,
        )


async def locked(connection: AsyncConnection, meter_id: UUID) -> Meter | None:
    """The meter, locked until the transaction ends: one reading of it is checked at a time."""
    row = (await connection.execute(select(meter).where(meter.c.meter_id == meter_id).with_for_update())).first()
    return _meter(row) if row else None


async def locked_by_number(connection: AsyncConnection, numbers: Iterable[str]) -> dict[str, Meter]:
    """Those of `numbers` that exist, locked in one order so that two imports cannot wait for each other."""
    wanted = select(meter).where(meter.c.number.in_(set(numbers))).order_by(meter.c.meter_id).with_for_update()
    return {row.number: _meter(row) for row in await connection.execute(wanted)}


async def at_service_points(connection: AsyncConnection, codes: Iterable[str]) -> dict[tuple[str, Medium], str]:
    """The numbers of the meters that stand at these service points, by place."""
    found = await connection.execute(select(meter).where(meter.c.service_point.in_(set(codes))))
    return {each.place: each.number for each in map(_meter, found)}


async def store(connection: AsyncConnection, meters: Sequence[Meter]) -> None:
    """Insert `meters`, or overwrite those with the same number."""
    if not meters:
        return
    names = [column.name for column in meter.columns]
    put = insert(meter)
    put = put.on_conflict_do_update(
        index_elements=[meter.c.meter_id], set_={name: put.excluded[name] for name in names if name != "meter_id"}
    )
    await connection.execute(put, [{name: getattr(each, name) for name in names} for each in meters])


async def history(connection: AsyncConnection) -> AsyncIterator[MeterRecorded]:
    """Every meter as it is now."""
    async with connection.stream(select(meter)) as rows:
        async for row in rows:
            yield _meter(row).recorded()


def _meter(row: Row[tuple[object, ...]]) -> Meter:
    return Meter(
        number=row.number,
        service_point=row.service_point,
        medium=cast(Medium, row.medium),
        unit=cast(Unit, row.unit),
        street=row.street,
        postal_code=row.postal_code,
        city=row.city,
        installed_on=row.installed_on,
        legalized_until=row.legalized_until,
        version=row.version,
    )
