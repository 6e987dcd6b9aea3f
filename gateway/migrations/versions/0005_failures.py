"""Mails and documents that failed, for the office alone."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"

MOMENT = sa.DateTime(timezone=True)
OPEN = sa.text("version > coalesce(retried_version, 0)")


def upgrade() -> None:
    """Create both tables; nobody but clerks and projections sees their rows."""
    op.create_table(
        "failed_mail",
        sa.Column("mail_id", sa.Uuid, primary_key=True),
        sa.Column("kind", sa.Text),
        sa.Column("recipient", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("failed_at", MOMENT),
        sa.Column("version", sa.Integer),
        sa.Column("retried_at", MOMENT),
        sa.Column("retried_version", sa.Integer),
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
    for table in ("failed_mail", "failed_document"):
        op.create_index(f"{table}_open", table, ["failed_at"], postgresql_where=OPEN)
        op.execute(f"ALTER TABLE {table} ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
        op.execute(f"CREATE POLICY everything ON {table} USING ((SELECT sees_everything()))")
