"""Hourly registers of remotely read heat meters, and the month-end readings that follow from them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone
from decimal import ROUND_HALF_UP, Decimal
from typing import cast
from uuid import UUID

from sqlalchemy import ARRAY, DateTime, Numeric, Uuid, bindparam, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.chassis.clock import WARSAW
from services.metering.tables import telemetry

GJ_PER_KWH = Decimal("0.0036")

_WINTER_TIME = timezone(timedelta(hours=1))


@dataclass(frozen=True, slots=True)
class Registers:
    """All cumulative registers of a heat meter at a moment (UTC)."""

    meter_id: UUID
    at: datetime
    energy_kwh: Decimal
    volume_m3: Decimal
    inlet_m3c: Decimal
    back_m3c: Decimal


def shifted(at: datetime, years: int) -> datetime | None:
    """The same moment of another year; None on 29 February where that year has none, and where there is no such year.

    Reckoned in winter time, in which no hour is missing or doubled; the ends of Polish months then stay ends of months.
    """
    try:
        local = at.astimezone(_WINTER_TIME)
        return local.replace(year=local.year + years).astimezone(at.tzinfo)
    except (ValueError, OverflowError):
        return None


def gigajoules(energy_kwh: Decimal) -> Decimal:
    """An energy register as the register of a reading: GJ with three decimals."""
    return (energy_kwh * GJ_PER_KWH).quantize(Decimal("0.001"), ROUND_HALF_UP)


def month_ends(first: datetime, last: datetime) -> list[tuple[date, datetime]]:
    """The local month ends after `first` and up to `last`: each last day with the midnight (UTC) that ends it."""
    local = first.astimezone(WARSAW)
    year, month = local.year, local.month
    found: list[tuple[date, datetime]] = []
    while True:
        year, month = (year, month + 1) if month < 12 else (year + 1, 1)
        midnight = datetime(year, month, 1, tzinfo=WARSAW)
        if midnight > last:
            return found
        if midnight > first:
            found.append((midnight.date() - timedelta(days=1), midnight.astimezone(last.tzinfo)))


async def store(connection: AsyncConnection, registers: Sequence[Registers]) -> set[tuple[UUID, datetime]]:
    """Insert those of `registers` that are not there yet; returns which."""
    columns = (
        func.unnest(
            bindparam("meter_ids", [each.meter_id for each in registers], ARRAY(Uuid)),
            bindparam("ats", [each.at for each in registers], ARRAY(DateTime(timezone=True))),
            *(
                bindparam(f"{name}s", [getattr(each, name) for each in registers], ARRAY(Numeric))
                for name in ("energy_kwh", "volume_m3", "inlet_m3c", "back_m3c")
            ),
        )
        .table_valued("meter_id", "at", "energy_kwh", "volume_m3", "inlet_m3c", "back_m3c")
        .render_derived()
    )
    put = (
        insert(telemetry)
        .from_select([column.name for column in telemetry.columns], select(columns))
        .on_conflict_do_nothing()
        .returning(telemetry.c.meter_id, telemetry.c.at)
    )
    return {(row.meter_id, row.at) for row in await connection.execute(put)}


async def stored(
    connection: AsyncConnection, meter_ids: Sequence[UUID], ats: Sequence[datetime]
) -> dict[tuple[UUID, datetime], Registers]:
    """What is stored of these meters at these moments."""
    wanted = (
        func.unnest(
            bindparam("meter_ids", meter_ids, ARRAY(Uuid)), bindparam("ats", ats, ARRAY(DateTime(timezone=True)))
        )
        .table_valued("meter_id", "at")
        .render_derived()
    )
    found = select(telemetry).join(
        wanted, (telemetry.c.meter_id == wanted.c.meter_id) & (telemetry.c.at == wanted.c.at)
    )
    return {(row.meter_id, row.at): Registers(*row) for row in await connection.execute(found)}


async def register_at_end_of(connection: AsyncConnection, meter_id: UUID, midnight: datetime) -> Decimal | None:
    """The last energy register in kWh of the local day that ends at `midnight`; None when the meter was silent on it.

    The day has 23 or 25 hours when the clocks change.
    """
    day = midnight.astimezone(WARSAW).date() - timedelta(days=1)
    begun = datetime(day.year, day.month, day.day, tzinfo=WARSAW)
    return await connection.scalar(
        select(telemetry.c.energy_kwh)
        .where(telemetry.c.meter_id == meter_id, telemetry.c.at <= midnight, telemetry.c.at > begun)
        .order_by(telemetry.c.at.desc())
        .limit(1)
    )


async def first_after(connection: AsyncConnection, meter_id: UUID, at: datetime) -> datetime | None:
    """When the meter told its registers next after `at`."""
    after = select(func.min(telemetry.c.at)).where(telemetry.c.meter_id == meter_id, telemetry.c.at > at)
    return cast(datetime | None, await connection.scalar(after))


async def last_before(connection: AsyncConnection, meter_id: UUID, at: datetime) -> datetime | None:
    """When the meter told its registers last before `at`."""
    before = select(func.max(telemetry.c.at)).where(telemetry.c.meter_id == meter_id, telemetry.c.at < at)
    return cast(datetime | None, await connection.scalar(before))
