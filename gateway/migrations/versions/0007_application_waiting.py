"""Clerks see the applications that wait, the oldest first, without reading those that are decided."""

import sqlalchemy as sa

from services.chassis.storage.migrations import create_index_concurrently

revision = "0007"
down_revision = "0006"


def upgrade() -> None:
    """Create the index."""
    waits = sa.text("number IS NOT NULL AND decision IS NULL")
    create_index_concurrently("application_waiting", "application", ["received_at"], postgresql_where=waits)
