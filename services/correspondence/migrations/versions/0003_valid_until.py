"""A mail knows until when its words are true."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add when a temporary password in the mail stops working."""
    op.add_column("mail", sa.Column("valid_until", sa.DateTime(timezone=True)))
