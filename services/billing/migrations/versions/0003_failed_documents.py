"""PDFs that cannot be made are told, with a version, and may be tried again."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add how often a failure and a new try were told."""
    op.add_column("document_job", sa.Column("version", sa.Integer, nullable=False, server_default=sa.text("0")))
