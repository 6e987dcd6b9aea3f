"""Where tariffs are kept: the table, and a copy of it in memory."""

from collections.abc import Mapping, Sequence
from decimal import Decimal
from typing import cast

from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.message import Medium
from services.billing.tables import tariff
from services.billing.tariffs import Edition, NoPrice, Tariff, from_editions


class TariffBook:
    """All tariffs of one service, kept in memory until the database holds a newer revision of them."""

    def __init__(self) -> None:
        self._revision = -1
        self._tariffs: Mapping[str, Tariff] = {}

    async def tariff(self, connection: AsyncConnection, code: str, revision: int) -> Tariff:
        """The tariff `code` as of `revision` (see `newest_revision`). Raises `NoPrice` when there is none."""
        if revision != self._revision:
            self._tariffs = await stored(connection)
            self._revision = revision
        if code not in self._tariffs:
            raise NoPrice(f"there is no tariff {code} yet")
        return self._tariffs[code]


newest_revision = select(func.coalesce(func.max(tariff.c.revision), 0)).scalar_subquery()
"""Grows with every change of any tariff; asked for within the query that a handler makes anyway."""


async def stored(connection: AsyncConnection, codes: Sequence[str] | None = None) -> dict[str, Tariff]:
    """The tariffs in the database by code, or those of `codes`."""
    query = select(tariff.c.code, tariff.c.medium, tariff.c.valid_from, tariff.c.groups).order_by(
        tariff.c.code, tariff.c.valid_from
    )
    if codes is not None:
        query = query.where(tariff.c.code.in_(codes))
    editions: dict[tuple[str, Medium], list[Edition]] = {}
    for row in await connection.execute(query):
        groups = {
            group: {name: Decimal(price) for name, price in prices.items()} for group, prices in row.groups.items()
        }
        editions.setdefault((row.code, cast(Medium, row.medium)), []).append(Edition(row.valid_from, groups))
    return {code: from_editions(code, medium, found) for (code, medium), found in editions.items()}
