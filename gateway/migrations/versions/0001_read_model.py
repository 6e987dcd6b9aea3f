"""The read model, sessions and the audit log."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY, JSONB

from services.chassis.storage.migrations import create_chassis_tables

revision = "0001"
down_revision = None

MONEY = sa.Numeric(14, 2)
QUANTITY = sa.Numeric(14, 3)
MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    create_chassis_tables()
    _parties()
    _invoices()
    _meters()
    _correspondence()
    _applications()
    _own()


def _parties() -> None:
    op.create_table(
        "party",
        sa.Column("party_id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("nip", sa.Text),
        sa.Column("street", sa.Text, nullable=False),
        sa.Column("postal_code", sa.Text, nullable=False),
        sa.Column("city", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_table(
        "agreement",
        sa.Column("agreement_id", sa.Uuid, primary_key=True),
        sa.Column("party_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("medium", sa.Text, nullable=False),
        sa.Column("service_point", sa.Text, nullable=False),
        sa.Column("billed_from", sa.Date, nullable=False),
        sa.Column("e_invoice", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("agreement_party", "agreement", ["party_id"])
    # Which agreement comes after another at a service point.
    op.create_index("agreement_succession", "agreement", ["service_point", "medium", "billed_from"])
    op.create_table(
        "balance",
        sa.Column("party_id", sa.Uuid, primary_key=True),
        sa.Column("balance", MONEY, nullable=False),
        sa.Column("posted_on", sa.Date, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _invoices() -> None:
    op.create_table(
        "invoice",
        sa.Column("invoice_id", sa.Uuid, primary_key=True),
        sa.Column("party_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("agreement_number", sa.Text, nullable=False),
        sa.Column("service_point", sa.Text, nullable=False),
        sa.Column("reading_id", sa.Uuid, nullable=False),
        sa.Column("issued_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("period_from", sa.Date, nullable=False),
        sa.Column("period_to", sa.Date, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("items", JSONB, nullable=False),
        sa.Column("net", MONEY, nullable=False),
        sa.Column("vat", MONEY, nullable=False),
        sa.Column("gross", MONEY, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index(
        "invoice_newest_of_party", "invoice", ["party_id", sa.text("issued_on DESC"), sa.text("number DESC")]
    )
    op.create_index("invoice_reading", "invoice", ["reading_id"])
    op.create_table(
        "invoice_balance",
        sa.Column("invoice_id", sa.Uuid, primary_key=True),
        sa.Column("party_id", sa.Uuid, nullable=False),
        sa.Column("paid", MONEY, nullable=False),
        sa.Column("left_to_pay", MONEY, nullable=False),
        sa.Column("interest", MONEY, nullable=False),
        sa.Column("as_of", sa.Date, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index(
        "invoice_balance_unpaid", "invoice_balance", ["party_id"], postgresql_where=sa.text("left_to_pay > 0")
    )
    op.create_table(
        "invoice_document",
        sa.Column("invoice_id", sa.Uuid, primary_key=True),
        sa.Column("party_id", sa.Uuid, nullable=False),
        sa.Column("key", sa.Text, nullable=False),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _meters() -> None:
    op.create_table(
        "meter",
        sa.Column("meter_id", sa.Uuid, primary_key=True),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("service_point", sa.Text, nullable=False),
        sa.Column("medium", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("street", sa.Text, nullable=False),
        sa.Column("city", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("meter_number", "meter", ["number"])
    op.create_index("meter_service_point", "meter", ["service_point"])
    op.create_table(
        "reading",
        sa.Column("reading_id", sa.Uuid, primary_key=True),
        sa.Column("meter_id", sa.Uuid, nullable=False),
        sa.Column("value", QUANTITY, nullable=False),
        sa.Column("read_on", sa.Date, nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("previous_value", QUANTITY),
        sa.Column("previous_read_on", sa.Date),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("reading_newest_of_meter", "reading", ["meter_id", sa.text("read_on DESC")])


def _correspondence() -> None:
    op.create_table(
        "mail",
        sa.Column("mail_id", sa.Uuid, primary_key=True),
        sa.Column("about_id", sa.Uuid, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("recipient", sa.Text, nullable=False),
        sa.Column("sent_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("mail_about", "mail", ["about_id"])


def _applications() -> None:
    op.create_table(
        "application",
        sa.Column("application_id", sa.Uuid, primary_key=True),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("agreement_number", sa.Text, nullable=False),
        sa.Column("received_at", MOMENT, nullable=False),
        sa.Column("party_id", sa.Uuid),
        sa.Column("checks", JSONB, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("application_received_at", "application", ["received_at"])
    op.create_table(
        "application_decision",
        sa.Column("application_id", sa.Uuid, primary_key=True),
        sa.Column("decision", sa.Text, nullable=False),
        sa.Column("reason", sa.Text, nullable=False),
        sa.Column("clerk", sa.Text, nullable=False),
        sa.Column("decided_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )
    op.create_index("application_decision_decided_at", "application_decision", ["decided_at"])
    op.create_table(
        "last_login",
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("logged_in_at", MOMENT, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
    )


def _own() -> None:
    op.create_table(
        "progress",
        sa.Column("source", sa.Text, primary_key=True),
        sa.Column("last_event_at", MOMENT, nullable=False),
        comment="Up to when each service's events are in the read model: the age of a page's data (K17).",
    )
    op.create_table(
        "session",
        sa.Column("token_hash", sa.LargeBinary, primary_key=True),
        sa.Column("account_id", sa.Uuid, nullable=False),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("party_id", sa.Uuid),
        sa.Column("identifier", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("roles", ARRAY(sa.Text), nullable=False),
        sa.Column("must_change_password", sa.Boolean, nullable=False),
        sa.Column("started_at", MOMENT, nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        comment="Who is logged in; the cookie's token itself is never stored.",
    )
    op.create_index("session_account", "session", ["account_id"])
    op.create_index("session_seen_at", "session", ["seen_at"])
    op.create_table(
        "used_check",
        sa.Column("signature", sa.Text, primary_key=True),
        sa.Column("form_hash", sa.LargeBinary, nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        comment="Human checks that were used, each with the form that used it, until they expire.",
    )
    op.create_index("used_check_expires_at", "used_check", ["expires_at"])
    op.create_table(
        "audit",
        sa.Column("entry_id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("clerk_id", sa.Uuid, nullable=False),
        sa.Column("action", sa.Text, nullable=False),
        sa.Column("about_id", sa.Uuid),
        sa.Column("correlation_id", sa.Text, nullable=False),
        comment="Every look of a clerk at a customer's data and every decision.",
    )
