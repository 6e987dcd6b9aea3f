"""Credits (uznania): what reduces a party's debts, and which invoices it reduced.

A payment is one kind of credit; whatever else makes a debt smaller is another kind, and needs nothing here.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.billing import EntryKind
from services.billing.agreements import accounts
from services.billing.receivables import ledger, receivables
from services.billing.receivables.ledger import Posting
from services.billing.receivables.receivables import Receivable
from services.billing.receivables.tables import allocation, credit
from services.chassis.ids import stable_id
from services.chassis.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Credit:
    """What reduces a party's debts, in PLN; `reference` tells it from others of its kind.

    It is entered into the ledger on `booked_on` and makes a debt smaller from `effective_on` on; both are local days.
    One with an `invoice_id` reduces that invoice before others. `unallocated` is what no debt needed yet (nadpłata).
    """

    kind: EntryKind
    reference: str
    party_id: UUID
    booked_on: date
    effective_on: date
    amount: Decimal
    title: str
    unallocated: Decimal
    invoice_id: UUID | None = None

    @property
    def credit_id(self) -> UUID:
        """The same reference of a kind always gives the same id, so a file can be loaded twice."""
        return stable_id(self.kind, self.reference)

    def same_as(self, other: "Credit") -> bool:
        """Whether both tell the same of the credit, whatever it has reduced since."""
        return replace(self, unallocated=other.unallocated) == other


@dataclass(frozen=True, slots=True)
class Allocation:
    """By how much a credit reduced an invoice, and the day from which the debt was smaller by it."""

    credit_id: UUID
    invoice_id: UUID
    amount: Decimal
    effective_on: date


def allocate(credits: Iterable[Credit], owed: Iterable[Receivable]) -> list[Allocation]:
    """Spend one party's credits, the oldest first, on its debts, the oldest first. What is over stays unallocated.

    Credits that are meant for an invoice come before the others, and reduce that invoice first.
    """
    debts = sorted(owed, key=lambda debt: (debt.due_on, debt.number))
    left = {debt.invoice_id: debt.left for debt in debts}
    made = []
    for each in sorted(credits, key=lambda one: (one.invoice_id is None, one.effective_on, one.reference)):
        money = each.unallocated
        for debt in sorted(debts, key=lambda debt: debt.invoice_id != each.invoice_id):
            amount = min(money, left[debt.invoice_id])
            if amount:
                made.append(Allocation(each.credit_id, debt.invoice_id, amount, each.effective_on))
                left[debt.invoice_id] -= amount
                money -= amount
    return made


async def of_references(connection: AsyncConnection, kind: EntryKind, references: Iterable[str]) -> dict[str, Credit]:
    """Those of `references` of a kind that are booked."""
    found = select(credit).where(credit.c.kind == kind, credit.c.reference.in_(set(references)))
    return {row.reference: _credit(row) for row in await connection.execute(found)}


async def book(work: UnitOfWork, credits: Sequence[Credit]) -> None:
    """Enter new credits into the ledger and reduce the parties' debts by them."""
    if not credits:
        return
    party_ids = {each.party_id for each in credits}
    heads = await accounts.lock(work.connection, party_ids)
    names = [column.name for column in credit.columns]
    await work.connection.execute(insert(credit), [{name: getattr(each, name) for name in names} for each in credits])
    postings = [
        Posting(
            each.party_id,
            each.kind,
            -each.amount,
            each.booked_on,
            each.title,
            invoice_id=each.invoice_id,
            credit_id=each.credit_id,
        )
        for each in credits
    ]
    await ledger.post(work, heads, postings)
    await pay_open_invoices(work, party_ids)


async def pay_open_invoices(work: UnitOfWork, party_ids: Iterable[UUID]) -> None:
    """Spend what these parties have in excess on what they owe. Their accounts must be locked."""
    party_ids = set(party_ids)
    owed: dict[UUID, list[Receivable]] = {party_id: [] for party_id in party_ids}
    for debt in await receivables.open_of(work.connection, party_ids):
        owed[debt.party_id].append(debt)
    unspent: dict[UUID, list[Credit]] = {party_id: [] for party_id in party_ids}
    over = select(credit).where(credit.c.party_id.in_(party_ids), credit.c.unallocated > 0)
    for row in await work.connection.execute(over):
        unspent[row.party_id].append(_credit(row))
    made = [each for party_id in sorted(party_ids) for each in allocate(unspent[party_id], owed[party_id])]
    if not made:
        return
    columns = ("credit_id", "invoice_id", "amount", "effective_on")
    await work.connection.execute(
        insert(allocation), [{name: getattr(each, name) for name in columns} for each in made]
    )
    await work.connection.execute(_spend, [{"of": each.credit_id, "spent": each.amount} for each in made])
    touched = {each.invoice_id for each in made}
    debts = [debt for debts in owed.values() for debt in debts if debt.invoice_id in touched]
    await receivables.reckon_again(work, debts)


_spend = (
    update(credit)
    .where(credit.c.credit_id == bindparam("of"))
    .values(unallocated=credit.c.unallocated - bindparam("spent"))
)


def _credit(row: Row[Any]) -> Credit:
    return Credit(**{field.name: getattr(row, field.name) for field in fields(Credit)})
