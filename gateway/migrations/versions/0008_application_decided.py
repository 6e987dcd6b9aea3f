"""Clerks see the applications that were decided one way, the newest first, without sorting them all."""

import sqlalchemy as sa

from services.chassis.storage.migrations import create_index_concurrently

revision = "0008"
down_revision = "0007"


def upgrade() -> None:
    """Create the index."""
    create_index_concurrently(
        "application_decided",
        "application",
        ["decision", sa.text("received_at DESC")],
        postgresql_where=sa.text("decision IS NOT NULL"),
    )
