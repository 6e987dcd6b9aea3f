"""The ledger (rozrachunki): append-only entries of each party's account; every balance is the sum of its entries."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any, Literal, cast
from uuid import UUID

from sqlalchemy import bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.billing import LedgerPosted
from services.billing.agreements.tables import account
from services.billing.receivables.tables import ledger_entry
from services.chassis.ids import new_id
from services.chassis.storage.unit_of_work import UnitOfWork

EntryKind = Literal["charge", "payment"]


@dataclass(frozen=True, slots=True)
class Head:
    """Where an account's ledger stands: the number of its last entry (0 before the first) and its balance in PLN."""

    version: int
    balance: Decimal


@dataclass(frozen=True, slots=True)
class Posting:
    """What is to be entered: `amount` in PLN is positive when the party owes it."""

    party_id: UUID
    kind: EntryKind
    amount: Decimal
    posted_on: date
    description: str
    invoice_id: UUID | None = None
    payment_id: UUID | None = None


async def lock(connection: AsyncConnection, party_ids: Iterable[UUID]) -> dict[UUID, Head]:
    """The heads of these parties' accounts, locked until the transaction ends.

    Who touches anything that a party owes or has paid holds this lock; it is taken in one order.
    """
    wanted = select(account).where(account.c.party_id.in_(set(party_ids))).order_by(account.c.party_id)
    return {row.party_id: Head(row.version, row.balance) for row in await connection.execute(wanted.with_for_update())}


async def post(work: UnitOfWork, heads: dict[UUID, Head], postings: Sequence[Posting]) -> None:
    """Add `postings` in their order to the accounts whose locked `heads` are given, and tell it."""
    if not postings:
        return
    heads = dict(heads)
    entries: list[dict[str, Any]] = []
    for posting in postings:
        before = heads[posting.party_id]
        head = heads[posting.party_id] = Head(before.version + 1, before.balance + posting.amount)
        entries.append(
            {
                "entry_id": new_id(),
                "party_id": posting.party_id,
                "version": head.version,
                "kind": posting.kind,
                "amount": posting.amount,
                "balance": head.balance,
                "posted_on": posting.posted_on,
                "description": posting.description,
                "invoice_id": posting.invoice_id,
                "payment_id": posting.payment_id,
                "posted_at": work.now,
            }
        )
    await work.connection.execute(insert(ledger_entry), entries)
    moved = {posting.party_id for posting in postings}
    await work.connection.execute(
        _move_head,
        [{"of": party_id, "to": heads[party_id].version, "sum": heads[party_id].balance} for party_id in moved],
    )
    for entry in entries:
        work.emit(_posted(entry))


_move_head = (
    update(account)
    .where(account.c.party_id == bindparam("of"))
    .values(version=bindparam("to"), balance=bindparam("sum"))
)


async def history(connection: AsyncConnection) -> AsyncIterator[LedgerPosted]:
    """Every entry, each account's in its order."""
    entries = select(ledger_entry).order_by(ledger_entry.c.party_id, ledger_entry.c.version)
    async with connection.stream(entries) as rows:
        async for row in rows.mappings():
            yield _posted(cast(dict[str, Any], row))


def _posted(entry: dict[str, Any]) -> LedgerPosted:
    told = LedgerPosted.model_fields
    return LedgerPosted(**{name: value for name, value in entry.items() if name in told})
