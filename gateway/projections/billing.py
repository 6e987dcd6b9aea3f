"""Parties, agreements, invoices and balances, as the pages show them."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.billing import (
    AgreementRecorded,
    InvoiceBalanceChanged,
    InvoiceDocumentStored,
    InvoiceIssued,
    LedgerPosted,
    PartyRecorded,
)
from gateway import tables
from gateway.projections.upserting import upsert


async def parties(events: Sequence[PartyRecorded], connection: AsyncConnection) -> None:
    rows = [
        {
            **event.model_dump(include={"party_id", "code", "kind", "name", "nip", "version"}),
            **event.address.model_dump(),
        }
        for event in events
    ]
    await upsert(connection, tables.party, rows)


async def agreements(events: Sequence[AgreementRecorded], connection: AsyncConnection) -> None:
    columns = {
        "agreement_id",
        "party_id",
        "number",
        "medium",
        "service_point",
        "billed_from",
        "e_invoice",
        "version",
    }
    await upsert(connection, tables.agreement, [event.model_dump(include=columns) for event in events])


async def invoices(events: Sequence[InvoiceIssued], connection: AsyncConnection) -> None:
    rows = [
        {
            "invoice_id": event.invoice_id,
            "party_id": event.party_id,
            "number": event.number,
            "kind": event.kind,
            "agreement_number": event.agreement_number,
            "service_point": event.service_point,
            "reading_id": event.reading_id,
            "issued_on": event.issued_on,
            "due_on": event.due_on,
            "period_from": event.period_from,
            "period_to": event.period_to,
            "description": event.description,
            "items": [item.model_dump(mode="json") for item in event.items],
            "net": event.net,
            "vat": event.vat,
            "gross": event.gross,
            "version": event.version,
        }
        for event in events
    ]
    await upsert(connection, tables.invoice, rows)


async def invoice_balances(events: Sequence[InvoiceBalanceChanged], connection: AsyncConnection) -> None:
    rows = [{**event.model_dump(exclude={"left"}), "left_to_pay": event.left} for event in events]
    await upsert(connection, tables.invoice_balance, rows)


async def invoice_documents(events: Sequence[InvoiceDocumentStored], connection: AsyncConnection) -> None:
    columns = {"invoice_id", "party_id", "key", "size", "version"}
    await upsert(connection, tables.invoice_document, [event.model_dump(include=columns) for event in events])


async def balances(events: Sequence[LedgerPosted], connection: AsyncConnection) -> None:
    columns = {"party_id", "balance", "posted_on", "version"}
    await upsert(connection, tables.balance, [event.model_dump(include=columns) for event in events])
