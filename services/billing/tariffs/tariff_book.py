"""Where tariffs are kept: the table, and a copy of it in memory."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from sqlalchemy import Row, func, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.message import Medium
from services.billing.tariffs.tables import tariff, tariff_revision
from services.billing.tariffs.tariffs import Edition, NoPrice, Tariff, from_editions

newest_revision = select(func.coalesce(func.max(tariff.c.revision), 0)).scalar_subquery()
"""Grows with every change of any tariff; asked for within the query that a handler makes anyway."""


class TariffBook:
    """All tariffs of one service, kept in memory until the database holds a newer revision of them."""

    def __init__(self) -> None:
        self._revision = -1
        self._tariffs: Mapping[str, Tariff] = {}

    async def tariff(self, connection: AsyncConnection, code: str, revision: int) -> Tariff:
        """The tariff `code` as of `revision` (see `newest_revision`). Raises `NoPrice` when there is none."""
        if revision != self._revision:
            self._tariffs, self._revision = await stored(connection), revision
        if code not in self._tariffs:
            raise NoPrice(f"there is no tariff {code} yet")
        return self._tariffs[code]


@dataclass(frozen=True, slots=True)
class Publication:
    """A tariff as its utility published it: prices and VAT in percent, with where they were read."""

    code: str
    utility: str
    medium: Medium
    vat: Decimal
    valid_from: date
    source: str
    groups: Mapping[str, Mapping[str, Decimal]]


async def publications(connection: AsyncConnection) -> list[Publication]:
    """Every tariff as it was published, locked against other imports. A utility has a handful."""
    found = select(tariff).order_by(tariff.c.code, tariff.c.valid_from).with_for_update()
    return [
        Publication(row.code, row.utility, row.medium, row.vat, row.valid_from, row.source, _groups(row))
        for row in await connection.execute(found)
    ]


async def publish(connection: AsyncConnection, new: Sequence[Publication]) -> None:
    """Insert `new` publications, or overwrite those of the same tariff and day."""
    if not new:
        return
    put = insert(tariff)
    changed = ("medium", "utility", "vat", "source", "groups", "revision")
    put = put.on_conflict_do_update(
        index_elements=[tariff.c.code, tariff.c.valid_from], set_={name: put.excluded[name] for name in changed}
    )
    for each in new:
        groups = {group: {name: str(amount) for name, amount in of.items()} for group, of in each.groups.items()}
        plain = {name: getattr(each, name) for name in ("code", "utility", "medium", "vat", "valid_from", "source")}
        await connection.execute(put.values(groups=groups, revision=tariff_revision.next_value(), **plain))


async def stored(connection: AsyncConnection) -> dict[str, Tariff]:
    """The tariffs in the database by code."""
    editions: dict[tuple[str, Medium], list[Edition]] = {}
    for row in await connection.execute(select(tariff)):
        editions.setdefault((row.code, cast(Medium, row.medium)), []).append(Edition(row.valid_from, _groups(row)))
    return {code: from_editions(code, medium, found) for (code, medium), found in editions.items()}


def _groups(row: Row[tuple[object, ...]]) -> dict[str, dict[str, Decimal]]:
    return {group: {name: Decimal(amount) for name, amount in of.items()} for group, of in row.groups.items()}
