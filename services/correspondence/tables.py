"""What correspondence stores: where a party's mail goes, and the mails themselves."""

from sqlalchemy import Column, Date, DateTime, Index, Integer, MetaData, Table, Text, UniqueConstraint, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

contact = Table(
    "contact",
    metadata,
    Column("party_id", Uuid, primary_key=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("language", Text),
    Column("version", Integer, nullable=False),
    comment="Parties with an account: where their mail goes.",
)

early_bill = Table(
    "early_bill",
    metadata,
    Column("invoice_id", Uuid, primary_key=True),
    Column("party_id", Uuid, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("kept_at", DateTime(timezone=True), nullable=False),
    # The default is for release 0.1.0, which knows one version only and writes no type: nothing else reads it.
    Column("message_type", Text, nullable=False, server_default="billing.invoice.document_stored.v1"),
    Column("event", JSONB, nullable=False),
    Index("early_bill_party_id", "party_id"),
    Index("early_bill_issued_on", "issued_on"),
    comment="Recent bills of parties of whose account nothing is known yet.",
)

mail = Table(
    "mail",
    metadata,
    Column("mail_id", Uuid, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("about_id", Uuid, nullable=False),
    Column("about_version", Integer, nullable=False),
    Column("party_id", Uuid),
    Column("recipient_name", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("plain", Text),
    Column("html", Text),
    Column("language", Text),
    Column("attachment", JSONB),
    Column("status", Text, nullable=False),
    Column("created_at", DateTime(timezone=True), nullable=False),
    Column("due_at", DateTime(timezone=True), nullable=False),
    Column("tries", Integer, nullable=False, server_default="0"),
    Column("sent_at", DateTime(timezone=True)),
    Column("failure", Text, nullable=False, server_default=""),
    Column("failed_at", DateTime(timezone=True)),
    Column("version", Integer, nullable=False, server_default="0"),
    Column("valid_until", DateTime(timezone=True)),
    Column("correlation_id", Text, nullable=False),
    UniqueConstraint("kind", "about_id", "about_version", name="mail_once"),
    Index("mail_due_at", "due_at", postgresql_where=text("status IN ('waiting', 'sending')")),
    Index("mail_waits_since", "created_at", postgresql_where=text("status IN ('waiting', 'sending')")),
    Index("mail_failed", "created_at", postgresql_where=text("status = 'failed'")),
    comment="Mails; due_at is when somebody may take one up: the lease's end while it is being sent.",
)
