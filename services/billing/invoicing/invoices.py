"""Invoices (faktury): issued once, then unchanged."""

from collections.abc import AsyncIterator, Iterable
from dataclasses import asdict, dataclass, fields
from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from sqlalchemy import Row, insert, select
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.billing import InvoiceIssued, InvoiceItem, InvoiceKind
from contracts.message import Medium
from services.billing.agreements.accounts import Head
from services.billing.invoicing.tables import invoice
from services.chassis.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Buyer:
    """A party's name and address as they are when the invoice is issued."""

    code: str
    name: str
    nip: str | None
    street: str
    postal_code: str
    city: str


@dataclass(frozen=True, slots=True)
class Registers:
    """The two register values between which an invoice settles, in `unit`; days are local dates, values text."""

    meter_number: str
    unit: str
    previous_value: str
    previous_read_on: str
    value: str
    read_on: str
    source: str


@dataclass(frozen=True, slots=True)
class Invoice:
    """All that an invoice says, once and for all: its first version is its last. Money in PLN."""

    kind: ClassVar[InvoiceKind] = "invoice"
    version: ClassVar[int] = 1

    invoice_id: UUID
    number: str
    party_id: UUID
    agreement_id: UUID
    agreement_number: str
    service_point: str
    medium: Medium
    reading_id: UUID
    issued_on: date
    due_on: date
    period_from: date
    period_to: date
    description: str
    items: tuple[InvoiceItem, ...]
    net: Decimal
    vat: Decimal
    gross: Decimal
    e_invoice: bool
    buyer: Buyer
    registers: Registers

    def issued(self) -> InvoiceIssued:
        """The event that tells it."""
        return InvoiceIssued.model_validate(self, from_attributes=True)


@dataclass(frozen=True, slots=True)
class Issued:
    """An invoice as it is being issued, and where its party's account stood before; the account is locked."""

    invoice: Invoice
    account: Head


_JSON = ("items", "buyer", "registers")
_PLAIN = tuple(field.name for field in fields(Invoice) if field.name not in _JSON)


async def store(work: UnitOfWork, new: Invoice) -> None:
    """Insert an invoice of which nothing is paid yet, and whose interest is still to be reckoned."""
    await work.connection.execute(
        insert(invoice),
        {
            **{name: getattr(new, name) for name in _PLAIN},
            "items": [item.model_dump(mode="json") for item in new.items],
            "buyer": asdict(new.buyer),
            "registers": asdict(new.registers),
            "paid": 0,
            "interest": 0,
            "balance_as_of": work.today,
            "balance_version": 1,
        },
    )


async def of_agreements(connection: AsyncConnection, agreement_ids: Iterable[UUID]) -> set[UUID]:
    """Those of these agreements that have an invoice."""
    invoiced = select(invoice.c.agreement_id).distinct().where(invoice.c.agreement_id.in_(set(agreement_ids)))
    return set(await connection.scalars(invoiced))


async def history(connection: AsyncConnection) -> AsyncIterator[InvoiceIssued]:
    """Every invoice, in the order in which they were issued."""
    async with connection.stream(select(invoice).order_by(invoice.c.invoice_id)) as rows:
        async for row in rows:
            yield of_row(row).issued()


def of_row(row: Row[Any]) -> Invoice:
    """The invoice in a row that has all columns of its table."""
    return Invoice(
        **{name: getattr(row, name) for name in _PLAIN},
        items=tuple(InvoiceItem.model_validate(item) for item in row.items),
        buyer=Buyer(**row.buyer),
        registers=Registers(**row.registers),
    )
