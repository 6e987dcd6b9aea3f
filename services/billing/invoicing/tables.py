"""What is stored of invoices, and the counters of their numbers."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    ForeignKey,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

from services.billing.tables import MONEY, metadata

invoice_serial = Table(
    "invoice_serial",
    metadata,
    Column("series", Text, primary_key=True),
    Column("last", BigInteger, nullable=False),
    comment="Counters of invoice numbers without gaps: the row stays locked until the invoice is committed.",
    postgresql_with={"fillfactor": "10"},
)

invoice = Table(
    "invoice",
    metadata,
    Column("invoice_id", Uuid, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("party_id", Uuid, ForeignKey("party.party_id"), nullable=False),
    Column("agreement_id", Uuid, ForeignKey("agreement.agreement_id"), nullable=False),
    Column("agreement_number", Text, nullable=False),
    Column("service_point", Text, nullable=False),
    Column("medium", Text, nullable=False),
    Column("reading_id", Uuid, nullable=False, unique=True),
    Column("issued_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("period_from", Date, nullable=False),
    Column("period_to", Date, nullable=False),
    Column("description", Text, nullable=False),
    Column("items", JSONB, nullable=False),
    Column("net", MONEY, nullable=False),
    Column("vat", MONEY, nullable=False),
    Column("gross", MONEY, nullable=False),
    Column("e_invoice", Boolean, nullable=False),
    Column("buyer", JSONB, nullable=False),
    Column("registers", JSONB, nullable=False),
    Column("paid", MONEY, nullable=False),
    Column("interest", MONEY, nullable=False),
    Column("balance_as_of", Date, nullable=False),
    Column("balance_version", Integer, nullable=False),
    UniqueConstraint("agreement_id", "period_from", name="invoice_once_a_period"),
    CheckConstraint("paid >= 0 AND paid <= gross", name="invoice_paid"),
    # The open invoices of a party, the oldest debt first.
    Index("invoice_open", "party_id", "due_on", "number", postgresql_where=text("paid < gross")),
    # Those whose interest is not reckoned up to today.
    Index("invoice_overdue", "balance_as_of", "due_on", postgresql_where=text("paid < gross")),
    comment="Invoices; a trigger keeps all but what is paid and the interest (paid … balance_version) as it was "
    "issued.",
)
