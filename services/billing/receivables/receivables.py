"""Receivables (należności): what of an invoice is paid, left to pay, and due in interest."""

from collections.abc import AsyncIterator, Collection, Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import ColumnElement, Row, bindparam, func, select, update
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.billing import InvoiceBalanceChanged
from services.billing.invoicing.tables import invoice
from services.billing.profile import Settlement
from services.billing.receivables.interest import PaidPart, late_interest, statutory_rates
from services.billing.receivables.tables import allocation
from services.chassis.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Receivable:
    """An invoice as a debt, in PLN; `interest` is reckoned up to `as_of`, `version` counts the changes.

    `paid_on` is the day from which nothing of it was left to pay, None while something is.
    """

    invoice_id: UUID
    party_id: UUID
    number: str
    due_on: date
    gross: Decimal
    paid: Decimal
    interest: Decimal
    as_of: date
    version: int
    paid_on: date | None = None

    @property
    def left(self) -> Decimal:
        """What is still to be paid, without interest."""
        return self.gross - self.paid

    def reckoned(self, paid: Sequence[PaidPart], today: date, year_days: int) -> "Receivable":
        """The same debt after all of `paid`, with the interest that ran up to today.

        What is paid bears interest until its day, the rest until today; a paid debt's interest stays as it is.
        """
        total = sum((part.amount for part in paid), Decimal("0.00"))
        left = PaidPart(self.gross - total, today)
        interest = late_interest([*paid, left], self.due_on, statutory_rates(), year_days)
        paid_on = max((part.on for part in paid), default=None) if total == self.gross else None
        return replace(self, paid=total, interest=interest, as_of=today, paid_on=paid_on)

    def changed(self) -> InvoiceBalanceChanged:
        """The event that tells the whole state."""
        return InvoiceBalanceChanged.model_validate(self, from_attributes=True)


COLUMNS: tuple[ColumnElement[Any], ...] = (
    invoice.c.invoice_id,
    invoice.c.party_id,
    invoice.c.number,
    invoice.c.due_on,
    invoice.c.gross,
    invoice.c.paid,
    invoice.c.interest,
    invoice.c.balance_as_of,
    invoice.c.balance_version,
    select(func.max(allocation.c.effective_on))
    .where(allocation.c.invoice_id == invoice.c.invoice_id)
    .scalar_subquery()
    .label("last_paid_on"),
)


async def open_of(
    connection: AsyncConnection, party_ids: Iterable[UUID], *, also: Collection[UUID] = ()
) -> list[Receivable]:
    """What these parties still owe, and their invoices in `also`; each party's oldest debt first.

    Their accounts must be locked.
    """
    wanted = invoice.c.paid < invoice.c.gross
    if also:
        wanted |= invoice.c.invoice_id.in_(also)
    found = select(*COLUMNS).where(invoice.c.party_id.in_(set(party_ids)), wanted)
    ordered = found.order_by(invoice.c.party_id, invoice.c.due_on, invoice.c.number)
    return [of_row(row) for row in await connection.execute(ordered)]


async def reckon_again(work: UnitOfWork, receivables: Sequence[Receivable]) -> None:
    """Bring `receivables` up to today and to what is allocated to them; store them, and tell those that changed.

    Their parties' accounts must be locked.
    """
    if not receivables:
        return
    parts: dict[UUID, list[PaidPart]] = {each.invoice_id: [] for each in receivables}
    for row in await work.connection.execute(select(allocation).where(allocation.c.invoice_id.in_(parts))):
        parts[row.invoice_id].append(PaidPart(row.amount, row.effective_on))
    year_days = work.profile.of(Settlement).interest_divisor
    reckoned = []
    for before in receivables:
        after = before.reckoned(parts[before.invoice_id], work.today, year_days)
        if (after.paid, after.interest, after.paid_on) != (before.paid, before.interest, before.paid_on):
            after = replace(after, version=before.version + 1)
            work.emit(after.changed())
        reckoned.append(after)
    await store(work.connection, reckoned)


async def store(connection: AsyncConnection, receivables: Sequence[Receivable]) -> None:
    """Write what is paid and the interest of `receivables` into their invoices."""
    values = [
        {"of": each.invoice_id, "to_paid": each.paid, "to_interest": each.interest}
        | {"to_day": each.as_of, "to_version": each.version}
        for each in receivables
    ]
    await connection.execute(_store, values)


_store = (
    update(invoice)
    .where(invoice.c.invoice_id == bindparam("of"))
    .values(
        paid=bindparam("to_paid"),
        interest=bindparam("to_interest"),
        balance_as_of=bindparam("to_day"),
        balance_version=bindparam("to_version"),
    )
)


async def history(connection: AsyncConnection) -> AsyncIterator[InvoiceBalanceChanged]:
    """The balance of every invoice as it is now."""
    async with connection.stream(select(*COLUMNS)) as rows:
        async for row in rows:
            yield of_row(row).changed()


def of_row(row: Row[Any]) -> Receivable:
    """The receivable in a row that has `COLUMNS`."""
    return Receivable(
        invoice_id=row.invoice_id,
        party_id=row.party_id,
        number=row.number,
        due_on=row.due_on,
        gross=row.gross,
        paid=row.paid,
        interest=row.interest,
        as_of=row.balance_as_of,
        version=row.balance_version,
        paid_on=row.last_paid_on if row.paid == row.gross else None,
    )
