"""Billing: parties, agreements, invoices, and the ledger that says who owes what."""

from contracts.billing.agreements import AgreementRecorded
from contracts.billing.invoices import (
    EstimateInvoice,
    InvoiceBalanceChanged,
    InvoiceBuyer,
    InvoiceDocumentFailed,
    InvoiceDocumentRetried,
    InvoiceDocumentStored,
    InvoiceEstimate,
    InvoiceIssued,
    InvoiceItem,
    InvoiceKind,
    RetryInvoiceDocument,
)
from contracts.billing.ledger import EntryKind, LedgerPosted
from contracts.billing.parties import PartyKind, PartyRecorded

__all__ = [
    "AgreementRecorded",
    "EntryKind",
    "EstimateInvoice",
    "InvoiceBalanceChanged",
    "InvoiceBuyer",
    "InvoiceDocumentFailed",
    "InvoiceDocumentRetried",
    "InvoiceDocumentStored",
    "InvoiceEstimate",
    "InvoiceIssued",
    "InvoiceItem",
    "InvoiceKind",
    "LedgerPosted",
    "PartyKind",
    "PartyRecorded",
    "RetryInvoiceDocument",
]
