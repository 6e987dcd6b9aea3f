"""Payments (wpłaty): what came to the utility's account, and which invoices it paid."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from sqlalchemy import Row, bindparam, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from services.billing.agreements import accounts
from services.billing.receivables import ledger, receivables
from services.billing.receivables.ledger import Posting
from services.billing.receivables.receivables import Receivable
from services.billing.receivables.tables import allocation, payment
from services.chassis.ids import stable_id
from services.chassis.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Payment:
    """A payment by the bank's reference, in PLN; `unallocated` is what no invoice needed yet (nadpłata)."""

    reference: str
    party_id: UUID
    booked_on: date
    amount: Decimal
    title: str
    unallocated: Decimal

    @property
    def payment_id(self) -> UUID:
        """The same reference always gives the same id, so a file can be loaded twice."""
        return stable_id("payment", self.reference)

    def same_as(self, other: "Payment") -> bool:
        """Whether both tell the same of the payment, whatever it has paid since."""
        return replace(self, unallocated=other.unallocated) == other


@dataclass(frozen=True, slots=True)
class Allocation:
    """How much of an invoice a payment paid, and the day on which the debt became smaller by it."""

    payment_id: UUID
    invoice_id: UUID
    amount: Decimal
    paid_on: date


def allocate(payments: Iterable[Payment], owed: Iterable[Receivable]) -> list[Allocation]:
    """Spend one party's payments, the oldest first, on its debts, the oldest first. What is over stays unallocated."""
    debts = iter(sorted(owed, key=lambda debt: (debt.due_on, debt.number)))
    debt, left = next(debts, None), Decimal(0)
    if debt is not None:
        left = debt.left
    made = []
    for each in sorted(payments, key=lambda paid: (paid.booked_on, paid.reference)):
        money = each.unallocated
        while money and debt is not None:
            amount = min(money, left)
            made.append(Allocation(each.payment_id, debt.invoice_id, amount, each.booked_on))
            money, left = money - amount, left - amount
            if not left:
                debt = next(debts, None)
                left = debt.left if debt is not None else left
    return made


async def of_references(connection: AsyncConnection, references: Iterable[str]) -> dict[str, Payment]:
    """Those of `references` that are booked."""
    found = await connection.execute(select(payment).where(payment.c.reference.in_(set(references))))
    return {row.reference: _payment(row) for row in found}


async def book(work: UnitOfWork, payments: Sequence[Payment]) -> None:
    """Enter new payments into the ledger and pay the parties' invoices with them."""
    if not payments:
        return
    party_ids = {each.party_id for each in payments}
    heads = await accounts.lock(work.connection, party_ids)
    names = [column.name for column in payment.columns]
    await work.connection.execute(insert(payment), [{name: getattr(each, name) for name in names} for each in payments])
    postings = [
        Posting(each.party_id, "payment", -each.amount, each.booked_on, each.title, payment_id=each.payment_id)
        for each in payments
    ]
    await ledger.post(work, heads, postings)
    await pay_open_invoices(work, party_ids)


async def pay_open_invoices(work: UnitOfWork, party_ids: Iterable[UUID]) -> None:
    """Spend what these parties have paid in excess on what they owe. Their accounts must be locked."""
    party_ids = set(party_ids)
    owed: dict[UUID, list[Receivable]] = {party_id: [] for party_id in party_ids}
    for debt in await receivables.open_of(work.connection, party_ids):
        owed[debt.party_id].append(debt)
    unspent: dict[UUID, list[Payment]] = {party_id: [] for party_id in party_ids}
    over = select(payment).where(payment.c.party_id.in_(party_ids), payment.c.unallocated > 0)
    for row in await work.connection.execute(over):
        unspent[row.party_id].append(_payment(row))
    made = [each for party_id in sorted(party_ids) for each in allocate(unspent[party_id], owed[party_id])]
    if not made:
        return
    columns = ("payment_id", "invoice_id", "amount", "paid_on")
    await work.connection.execute(
        insert(allocation), [{name: getattr(each, name) for name in columns} for each in made]
    )
    await work.connection.execute(_spend, [{"of": each.payment_id, "spent": each.amount} for each in made])
    touched = {each.invoice_id for each in made}
    debts = [debt for debts in owed.values() for debt in debts if debt.invoice_id in touched]
    await receivables.reckon_again(work, debts)


_spend = (
    update(payment)
    .where(payment.c.payment_id == bindparam("of"))
    .values(unallocated=payment.c.unallocated - bindparam("spent"))
)


def _payment(row: Row[tuple[object, ...]]) -> Payment:
    return Payment(
        reference=row.reference,
        party_id=row.party_id,
        booked_on=row.booked_on,
        amount=row.amount,
        title=row.title,
        unallocated=row.unallocated,
    )
