"""A mail tells which language its words are in; of those that wait already, nobody knows."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Add the language."""
    op.add_column("mail", sa.Column("language", sa.Text))
