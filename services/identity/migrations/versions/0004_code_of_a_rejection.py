"""A rejection keeps its reason as a code, and what the clerk wrote beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"


def upgrade() -> None:
    """Add both. Rejections before this have only the text."""
    op.add_column("application", sa.Column("reason_code", sa.Text))
    op.add_column("application", sa.Column("own_words", sa.Text, nullable=False, server_default=""))
