"""Contacts and mails."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.chassis.storage.migrations import create_chassis_tables

revision = "0001"
down_revision = None

UNDER_WAY = sa.text("status IN ('waiting', 'sending')")


def upgrade() -> None:
    """Create every table of correspondence."""
    create_chassis_tables()
    op.create_table(
        "contact",
        sa.Column("party_id", sa.Uuid, primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        comment="Parties with an account: where their mail goes.",
    )
    op.create_table(
        "early_bill",
        sa.Column("invoice_id", sa.Uuid, primary_key=True),
        sa.Column("party_id", sa.Uuid, nullable=False),
        sa.Column("issued_on", sa.Date, nullable=False),
        sa.Column("kept_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("event", postgresql.JSONB, nullable=False),
        comment="Recent bills of parties of whose account nothing is known yet.",
    )
    op.create_index("early_bill_party_id", "early_bill", ["party_id"])
    op.create_index("early_bill_issued_on", "early_bill", ["issued_on"])
    op.create_table(
        "mail",
        sa.Column("mail_id", sa.Uuid, primary_key=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("about_id", sa.Uuid, nullable=False),
        sa.Column("about_version", sa.Integer, nullable=False),
        sa.Column("party_id", sa.Uuid),
        sa.Column("recipient_name", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("subject", sa.Text, nullable=False),
        sa.Column("plain", sa.Text),
        sa.Column("html", sa.Text),
        sa.Column("attachment", postgresql.JSONB),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tries", sa.Integer, nullable=False, server_default="0"),
        sa.Column("sent_at", sa.DateTime(timezone=True)),
        sa.Column("failure", sa.Text, nullable=False, server_default=""),
        sa.Column("correlation_id", sa.Text, nullable=False),
        sa.UniqueConstraint("kind", "about_id", "about_version", name="mail_once"),
        comment="Mails; due_at is when somebody may take one up: the lease's end while it is being sent.",
    )
    op.create_index("mail_due_at", "mail", ["due_at"], postgresql_where=UNDER_WAY)
    op.create_index("mail_waits_since", "mail", ["created_at"], postgresql_where=UNDER_WAY)
    op.create_index("mail_failed", "mail", ["created_at"], postgresql_where=sa.text("status = 'failed'"))
