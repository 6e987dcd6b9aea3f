"""A bill that is kept says which version of the message it is."""

import sqlalchemy as sa
from alembic import op

revision = "0004"
down_revision = "0003"

_FIRST = "billing.invoice.document_stored.v1"
"""What all rows are that are there already."""


def upgrade() -> None:
    """Add the message's type."""
    op.add_column("early_bill", sa.Column("message_type", sa.Text, nullable=False, server_default=_FIRST))
