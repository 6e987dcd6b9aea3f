"""Invoices, what is left to pay of them, and the balance of each party."""

from sqlalchemy import Boolean, Column, Date, Index, Integer, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from gateway.tables import metadata, money, retired, told, version

invoice = Table(
    "invoice",
    metadata,
    Column("invoice_id", Uuid, primary_key=True),
    Column("party_id", Uuid, nullable=False),
    *told(
        "version",
        Column("number", Text),
        Column("kind", Text),
        Column("agreement_number", Text),
        Column("service_point", Text),
        Column("reading_id", Uuid),
        Column("issued_on", Date),
        Column("due_on", Date),
        Column("period_from", Date),
        Column("period_to", Date),
        Column("description", Text),
        Column("items", JSONB),
        Column("net", money),
        Column("vat", money),
        Column("gross", money),
        Column("buyer", JSONB),
        Column("medium", Text),
        Column("e_invoice", Boolean),
    ),
    *told(
        "balance_version",
        Column("paid", money),
        Column("left_to_pay", money),
        Column("interest", money),
        Column("paid_on", Date),
        retired(Column("as_of", Date)),
    ),
    *told(
        "document_version",
        Column("document_key", Text),
        Column("document_size", Integer),
        Column("document_sha256", Text),
    ),
    Index("invoice_reading", "reading_id"),
    Index("invoice_newest_of_party", "party_id", text("issued_on DESC"), text("number DESC")),
    comment="Shown once it is issued (`number` is there); its balance and its document may come before.",
)

balance = Table(
    "balance",
    metadata,
    Column("party_id", Uuid, primary_key=True),
    Column("balance", money, nullable=False),
    Column("posted_on", Date, nullable=False),
    version(),
)
