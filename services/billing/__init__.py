"""Billing: parties, agreements, tariffs, invoices, payments, the ledger."""
