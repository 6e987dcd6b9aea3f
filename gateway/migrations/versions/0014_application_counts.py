"""Decided applications are counted by an index alone, and listed in one order even where they came at one moment."""

import sqlalchemy as sa

from services.chassis.storage.migrations import create_index_concurrently

revision = "0014"
down_revision = "0013"


def upgrade() -> None:
    """Create the index."""
    decided = sa.text("number IS NOT NULL AND decision IS NOT NULL")
    columns = ["decision", "received_at", "application_id"]
    create_index_concurrently("application_by_decision", "application", columns, postgresql_where=decided)
