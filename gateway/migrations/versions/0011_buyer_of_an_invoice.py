"""A bill shows whom it was made out to, whatever has become of the party since."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

revision = "0011"
down_revision = "0010"

_WHOLE = "(SELECT public.own_parties())::uuid[]"
_REACHED = "(SELECT public.reached_parties())::uuid[]"


def upgrade() -> None:
    """Add the buyer to invoices, and to what customers see of them."""
    op.add_column("invoice", sa.Column("buyer", JSONB))
    op.execute(f"""
        CREATE OR REPLACE VIEW own_invoice WITH (security_invoker = true) AS
        SELECT invoice_id, party_id, number, kind, agreement_number, service_point, reading_id, issued_on, due_on,
               period_from, period_to, description, items, net, vat, gross,
               CASE WHEN party_id = ANY ({_WHOLE}) THEN coalesce(paid, 0) END AS paid,
               CASE WHEN party_id = ANY ({_WHOLE}) THEN coalesce(left_to_pay, gross) END AS left_to_pay,
               CASE WHEN party_id = ANY ({_WHOLE}) THEN coalesce(interest, 0) END AS interest,
               document_key, buyer
        FROM invoice
        WHERE party_id = ANY ({_REACHED}) AND number IS NOT NULL
    """)  # noqa: S608 (constants)
