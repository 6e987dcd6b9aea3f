"""Agreements (umowy): what is supplied where, to whom, and by which tariff it is settled."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.billing import AgreementRecorded
from contracts.message import Medium
from services.billing.agreements.tables import agreement
from services.chassis.ids import stable_id


@dataclass(frozen=True, slots=True)
class Agreement:
    """An agreement by its number. The reading on `billed_from` opens its settlement; later ones are invoiced."""

    number: str
    party_id: UUID
    medium: Medium
    service_point: str
    tariff: str
    tariff_group: str
    capacity_mw: Decimal | None
    signed_on: date
    billed_from: date
    e_invoice: bool
    version: int = 1

    @property
    def agreement_id(self) -> UUID:
        """The same number always gives the same id, so a file can be loaded twice."""
        return stable_id("agreement", self.number)

    def recorded(self) -> AgreementRecorded:
        """The event that tells the agreement's whole state."""
        return AgreementRecorded.model_validate(self, from_attributes=True)


async def of_numbers(connection: AsyncConnection, numbers: Iterable[str]) -> dict[str, Agreement]:
    """Those of `numbers` that exist, locked in one order so that two imports cannot wait for each other."""
    wanted = (
        select(agreement)
        .where(agreement.c.number.in_(set(numbers)))
        .order_by(agreement.c.agreement_id)
        .with_for_update(key_share=True)
    )
    return {row.number: of_row(row) for row in await connection.execute(wanted)}


async def at_service_points(connection: AsyncConnection, codes: Iterable[str]) -> list[Agreement]:
    """All agreements that supply these service points, now or before."""
    found = await connection.execute(select(agreement).where(agreement.c.service_point.in_(set(codes))))
    return [of_row(row) for row in found]


async def store(connection: AsyncConnection, agreements: Sequence[Agreement]) -> None:
    """Insert `agreements`, or overwrite those with the same number."""
    if not agreements:
        return
    names = [column.name for column in agreement.columns]
    put = insert(agreement)
    put = put.on_conflict_do_update(
        index_elements=[agreement.c.agreement_id],
        set_={name: put.excluded[name] for name in names if name not in ("agreement_id", "number")},
    )
    await connection.execute(put, [{name: getattr(each, name) for name in names} for each in agreements])


async def history(connection: AsyncConnection) -> AsyncIterator[AgreementRecorded]:
    """Every agreement as it is now."""
    async with connection.stream(select(agreement)) as rows:
        async for row in rows:
            yield of_row(row).recorded()


def of_row(row: Row[Any]) -> Agreement:
    """The agreement in a row that has all columns of its table."""
    return Agreement(**{field.name: getattr(row, field.name) for field in fields(Agreement)})
