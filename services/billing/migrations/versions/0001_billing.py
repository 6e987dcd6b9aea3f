"""Parties, agreements, tariffs, invoices, payments, the ledger, documents."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from services.chassis.storage.migrations import create_chassis_tables

revision = "0001"
down_revision = None

_ISSUED = (
    "invoice_id, number, party_id, agreement_id, agreement_number, service_point, medium, reading_id, issued_on, "
    "due_on, period_from, period_to, description, items, net, vat, gross, e_invoice, buyer, registers"
)


def upgrade() -> None:
    """Create every table of billing."""
    create_chassis_tables()
    _create_parties()
    _create_tariffs()
    _create_invoices()
    _create_payments()
    _create_ledger()
    _create_documents()
    _keep_what_is_booked()


def _create_parties() -> None:
    op.create_table(
        "party",
        sa.Column("party_id", sa.Uuid, primary_key=True),
        sa.Column("code", sa.Text, nullable=False, unique=True),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("name", sa.Text, nullable=False),
        sa.Column("pesel", sa.Text),
        sa.Column("nip", sa.Text),
        sa.Column("regon", sa.Text),
        sa.Column("email", sa.Text),
        sa.Column("phone", sa.Text),
        sa.Column("street", sa.Text, nullable=False),
        sa.Column("postal_code", sa.Text, nullable=False),
        sa.Column("city", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        comment="Parties to agreements.",
    )
    op.create_table(
        "account",
        sa.Column("party_id", sa.Uuid, sa.ForeignKey("party.party_id"), primary_key=True),
        sa.Column("balance", sa.Numeric(14, 2), nullable=False, server_default=sa.text("0")),
        sa.Column("version", sa.Integer, nullable=False, server_default=sa.text("0")),
        comment="The head of each party's ledger: its last entry's number and balance; locked while one is added.",
        # Every entry rewrites its row: room on the page keeps the rewrite out of the index.
        postgresql_with={"fillfactor": "70"},
    )
    op.create_table(
        "agreement",
        sa.Column("agreement_id", sa.Uuid, primary_key=True),
        sa.Column("number", sa.Text, nullable=False, unique=True),
        sa.Column("party_id", sa.Uuid, sa.ForeignKey("party.party_id"), nullable=False),
        sa.Column("medium", sa.Text, nullable=False),
        sa.Column("service_point", sa.Text, nullable=False),
        sa.Column("tariff", sa.Text, nullable=False),
        sa.Column("tariff_group", sa.Text, nullable=False),
        sa.Column("capacity_mw", sa.Numeric(12, 6)),
        sa.Column("signed_on", sa.Date, nullable=False),
        sa.Column("billed_from", sa.Date, nullable=False),
        sa.Column("e_invoice", sa.Boolean, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.UniqueConstraint("service_point", "medium", "billed_from", name="agreement_at_service_point"),
        comment="Agreements; at a service point the one with the latest billed_from before a reading settles it.",
    )


def _create_tariffs() -> None:
    op.execute("CREATE SEQUENCE tariff_revision")
    op.create_table(
        "tariff",
        sa.Column("code", sa.Text, primary_key=True),
        sa.Column("valid_from", sa.Date, primary_key=True),
        sa.Column("medium", sa.Text, nullable=False),
        sa.Column("utility", sa.Text, nullable=False),
        sa.Column("vat", sa.Numeric(5, 2), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("groups", postgresql.JSONB, nullable=False),
        sa.Column("revision", sa.BigInteger, nullable=False, unique=True),
        comment="Published net prices by tariff group, as text in PLN; valid_from -infinity is always. The vat is the "
        "published one; invoices charge the profile's dated rates.",
    )


def _create_invoices() -> None:
    op.create_table(
        "invoice_serial",
        sa.Column("series", sa.Text, primary_key=True),
        sa.Column("last", sa.BigInteger, nullable=False),
        comment="Counters of invoice numbers without gaps: the row stays locked until the invoice is committed.",
        postgresql_with={"fillfactor": "10"},
    )
    op.create_table(
        "invoice",
        sa.Column("invoice_id", sa.Uuid, primary_key=True),
        sa.Column("number", sa.Text, nullable=False, unique=True),
        sa.Column("party_id", sa.Uuid, sa.ForeignKey("party.party_id"), nullable=False),
        sa.Column("agreement_id", sa.Uuid, sa.ForeignKey("agreement.agreement_id"), nullable=False),
        sa.Column("agreement_number", sa.Text, nullable=False),
        sa.Column("service_point", sa.Text, nullable=False),
        sa.Column("medium", sa.Text, nullable=False),
        sa.Column("reading_id", sa.Uuid, nullable=False, unique=True),
        sa.Column("issued_on", sa.Date, nullable=False),
        sa.Column("due_on", sa.Date, nullable=False),
        sa.Column("period_from", sa.Date, nullable=False),
        sa.Column("period_to", sa.Date, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("items", postgresql.JSONB, nullable=False),
        sa.Column("net", sa.Numeric(14, 2), nullable=False),
        sa.Column("vat", sa.Numeric(14, 2), nullable=False),
        sa.Column("gross", sa.Numeric(14, 2), nullable=False),
        sa.Column("e_invoice", sa.Boolean, nullable=False),
        sa.Column("buyer", postgresql.JSONB, nullable=False),
        sa.Column("registers", postgresql.JSONB, nullable=False),
        sa.Column("paid", sa.Numeric(14, 2), nullable=False),
        sa.Column("interest", sa.Numeric(14, 2), nullable=False),
        sa.Column("balance_as_of", sa.Date, nullable=False),
        sa.Column("balance_version", sa.Integer, nullable=False),
        sa.UniqueConstraint("agreement_id", "period_from", name="invoice_once_a_period"),
        sa.CheckConstraint("paid >= 0 AND paid <= gross", name="invoice_paid"),
        comment="Invoices; a trigger keeps all but what is paid and the interest (paid … balance_version) as it was "
        "issued.",
    )
    unpaid = sa.text("paid < gross")
    op.create_index("invoice_open", "invoice", ["party_id", "due_on", "number"], postgresql_where=unpaid)
    op.create_index("invoice_overdue", "invoice", ["balance_as_of", "due_on"], postgresql_where=unpaid)


def _create_payments() -> None:
    op.create_table(
        "payment",
        sa.Column("payment_id", sa.Uuid, primary_key=True),
        sa.Column("reference", sa.Text, nullable=False, unique=True),
        sa.Column("party_id", sa.Uuid, sa.ForeignKey("party.party_id"), nullable=False),
        sa.Column("booked_on", sa.Date, nullable=False),
        sa.Column("amount", sa.Numeric(14, 2), nullable=False),
        sa.Column("title", sa.Text, nullable=False),
        sa.Column("unallocated", sa.Numeric(14, 2), nullable=False),
        sa.CheckConstraint("unallocated >= 0 AND unallocated <= amount", name="payment_unallocated"),
        comment="Payments; unallocated is what no invoice needed yet.",
    )
    op.create_index(
        "payment_unallocated_of_party",
        "payment",
        ["party_id", "booked_on"],
        postgresql_where=sa.text("unallocated > 0"),
    )
    op.create_table(
        "allocation",
        sa.Column("allocation_id", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("invoice_id", sa.Uuid, sa.ForeignKey("invoice.invoice_id"), nullable=False),
        sa.Column("payment_id", sa.Uuid, sa.ForeignKey("payment.payment_id"), nullable=False),
        sa.Column("amount", sa.Numeric(14, 2), nullable=False),
        sa.Column("paid_on", sa.Date, nullable=False),
        comment="Which payment paid how much of which invoice, and from which day the debt was smaller by it.",
    )
    op.create_index("allocation_invoice_id", "allocation", ["invoice_id"])


def _create_ledger() -> None:
    op.create_table(
        "ledger_entry",
        sa.Column("entry_id", sa.Uuid, primary_key=True),
        sa.Column("party_id", sa.Uuid, sa.ForeignKey("party.party_id"), nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("kind", sa.Text, nullable=False),
        sa.Column("amount", sa.Numeric(14, 2), nullable=False),
        sa.Column("balance", sa.Numeric(14, 2), nullable=False),
        sa.Column("posted_on", sa.Date, nullable=False),
        sa.Column("description", sa.Text, nullable=False),
        sa.Column("invoice_id", sa.Uuid, sa.ForeignKey("invoice.invoice_id")),
        sa.Column("payment_id", sa.Uuid, sa.ForeignKey("payment.payment_id")),
        sa.Column("posted_at", sa.DateTime(timezone=True), nullable=False),
        sa.UniqueConstraint("party_id", "version", name="ledger_entry_of_party"),
        comment="The ledger. Append-only: a trigger refuses every change. Positive amounts are owed by the party.",
    )


def _create_documents() -> None:
    op.create_table(
        "document_job",
        sa.Column("invoice_id", sa.Uuid, sa.ForeignKey("invoice.invoice_id"), primary_key=True),
        sa.Column("issued_on", sa.Date, nullable=False),
        sa.Column("queued_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("correlation_id", sa.Text, nullable=False),
        sa.Column("taken_until", sa.DateTime(timezone=True)),
        sa.Column("attempts", sa.Integer, nullable=False, server_default=sa.text("0")),
        sa.Column("problem", sa.Text),
        sa.Column("given_up_at", sa.DateTime(timezone=True)),
        comment="PDFs still to be made; a worker takes a row until taken_until and deletes it when the file is stored.",
        postgresql_with={"autovacuum_vacuum_scale_factor": "0", "autovacuum_vacuum_threshold": "2000"},
    )
    waiting = sa.text("given_up_at IS NULL")
    op.create_index("document_job_next", "document_job", ["issued_on", "queued_at"], postgresql_where=waiting)
    op.create_index("document_job_waiting", "document_job", ["queued_at"], postgresql_where=waiting)
    op.create_table(
        "document",
        sa.Column("invoice_id", sa.Uuid, sa.ForeignKey("invoice.invoice_id"), primary_key=True),
        sa.Column("key", sa.Text, nullable=False, unique=True),
        sa.Column("size", sa.Integer, nullable=False),
        sa.Column("sha256", sa.Text, nullable=False),
        sa.Column("stored_at", sa.DateTime(timezone=True), nullable=False),
        comment="PDFs of invoices in the object store.",
    )


def _keep_what_is_booked() -> None:
    op.execute(
        """
        CREATE FUNCTION refuse_change() RETURNS trigger LANGUAGE plpgsql AS $$
        BEGIN
            RAISE EXCEPTION 'rows of % are never changed or removed', TG_TABLE_NAME USING ERRCODE = 'raise_exception';
        END $$
        """
    )
    op.execute(
        "CREATE TRIGGER ledger_is_append_only BEFORE UPDATE OR DELETE OR TRUNCATE ON ledger_entry "
        "EXECUTE FUNCTION refuse_change()"
    )
    op.execute(
        f"CREATE TRIGGER invoice_is_final BEFORE UPDATE OF {_ISSUED} OR DELETE OR TRUNCATE ON invoice "
        "EXECUTE FUNCTION refuse_change()"
    )
