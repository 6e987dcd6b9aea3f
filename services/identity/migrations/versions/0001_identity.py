"""The directory, applications, accounts, clerks and failed logins."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.chassis.storage.migrations import create_chassis_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table of identity."""
    create_chassis_tables()
    _create_directory()
    _create_applications()
    _create_logins()


def _create_directory() -> None:
    op.create_table(
        "party",
        sa.Column("party_id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("pesel", sa.Text),
        sa.Column("nip", sa.Text),
        sa.Column("email", sa.Text),
        sa.Column("version", sa.Integer, nullable=False),
        comment="Parties as billing tells them; an application is compared with these.",
    )
    op.create_index("party_pesel", "party", ["pesel"], postgresql_where=sa.text("pesel IS NOT NULL"))
    op.create_index("party_nip", "party", ["nip"], postgresql_where=sa.text("nip IS NOT NULL"))
    op.create_table(
        "agreement",
        sa.Column("agreement_id", sa.Uuid, primary_key=True),
        sa.Column("party_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("number_key", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        comment="Agreements as billing tells them; number_key is the number as people may type it.",
    )
    op.create_index("agreement_number_key", "agreement", ["number_key"])
    op.create_index("agreement_party_id", "agreement", ["party_id"])
    op.create_table(
        "last_invoice",
        sa.Column("agreement_id", sa.Uuid, primary_key=True),
        sa.Column("party_id", sa.Uuid, nullable=False),
        sa.Column("number", sa.Text, nullable=False),
        sa.Column("number_key", sa.Text, nullable=False),
        sa.Column("issued_on", sa.Date, nullable=False),
        comment="The newest invoice of each agreement: what an applicant is asked for.",
    )
    op.create_index("last_invoice_number_key", "last_invoice", ["number_key"])
    op.create_index("last_invoice_party_id", "last_invoice", ["party_id"])


def _create_applications() -> None:
    op.create_table(
        "application_serial",
        sa.Column("series", sa.Text, primary_key=True),
        sa.Column("last", sa.BigInteger, nullable=False),
        comment="Counters of application numbers.",
    )
    op.create_table(
        "application",
        sa.Column("application_id", sa.Uuid, primary_key=True),
        sa.Column("number", sa.Text, nullable=False, unique=True),
        sa.Column("status", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("tax_id", sa.Text, nullable=False),
        sa.Column("invoice_number", sa.Text, nullable=False),
        sa.Column("agreement_number", sa.Text, nullable=False),
        sa.Column("agreement_key", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("email_key", sa.Text, nullable=False),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("verified_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("party_id", sa.Uuid),
        sa.Column("party_name", sa.Text),
        sa.Column("checks", postgresql.JSONB, nullable=False),
        sa.Column("decided_at", sa.DateTime(timezone=True)),
        sa.Column("decided_by", sa.Uuid),
        sa.Column("decided_by_name", sa.Text),
        sa.Column("reason", sa.Text, nullable=False, server_default=""),
        sa.Column("version", sa.Integer, nullable=False),
        comment="Applications for an account; both consents were given, else no row; verified_at: last compared.",
    )
    op.create_index(
        "application_one_pending",
        "application",
        ["email_key", "agreement_key"],
        unique=True,
        postgresql_where=sa.text("status = 'pending'"),
    )
    op.create_index(
        "application_unmatched",
        "application",
        ["verified_at"],
        postgresql_where=sa.text("status = 'pending' AND party_id IS NULL"),
    )


def _create_logins() -> None:
    op.create_table(
        "credential",
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("audience", sa.Text, nullable=False),
        sa.Column("identifier", sa.Text, nullable=False),
        sa.Column("identifier_key", sa.Text, nullable=False),
        sa.Column("password_hash", sa.Text, nullable=False),
        sa.Column("must_change", sa.Boolean, nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True)),
        sa.Column("last_login_at", sa.DateTime(timezone=True)),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("audience", "identifier_key", name="credential_identifier"),
        comment="How an account or a clerk logs in; expires_at is set for a temporary password alone.",
    )
    op.create_table(
        "account",
        sa.Column("account_id", sa.Uuid, sa.ForeignKey("credential.account_id"), primary_key=True),
        sa.Column("party_id", sa.Uuid, nullable=False, unique=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("email", sa.Text, nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        comment="Accounts of parties.",
    )
    op.create_table(
        "clerk",
        sa.Column("clerk_id", sa.Uuid, sa.ForeignKey("credential.account_id"), primary_key=True),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("roles", postgresql.ARRAY(sa.Text), nullable=False),
        sa.Column("active", sa.Boolean, nullable=False),
        comment="The office's people.",
    )
    op.create_table(
        "failed_login",
        sa.Column("audience", sa.Text, primary_key=True),
        sa.Column("identifier_key", sa.Text, primary_key=True),
        sa.Column("failures", sa.Integer, nullable=False),
        sa.Column("locked_until", sa.DateTime(timezone=True)),
        sa.Column("last_failed_at", sa.DateTime(timezone=True), nullable=False),
        comment="Wrong passwords in a row, also for identifiers that nobody has, so that the answer tells nothing.",
    )
    op.create_index("failed_login_last_failed_at", "failed_login", ["last_failed_at"])
