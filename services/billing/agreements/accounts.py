"""Accounts (konta rozrachunkowe): where each party's ledger stands, and the lock under which it moves."""

from collections.abc import Iterable
from dataclasses import dataclass
from decimal import Decimal
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.ext.asyncio import AsyncConnection

from services.billing.agreements.tables import account


@dataclass(frozen=True, slots=True)
class Head:
    """Where an account's ledger stands: the number of its last entry (0 before the first) and its balance in PLN."""

    version: int
    balance: Decimal


async def lock(connection: AsyncConnection, party_ids: Iterable[UUID]) -> dict[UUID, Head]:
    """The heads of these parties' accounts, locked until the transaction ends.

    Who touches anything that a party owes or has paid holds this lock; it is taken in one order.
    """
    wanted = select(account).where(account.c.party_id.in_(set(party_ids))).order_by(account.c.party_id)
    return {row.party_id: Head(row.version, row.balance) for row in await connection.execute(wanted.with_for_update())}
