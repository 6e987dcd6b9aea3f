"""A bill shows when it was paid, what it is for, and whether it comes on paper."""

import sqlalchemy as sa
from alembic import op

revision = "0016"
down_revision = "0015"

_WHOLE = "(SELECT public.own_parties())::uuid[]"
_REACHED = "(SELECT public.reached_parties())::uuid[]"


def upgrade() -> None:
    """Add them to invoices, and to what customers see of them."""
    op.add_column("invoice", sa.Column("medium", sa.Text))
    op.add_column("invoice", sa.Column("e_invoice", sa.Boolean))
    op.add_column("invoice", sa.Column("paid_on", sa.Date))
    op.execute(f"""
        CREATE OR REPLACE VIEW own_invoice WITH (security_invoker = true) AS
        SELECT invoice_id, party_id, number, kind, agreement_number, service_point, reading_id, issued_on, due_on,
               period_from, period_to, description, items, net, vat, gross,
               CASE WHEN party_id = ANY ({_WHOLE}) THEN coalesce(paid, 0) END AS paid,
               CASE WHEN party_id = ANY ({_WHOLE}) THEN coalesce(left_to_pay, gross) END AS left_to_pay,
               CASE WHEN party_id = ANY ({_WHOLE}) THEN coalesce(interest, 0) END AS interest,
               document_key, buyer, medium, e_invoice,
               CASE WHEN party_id = ANY ({_WHOLE}) THEN paid_on END AS paid_on
        FROM invoice
        WHERE party_id = ANY ({_REACHED}) AND number IS NOT NULL
    """)  # noqa: S608 (constants)
