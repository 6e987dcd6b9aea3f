"""Clerks see who else has just looked at an application."""

import sqlalchemy as sa

from services.chassis.storage.migrations import create_index_concurrently

revision = "0013"
down_revision = "0012"


def upgrade() -> None:
    """Create the index."""
    about = sa.text("about_id IS NOT NULL")
    create_index_concurrently("audit_about", "audit", ["about_id", "at"], postgresql_where=about)
