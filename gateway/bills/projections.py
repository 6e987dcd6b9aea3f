"""Invoices, their balances and documents, and each party's balance, as billing tells them."""

from contracts.billing import InvoiceBalanceChanged, InvoiceDocumentStored, InvoiceIssued, LedgerPosted
from gateway.bills import tables
from gateway.read_model.projecting import Projects, Source

PROJECTIONS = (
    Projects(
        tables.invoice,
        Source(InvoiceIssued),
        Source(InvoiceBalanceChanged, {"left_to_pay": "left"}, version="balance_version"),
        Source(
            InvoiceDocumentStored,
            {"document_key": "key", "document_size": "size", "document_sha256": "sha256"},
            version="document_version",
        ),
    ),
    Projects(tables.balance, Source(LedgerPosted)),
)
