"""An invoice with its balance and its document is one row, and so is an application with its decision.

The rows of the old tables are copied and the tables dropped in one step. A gateway of the release before that still
runs cannot show bills then, nor write balances: what it could not write waits in the retry queues for the new one, so
nothing is lost as long as it is replaced within the quarter of an hour that the queues wait.
"""

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"

MONEY = sa.Numeric(14, 2)
MOMENT = sa.DateTime(timezone=True)

ISSUED = (
    "number", "kind", "agreement_number", "service_point", "issued_on", "due_on", "period_from",
    "period_to", "description", "items", "net", "vat", "gross", "version",
)  # fmt: skip
RECEIVED = ("number", "name", "email", "agreement_number", "received_at", "checks", "version")


def upgrade() -> None:
    _invoices()
    _applications()


def _invoices() -> None:
    for column in ISSUED:
        op.alter_column("invoice", column, nullable=True)
    for column in (
        sa.Column("paid", MONEY),
        sa.Column("left_to_pay", MONEY),
        sa.Column("interest", MONEY),
        sa.Column("as_of", sa.Date),
        sa.Column("balance_version", sa.Integer),
        sa.Column("document_key", sa.Text),
        sa.Column("document_size", sa.Integer),
        sa.Column("document_version", sa.Integer),
    ):
        op.add_column("invoice", column)
    op.execute("""
        INSERT INTO invoice (invoice_id, party_id, paid, left_to_pay, interest, as_of, balance_version)
        SELECT invoice_id, party_id, paid, left_to_pay, interest, as_of, version FROM invoice_balance
        ON CONFLICT (invoice_id) DO UPDATE
        SET (paid, left_to_pay, interest, as_of, balance_version)
            = (excluded.paid, excluded.left_to_pay, excluded.interest, excluded.as_of, excluded.balance_version)
    """)
    op.execute("""
        INSERT INTO invoice (invoice_id, party_id, document_key, document_size, document_version)
        SELECT invoice_id, party_id, key, size, version FROM invoice_document
        ON CONFLICT (invoice_id) DO UPDATE
        SET (document_key, document_size, document_version)
            = (excluded.document_key, excluded.document_size, excluded.document_version)
    """)
    op.drop_table("invoice_balance")
    op.drop_table("invoice_document")
    op.create_index("invoice_unpaid", "invoice", ["party_id"], postgresql_where=sa.text("left_to_pay > 0"))
    op.create_table_comment(
        "invoice", "Shown once it is issued (`number` is there); its balance and its document may come before."
    )


def _applications() -> None:
    for column in RECEIVED:
        op.alter_column("application", column, nullable=True)
    for column in (
        sa.Column("decision", sa.Text),
        sa.Column("reason", sa.Text),
        sa.Column("clerk", sa.Text),
        sa.Column("decided_at", MOMENT),
        sa.Column("decision_version", sa.Integer),
    ):
        op.add_column("application", column)
    op.execute("""
        INSERT INTO application (application_id, decision, reason, clerk, decided_at, decision_version)
        SELECT application_id, decision, reason, clerk, decided_at, version FROM application_decision
        ON CONFLICT (application_id) DO UPDATE
        SET (decision, reason, clerk, decided_at, decision_version)
            = (excluded.decision, excluded.reason, excluded.clerk, excluded.decided_at, excluded.decision_version)
    """)
    op.drop_table("application_decision")
    op.create_index("application_decided_at", "application", ["decided_at"])
    op.create_table_comment(
        "application", "Shown once it is received (`number` is there); the decision may come before."
    )
