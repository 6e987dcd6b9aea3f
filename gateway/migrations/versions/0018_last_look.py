"""Lists ask when each clerk last looked at a thing, however often that clerk did: the audit log has every time."""

import sqlalchemy as sa
from alembic import op

revision = "0018"
down_revision = "0017"


def upgrade() -> None:
    """Make the table, for clerks alone. Looks before this are not in it; they count for ten minutes only."""
    op.create_table(
        "last_look",
        sa.Column("about_id", sa.Uuid, primary_key=True),
        sa.Column("clerk_id", sa.Uuid, primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        comment="When each clerk last looked at, or did something to, each thing.",
    )
    op.execute("ALTER TABLE last_look ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY")
    op.execute("CREATE POLICY everything ON last_look USING ((SELECT sees_everything()))")
