"""Tariffs: published net prices of a tariff group, each valid from a day on."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import cast

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.message import Medium
from services.billing.tables import tariff_prices
from services.chassis.errors import Permanent

ALWAYS = date(1, 1, 1)
"""`valid_from` of a tariff that was published without a day."""


@dataclass(frozen=True, slots=True)
class Prices:
    """Net prices in PLN of one tariff group from `valid_from` (local date) until the next ones.

    Names are those of the published tables: `capacity_pln_mw_month`, `network_fixed_pln_mw_month` (per MW and month),
    `energy_pln_gj`, `network_variable_pln_gj` (per GJ), `water_pln_m3`, `sewage_pln_m3` (per m3), `standing_pln_month`.
    """

    valid_from: date
    amounts: Mapping[str, Decimal]

    def get(self, name: str) -> Decimal | None:
        """The price called `name`, or None where the group has no such charge."""
        return self.amounts.get(name)


@dataclass(frozen=True, slots=True)
class Tariff:
    """All prices of one tariff group over time, the oldest first."""

    code: str
    group: str
    medium: Medium
    prices: tuple[Prices, ...]

    def on(self, day: date) -> Prices:
        """The prices valid on `day`. Raises `Permanent` when the tariff had not begun."""
        valid = [prices for prices in self.prices if prices.valid_from <= day]
        if not valid:
            raise Permanent(f"tariff {self.code}, group {self.group}: no prices on {day}; import older ones")
        return valid[-1]

    def changes(self, first: date, last: date) -> Sequence[date]:
        """Days within `first`…`last`, but `first` itself, on which new prices begin."""
        return [prices.valid_from for prices in self.prices if first < prices.valid_from <= last]


@dataclass(frozen=True, slots=True)
class PublishedPrices:
    """One group's prices as a file gives them."""

    code: str
    group: str
    medium: Medium
    utility: str
    source: str
    prices: Prices


async def find(connection: AsyncConnection, code: str, group: str) -> Tariff:
    """The tariff group's prices over time. Raises `Permanent` when it is unknown."""
    t = tariff_prices
    rows = (
        await connection.execute(
            select(t.c.medium, t.c.valid_from, t.c.amounts)
            .where(t.c.code == code, t.c.tariff_group == group)
            .order_by(t.c.valid_from)
        )
    ).all()
    if not rows:
        raise Permanent(f"tariff {code} has no group {group}; import its prices, then retry")
    prices = tuple(Prices(row.valid_from, _decimals(row.amounts)) for row in rows)
    return Tariff(code, group, cast(Medium, rows[0].medium), prices)


async def groups(connection: AsyncConnection) -> Mapping[tuple[str, str], Medium]:
    """The medium of every tariff group known, by code and group."""
    t = tariff_prices
    rows = await connection.execute(select(t.c.code, t.c.tariff_group, t.c.medium).distinct())
    return {(row.code, row.tariff_group): row.medium for row in rows}


async def store(connection: AsyncConnection, published: Sequence[PublishedPrices]) -> tuple[int, int]:
    """Insert new prices and replace changed ones; how many were new and how many changed."""
    t = tariff_prices
    added = changed = 0
    for each in published:
        values = {
            "code": each.code,
            "tariff_group": each.group,
            "valid_from": each.prices.valid_from,
            "medium": each.medium,
            "utility": each.utility,
            "source": each.source,
            "amounts": {name: str(amount) for name, amount in sorted(each.prices.amounts.items())},
        }
        row = await connection.execute(insert(t).values(values).on_conflict_do_nothing().returning(t.c.code))
        if row.first() is not None:
            added += 1
            continue
        same = (t.c.code == each.code) & (t.c.tariff_group == each.group) & (t.c.valid_from == each.prices.valid_from)
        before = (await connection.execute(select(t).where(same))).one()
        if any(getattr(before, name) != values[name] for name in ("medium", "utility", "source", "amounts")):
            await connection.execute(t.update().where(same).values(values))
            changed += 1
    return added, changed


def _decimals(amounts: Mapping[str, str]) -> Mapping[str, Decimal]:
    return {name: Decimal(amount) for name, amount in amounts.items()}

