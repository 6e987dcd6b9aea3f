"""Wrong passwords are counted by where they are typed too, so that a stranger's do not keep the owner out.

The release before cannot count with the wider key: stop identity, migrate, start the new one. Logins meanwhile are told
that the service is away.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Widen the key by the place; what is counted so far belongs to no place."""
    op.add_column("failed_login", sa.Column("tried_from", sa.Text, nullable=False, server_default=""))
    op.alter_column("failed_login", "tried_from", server_default=None)
    op.drop_constraint("failed_login_pkey", "failed_login")
    op.create_primary_key("failed_login_pkey", "failed_login", ["audience", "identifier_key", "tried_from"])
