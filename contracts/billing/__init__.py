"""Billing: parties, agreements, invoices, and the ledger that says who owes what."""

from contracts.billing.agreements import AgreementRecorded
from contracts.billing.invoices import InvoiceBalanceChanged, InvoiceDocumentStored, InvoiceIssued, InvoiceItem
from contracts.billing.ledger import LedgerPosted
from contracts.billing.parties import PartyKind, PartyRecorded

__all__ = [
    "AgreementRecorded",
    "InvoiceBalanceChanged",
    "InvoiceDocumentStored",
    "InvoiceIssued",
    "InvoiceItem",
    "LedgerPosted",
    "PartyKind",
    "PartyRecorded",
]
