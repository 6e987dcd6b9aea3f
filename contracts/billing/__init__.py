"""Billing: parties, agreements, invoices, and the ledger that says who owes what."""

from contracts.billing.agreements import AgreementRecorded
from contracts.billing.invoices import (
    InvoiceBalanceChanged,
    InvoiceDocumentStored,
    InvoiceIssued,
    InvoiceItem,
    InvoiceKind,
)
from contracts.billing.ledger import EntryKind, LedgerPosted
from contracts.billing.parties import PartyKind, PartyRecorded

__all__ = [
    "AgreementRecorded",
    "EntryKind",
    "InvoiceBalanceChanged",
    "InvoiceDocumentStored",
    "InvoiceIssued",
    "InvoiceItem",
    "InvoiceKind",
    "LedgerPosted",
    "PartyKind",
    "PartyRecorded",
]
