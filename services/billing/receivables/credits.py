"""Credits (uznania): what reduces a party's debts, and which invoices it reduced.

A payment is one kind of credit; whatever else makes a debt smaller is another kind, and needs nothing here.
"""

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, fields, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import Row, bindparam, delete, insert, select, update
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
    taken_back = await _take_back_later(work.connection, credits)
    await pay_open_invoices(work, party_ids, taken_back)


async def _take_back_later(connection: AsyncConnection, new: Sequence[Credit]) -> dict[UUID, Decimal]:
    """Take back what credits that are effective after `new` ones of their party have reduced; how much, by invoice.

    They are spent again together with the new ones, so that debts and their interest are the same in whatever order
    credits are told. One that is meant for an invoice has had its turn anyway.
    """
    first = {each.party_id: each.effective_on for each in sorted(new, key=lambda one: one.effective_on, reverse=True)}
    spent = select(credit.c.credit_id, credit.c.party_id, credit.c.effective_on).where(
        credit.c.party_id.in_(first),
        credit.c.effective_on > min(first.values()),
        credit.c.invoice_id.is_(None),
        credit.c.unallocated < credit.c.amount,
    )
    later = [row.credit_id for row in await connection.execute(spent) if row.effective_on > first[row.party_id]]
    if not later:
        return {}
    taken: dict[UUID, Decimal] = defaultdict(Decimal)
    undone = delete(allocation).where(allocation.c.credit_id.in_(later))
    for row in await connection.execute(undone.returning(allocation.c.invoice_id, allocation.c.amount)):
        taken[row.invoice_id] += row.amount
    await connection.execute(update(credit).where(credit.c.credit_id.in_(later)).values(unallocated=credit.c.amount))
    return taken


async def pay_open_invoices(
    work: UnitOfWork, party_ids: Iterable[UUID], taken_back: Mapping[UUID, Decimal] | None = None
) -> None:
    """Spend what these parties have in excess on what they owe. Their accounts must be locked.

    `taken_back` is by how much invoices, which do not know it yet, are paid less than before.
    """
    party_ids, taken_back = set(party_ids), taken_back or {}
    debts = await receivables.open_of(work.connection, party_ids, also=taken_back)
    owed: dict[UUID, list[Receivable]] = {party_id: [] for party_id in party_ids}
    for debt in debts:
        owed[debt.party_id].append(replace(debt, paid=debt.paid - taken_back.get(debt.invoice_id, 0)))
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
    touched = {*taken_back, *(each.invoice_id for each in made)}
    # When one that was taken back had been paid, nobody knows any more: it is told again in any case.
    known = [replace(debt, paid_on=None) if debt.invoice_id in taken_back else debt for debt in debts]
    await receivables.reckon_again(work, [debt for debt in known if debt.invoice_id in touched])


_spend = (
    update(credit)
    .where(credit.c.credit_id == bindparam("of"))
    .values(unallocated=credit.c.unallocated - bindparam("spent"))
)


def _credit(row: Row[Any]) -> Credit:
    return Credit(**{field.name: getattr(row, field.name) for field in fields(Credit)})
