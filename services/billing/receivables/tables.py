"""What is stored of credits, of what they reduced, and of the ledger."""

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

credit = Table(
    "credit",
    metadata,
    Column("credit_id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("reference", Text, nullable=False),
    Column("party_id", Uuid, ForeignKey("party.party_id"), nullable=False),
    Column("invoice_id", Uuid, ForeignKey("invoice.invoice_id")),
    Column("booked_on", Date, nullable=False),
    Column("effective_on", Date, nullable=False),
    Column("amount", MONEY, nullable=False),
    Column("title", Text, nullable=False),
    Column("unallocated", MONEY, nullable=False),
    UniqueConstraint("kind", "reference", name="credit_reference"),
    CheckConstraint("unallocated >= 0 AND unallocated <= amount", name="credit_unallocated"),
    # What of a party's credits no debt needed yet.
    # Which of a party's credits are effective after a day.
    Index("credit_of_party", "party_id", "effective_on"),
    Index("credit_unallocated_of_party", "party_id", postgresql_where=text("unallocated > 0")),
    comment="What reduces a party's debts; invoice_id is the one that it reduces first, unallocated what none needed.",
)

allocation = Table(
    "allocation",
    metadata,
    Column("allocation_id", BigInteger, Identity(always=True), primary_key=True),
    Column("invoice_id", Uuid, ForeignKey("invoice.invoice_id"), nullable=False),
    Column("credit_id", Uuid, ForeignKey("credit.credit_id"), nullable=False),
    Column("amount", MONEY, nullable=False),
    Column("effective_on", Date, nullable=False),
    Index("allocation_invoice_id", "invoice_id"),
    Index("allocation_credit_id", "credit_id"),
    comment="Which credit reduced which invoice by how much, and from which day the debt was smaller by it.",
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
    Column("credit_id", Uuid, ForeignKey("credit.credit_id")),
    Column("posted_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("party_id", "version", name="ledger_entry_of_party"),
    comment="The ledger. Append-only: a trigger refuses every change. Positive amounts are owed by the party.",
)
