"""A rejected application shows its reason from a code, and what the clerk wrote beside it."""

import sqlalchemy as sa
from alembic import op

revision = "0019"
down_revision = "0018"


def upgrade() -> None:
    """Add both. Rejections before this have only the text."""
    op.add_column("application", sa.Column("reason_code", sa.Text))
    op.add_column("application", sa.Column("own_words", sa.Text))
