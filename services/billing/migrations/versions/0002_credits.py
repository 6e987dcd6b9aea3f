"""What reduces a debt is a credit, of which a payment is one kind.

Names change and no row moves: each payment, allocation and entry stays the row that it was. The release before cannot
work with the new names: stop billing, migrate, start the new one. What arrives meanwhile waits in its queue.
"""

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"


def upgrade() -> None:
    """Turn the payments into credits."""
    _payments_become_credits()
    _what_names_a_payment_names_a_credit("allocation")
    _what_names_a_payment_names_a_credit("ledger_entry")
    op.alter_column("allocation", "paid_on", new_column_name="effective_on")
    op.create_table_comment(
        "allocation", "Which credit reduced which invoice by how much, and from which day the debt was smaller by it."
    )


def _payments_become_credits() -> None:
    op.rename_table("payment", "credit")
    op.alter_column("credit", "payment_id", new_column_name="credit_id")
    op.execute("ALTER TABLE credit RENAME CONSTRAINT payment_pkey TO credit_pkey")
    op.execute("ALTER TABLE credit RENAME CONSTRAINT payment_party_id_fkey TO credit_party_id_fkey")
    op.execute("ALTER TABLE credit RENAME CONSTRAINT payment_unallocated TO credit_unallocated")
    op.add_column("credit", sa.Column("kind", sa.Text, nullable=False, server_default="payment"))
    op.alter_column("credit", "kind", server_default=None)
    op.drop_constraint("payment_reference_key", "credit")
    op.create_unique_constraint("credit_reference", "credit", ["kind", "reference"])
    op.add_column("credit", sa.Column("effective_on", sa.Date))
    op.execute("UPDATE credit SET effective_on = booked_on")
    op.alter_column("credit", "effective_on", nullable=False)
    op.add_column("credit", sa.Column("invoice_id", sa.Uuid, sa.ForeignKey("invoice.invoice_id")))
    op.drop_index("payment_unallocated_of_party", "credit")
    op.create_index("credit_unallocated_of_party", "credit", ["party_id"], postgresql_where=sa.text("unallocated > 0"))
    op.create_table_comment(
        "credit",
        "What reduces a party's debts; invoice_id is the one that it reduces first, unallocated what none needed.",
    )


def _what_names_a_payment_names_a_credit(table: str) -> None:
    op.alter_column(table, "payment_id", new_column_name="credit_id")
    op.execute(f"ALTER TABLE {table} RENAME CONSTRAINT {table}_payment_id_fkey TO {table}_credit_id_fkey")
