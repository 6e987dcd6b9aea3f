"""The office's menu counts what waits; clerks see the telephone of the party that an application seems to be from."""

import sqlalchemy as sa
from alembic import op

revision = "0015"
down_revision = "0014"


def upgrade() -> None:
    """Make the view and the column, and drop the index that 0014 has replaced."""
    op.add_column("party", sa.Column("phone", sa.Text))
    op.drop_index("application_decided", "application")
    op.execute("""
        CREATE VIEW office_waiting WITH (security_invoker = true) AS
        SELECT 'applications' AS needs, count(*) AS count, min(received_at) AS oldest_at
        FROM application
        WHERE number IS NOT NULL AND decision IS NULL
        UNION ALL
        SELECT 'failures', count(*), min(failed_at)
        FROM (
            SELECT failed_at FROM failed_mail
            WHERE version > coalesce(retried_version, 0) AND dropped_version IS NULL
            UNION ALL
            SELECT failed_at FROM failed_document
            WHERE version > coalesce(retried_version, 0)
        ) failed
    """)
    op.execute("""
        COMMENT ON VIEW office_waiting IS 'What waits for a clerk, by the right that one needs for it
        (gateway/rights.py): how many, and since when the oldest of them.'
    """)
