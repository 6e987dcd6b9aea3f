"""When each account's password was changed last: what makes sessions of an older one worth nothing."""

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0005"


def upgrade() -> None:
    """Create the table, which every connection sees: sessions are found before anybody is known."""
    op.create_table(
        "password_change",
        sa.Column("account_id", sa.Uuid, primary_key=True),
        sa.Column("changed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        comment="When each account's password was changed last; a session that began before is over.",
    )
