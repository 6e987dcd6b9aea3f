"""A contact knows what its people read."""

import sqlalchemy as sa
from alembic import op

revision = "0005"
down_revision = "0004"


def upgrade() -> None:
    """Add the language."""
    op.add_column("contact", sa.Column("language", sa.Text))
