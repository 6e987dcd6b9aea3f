"""What is stored of payments, what they paid, and the ledger."""

from sqlalchemy import (
    BigInteger,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)

from services.billing.tables import MONEY, metadata

payment = Table(
    "payment",
    metadata,
    Column("payment_id", Uuid, primary_key=True),
    Column("reference", Text, nullable=False, unique=True),
    Column("party_id", Uuid, ForeignKey("party.party_id"), nullable=False),
    Column("booked_on", Date, nullable=False),
    Column("amount", MONEY, nullable=False),
    Column("title", Text, nullable=False),
    Column("unallocated", MONEY, nullable=False),
    CheckConstraint("unallocated >= 0 AND unallocated <= amount", name="payment_unallocated"),
    # What a party has paid in excess, the oldest first.
    Index("payment_unallocated_of_party", "party_id", "booked_on", postgresql_where=text("unallocated > 0")),
    comment="Payments; unallocated is what no invoice needed yet.",
)

allocation = Table(
    "allocation",
    metadata,
    Column("allocation_id", BigInteger, Identity(always=True), primary_key=True),
    Column("invoice_id", Uuid, ForeignKey("invoice.invoice_id"), nullable=False),
    Column("payment_id", Uuid, ForeignKey("payment.payment_id"), nullable=False),
    Column("amount", MONEY, nullable=False),
    Column("paid_on", Date, nullable=False),
    Index("allocation_invoice_id", "invoice_id"),
    comment="Which payment paid how much of which invoice, and from which day the debt was smaller by it.",
)

ledger_entry = Table(
    "ledger_entry",
    metadata,
    Column("entry_id", Uuid, primary_key=True),
    Column("party_id", Uuid, ForeignKey("party.party_id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("amount", MONEY, nullable=False),
    Column("balance", MONEY, nullable=False),
    Column("posted_on", Date, nullable=False),
    Column("description", Text, nullable=False),
    Column("invoice_id", Uuid, ForeignKey("invoice.invoice_id")),
    Column("payment_id", Uuid, ForeignKey("payment.payment_id")),
    Column("posted_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("party_id", "version", name="ledger_entry_of_party"),
    comment="The ledger. Append-only: a trigger refuses every change. Positive amounts are owed by the party.",
)
