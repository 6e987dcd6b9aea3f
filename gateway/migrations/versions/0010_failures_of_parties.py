"""Failures know the party that they are about."""

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"


def upgrade() -> None:
    """Add the party; what failed before has it after the next replay."""
    for table in ("failed_mail", "failed_document"):
        op.add_column(table, sa.Column("party_id", sa.Uuid))
