"""The toy's tables."""

import sqlalchemy as sa
from alembic import op

from services.chassis.storage.migrations import create_chassis_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    create_chassis_tables()
    op.create_table(
        "noted",
        sa.Column("place", sa.Integer, sa.Identity(), primary_key=True),
        sa.Column("thing_id", sa.Uuid, nullable=False),
        sa.Column("text", sa.Text, nullable=False),
    )
