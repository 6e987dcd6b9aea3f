"""Invoices, their balances and documents, and each party's balance, as billing tells them."""

from contracts.billing import InvoiceBalanceChanged, InvoiceDocumentStored, InvoiceIssued, LedgerPosted
from gateway.bills import tables
from gateway.read_model.projecting import Projects

PROJECTIONS = (
    Projects(InvoiceIssued, tables.invoice),
    Projects(InvoiceBalanceChanged, tables.invoice_balance, {"left_to_pay": "left"}),
    Projects(InvoiceDocumentStored, tables.invoice_document),
    Projects(LedgerPosted, tables.balance),
)
