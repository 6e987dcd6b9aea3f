"""Applications and accounts know what their people read, and applications what was promised."""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"


def upgrade() -> None:
    """Add the languages, and the working days within which an applicant is answered."""
    op.add_column("application", sa.Column("verification_days", sa.Integer))
    op.add_column("application", sa.Column("language", sa.Text))
    op.add_column("account", sa.Column("language", sa.Text))
