"""An invoice need not settle a reading."""

from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    op.alter_column("invoice", "reading_id", nullable=True)
