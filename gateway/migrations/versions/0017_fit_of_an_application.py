"""How an application fits what the utility knows is worked out once, not at each showing of the list."""

import sqlalchemy as sa
from alembic import op

from services.chassis.storage.migrations import create_index_concurrently

revision = "0017"
down_revision = "0016"

_FIT = """CASE
    WHEN party_id IS NULL THEN 'nobody'
    WHEN checks @? '$[*] ? (@.field == "account" && @.matches == false)' THEN 'account'
    WHEN checks @? '$[*] ? (@.expected != null && @.matches == false)' THEN 'differs'
    ELSE 'agrees'
END"""
_MISMATCHES = """jsonb_array_length(jsonb_path_query_array(
    checks, '$[*] ? (@.field != "account" && @.expected != null && @.matches == false)'
))"""


def upgrade() -> None:
    """Add the columns, which writes the table anew: a few thousand applications, a second at most; and an index."""
    # In one statement, so that it is written anew once.
    op.execute(f"""
        ALTER TABLE application
            ADD COLUMN fit text GENERATED ALWAYS AS ({_FIT}) STORED,
            ADD COLUMN mismatches integer GENERATED ALWAYS AS ({_MISMATCHES}) STORED
    """)
    waiting = sa.text("number IS NOT NULL AND decision IS NULL")
    columns = ["fit", "received_at", "application_id"]
    create_index_concurrently("application_waiting_by_fit", "application", columns, postgresql_where=waiting)
