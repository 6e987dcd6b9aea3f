"""Invoices, what is left to pay of them, and the balance of each party."""

from sqlalchemy import Column, Date, Index, Integer, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from gateway.tables import metadata, money, version

invoice = Table(
    "invoice",
    metadata,
    Column("invoice_id", Uuid, primary_key=True),
    Column("party_id", Uuid, nullable=False),
    Column("number", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("agreement_number", Text, nullable=False),
    Column("service_point", Text, nullable=False),
    Column("reading_id", Uuid),
    Column("issued_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("period_from", Date, nullable=False),
    Column("period_to", Date, nullable=False),
    Column("description", Text, nullable=False),
    Column("items", JSONB, nullable=False),
    Column("net", money, nullable=False),
    Column("vat", money, nullable=False),
    Column("gross", money, nullable=False),
    version(),
    Index("invoice_reading", "reading_id"),
    Index("invoice_newest_of_party", "party_id", text("issued_on DESC"), text("number DESC")),
)

invoice_balance = Table(
    "invoice_balance",
    metadata,
    Column("invoice_id", Uuid, primary_key=True),
    Column("party_id", Uuid, nullable=False),
    Column("paid", money, nullable=False),
    Column("left_to_pay", money, nullable=False),
    Column("interest", money, nullable=False),
    Column("as_of", Date, nullable=False),
    version(),
    Index("invoice_balance_unpaid", "party_id", postgresql_where=text("left_to_pay > 0")),
)

invoice_document = Table(
    "invoice_document",
    metadata,
    Column("invoice_id", Uuid, primary_key=True),
    Column("party_id", Uuid, nullable=False),
    Column("key", Text, nullable=False),
    Column("size", Integer, nullable=False),
    version(),
)

balance = Table(
    "balance",
    metadata,
    Column("party_id", Uuid, primary_key=True),
    Column("balance", money, nullable=False),
    Column("posted_on", Date, nullable=False),
    version(),
)
