"""Billing: parties, agreements, tariffs, invoices, payments and the ledger."""
