"""Failed mails are told, with the moment and a version, and may be sent again."""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Add when a mail failed, and how often that and a new try were told."""
    op.add_column("mail", sa.Column("failed_at", sa.DateTime(timezone=True)))
    op.add_column("mail", sa.Column("version", sa.Integer, nullable=False, server_default="0"))
