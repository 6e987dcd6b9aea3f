"""The ledger (rozrachunki): append-only entries of each party's account; every balance is the sum of its entries."""

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.billing import EntryKind, LedgerPosted
from services.billing.agreements.accounts import Head
from services.billing.receivables.tables import ledger_entry
from services.chassis.ids import new_id
from services.chassis.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Posting:
    """What is to be entered: `amount` in PLN is positive when the party owes it."""

    party_id: UUID
    kind: EntryKind
    amount: Decimal
    posted_on: date
    description: str
    invoice_id: UUID | None = None
    credit_id: UUID | None = None


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
                "credit_id": posting.credit_id,
                "posted_at": work.now,
            }
        )
    await work.connection.execute(_enter, entries)
    for entry in entries:
        work.emit(LedgerPosted.model_validate(entry))


_enter = text(
    """
    WITH moved AS (UPDATE account SET version = :version, balance = :balance WHERE party_id = :party_id)
    INSERT INTO ledger_entry (
        entry_id, party_id, version, kind, amount, balance, posted_on, description, invoice_id, credit_id, posted_at
    ) VALUES (
        :entry_id, :party_id, :version, :kind, :amount, :balance, :posted_on, :description, :invoice_id, :credit_id,
        :posted_at
    )
    """
).bindparams(*(bindparam(column.name, type_=column.type) for column in ledger_entry.columns))
"""An entry and the account's head with it, at once."""


async def history(connection: AsyncConnection) -> AsyncIterator[LedgerPosted]:
    """Every entry, each account's in its order."""
    entries = select(ledger_entry).order_by(ledger_entry.c.party_id, ledger_entry.c.version)
    async with connection.stream(entries) as rows:
        async for row in rows:
            yield LedgerPosted.model_validate(row, from_attributes=True)
