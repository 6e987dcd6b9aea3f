"""A bill's PDF is shown only when it is the file that billing stored."""

import sqlalchemy as sa
from alembic import op

revision = "0012"
down_revision = "0011"


def upgrade() -> None:
    """Add the digest; documents that were told before have none until billing tells them again."""
    op.add_column("invoice", sa.Column("document_sha256", sa.Text))
