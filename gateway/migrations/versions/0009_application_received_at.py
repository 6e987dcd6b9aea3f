"""The two lists of applications have indexes of their own; beside them nobody reads the one over both."""

from alembic import op

revision = "0009"
down_revision = "0008"


def upgrade() -> None:
    """Drop the index: planned for any decision, the list of a rare one would go through all by it."""
    op.drop_index("application_received_at", "application")
