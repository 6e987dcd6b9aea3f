"""Mails and documents that failed, for the office alone."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)
OPEN = {
    "failed_mail": "version > coalesce(retried_version, 0) AND dropped_version IS NULL",
    "failed_document": "version > coalesce(retried_version, 0)",
}


def upgrade() -> None:
    """Create both tables; nobody but clerks and projections sees their rows."""
    op.create_table(
        "failed_mail",
        sa.Column("mail_id", sa.Uuid, primary_key=True),
        sa.Column("kind", sa.Text),
        sa.Column("name", sa.Text),
        sa.Column("recipient", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("failed_at", MOMENT),
        sa.Column("version", sa.Integer),
        sa.Column("retried_at", MOMENT),
        sa.Column("retried_version", sa.Integer),
        sa.Column("dropped_at", MOMENT),
        sa.Column("dropped_version", sa.Integer),
        comment="Shown as long as its newest version is a failure.",
    )
    op.create_table(
        "failed_document",
        sa.Column("invoice_id", sa.Uuid, primary_key=True),
        sa.Column("number", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("failed_at", MOMENT),
        sa.Column("version", sa.Integer),
        sa.Column("retried_at", MOMENT),
        sa.Column("retried_version", sa.Integer),
        comment="Invoices without a PDF; shown as long as the newest version is a failure.",
    )
    for table, is_open in OPEN.items():
        op.create_index(f"{table}_open", table, ["failed_at"], postgresql_where=sa.text(is_open))
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY everything ON {table} USING ((SELECT sees_everything()))")
