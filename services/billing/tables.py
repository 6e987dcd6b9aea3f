"""What billing stores: parties and their accounts, agreements, tariffs, invoices, payments, the ledger, documents."""

from sqlalchemy import (
    BigInteger,
    Boolean,
    CheckConstraint,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Identity,
    Index,
    Integer,
    MetaData,
    Numeric,
    Sequence,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

_money = Numeric(14, 2)

party = Table(
    "party",
    metadata,
    Column("party_id", Uuid, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("pesel", Text),
    Column("nip", Text),
    Column("regon", Text),
    Column("email", Text),
    Column("phone", Text),
    Column("street", Text, nullable=False),
    Column("postal_code", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("version", Integer, nullable=False),
    comment="Parties to agreements.",
)

account = Table(
    "account",
    metadata,
    Column("party_id", Uuid, ForeignKey("party.party_id"), primary_key=True),
    Column("balance", _money, nullable=False, server_default=text("0")),
    Column("version", Integer, nullable=False, server_default=text("0")),
    comment="The head of each party's ledger: its last entry's number and balance; locked while one is added.",
    postgresql_with={"fillfactor": "70"},
)

agreement = Table(
    "agreement",
    metadata,
    Column("agreement_id", Uuid, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("party_id", Uuid, ForeignKey("party.party_id"), nullable=False),
    Column("medium", Text, nullable=False),
    Column("service_point", Text, nullable=False),
    Column("tariff", Text, nullable=False),
    Column("tariff_group", Text, nullable=False),
    Column("capacity_mw", Numeric(12, 6)),
    Column("signed_on", Date, nullable=False),
    Column("billed_from", Date, nullable=False),
    Column("e_invoice", Boolean, nullable=False),
    Column("version", Integer, nullable=False),
    UniqueConstraint("service_point", "medium", "billed_from", name="agreement_at_service_point"),
    comment="Agreements; at a service point the one with the latest billed_from before a reading settles it.",
)

tariff_revision = Sequence("tariff_revision", metadata=metadata)

tariff = Table(
    "tariff",
    metadata,
    Column("code", Text, primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("medium", Text, nullable=False),
    Column("utility", Text, nullable=False),
    Column("vat", Numeric(5, 2), nullable=False),
    Column("source", Text, nullable=False),
    Column("groups", JSONB, nullable=False),
    Column("revision", BigInteger, nullable=False, unique=True),
    comment="Published net prices by tariff group, as text in PLN; valid_from -infinity is always. The vat is the "
    "published one; invoices charge the profile's dated rates.",
)

invoice_serial = Table(
    "invoice_serial",
    metadata,
    Column("series", Text, primary_key=True),
    Column("last", BigInteger, nullable=False),
    comment="Counters of invoice numbers without gaps: the row stays locked until the invoice is committed.",
    postgresql_with={"fillfactor": "10"},
)

invoice = Table(
    "invoice",
    metadata,
    Column("invoice_id", Uuid, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("party_id", Uuid, ForeignKey("party.party_id"), nullable=False),
    Column("agreement_id", Uuid, ForeignKey("agreement.agreement_id"), nullable=False),
    Column("agreement_number", Text, nullable=False),
    Column("service_point", Text, nullable=False),
    Column("medium", Text, nullable=False),
    Column("reading_id", Uuid, nullable=False, unique=True),
    Column("issued_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("period_from", Date, nullable=False),
    Column("period_to", Date, nullable=False),
    Column("description", Text, nullable=False),
    Column("items", JSONB, nullable=False),
    Column("net", _money, nullable=False),
    Column("vat", _money, nullable=False),
    Column("gross", _money, nullable=False),
    Column("e_invoice", Boolean, nullable=False),
    Column("buyer", JSONB, nullable=False),
    Column("registers", JSONB, nullable=False),
    Column("paid", _money, nullable=False),
    Column("interest", _money, nullable=False),
    Column("balance_as_of", Date, nullable=False),
    Column("balance_version", Integer, nullable=False),
    UniqueConstraint("agreement_id", "period_from", name="invoice_once_a_period"),
    CheckConstraint("paid >= 0 AND paid <= gross", name="invoice_paid"),
    # The open invoices of a party, the oldest debt first.
    Index("invoice_open", "party_id", "due_on", "number", postgresql_where=text("paid < gross")),
    # Those whose interest is not reckoned up to today.
    Index("invoice_overdue", "balance_as_of", "due_on", postgresql_where=text("paid < gross")),
    comment="Invoices; a trigger keeps all but what is paid and the interest (paid … balance_version) as it was "
    "issued.",
)

payment = Table(
    "payment",
    metadata,
    Column("payment_id", Uuid, primary_key=True),
    Column("reference", Text, nullable=False, unique=True),
    Column("party_id", Uuid, ForeignKey("party.party_id"), nullable=False),
    Column("booked_on", Date, nullable=False),
    Column("amount", _money, nullable=False),
    Column("title", Text, nullable=False),
    Column("unallocated", _money, nullable=False),
    CheckConstraint("unallocated >= 0 AND unallocated <= amount", name="payment_unallocated"),
    # What a party has paid in excess, the oldest first.
    Index("payment_unallocated_of_party", "party_id", "booked_on", postgresql_where=text("unallocated > 0")),
    comment="Payments; unallocated is what no invoice needed yet.",
)

allocation = Table(
    "allocation",
    metadata,
    Column("allocation_id", BigInteger, Identity(always=True), primary_key=True),
    Column("invoice_id", Uuid, ForeignKey("invoice.invoice_id"), nullable=False),
    Column("payment_id", Uuid, ForeignKey("payment.payment_id"), nullable=False),
    Column("amount", _money, nullable=False),
    Column("paid_on", Date, nullable=False),
    Index("allocation_invoice_id", "invoice_id"),
    comment="Which payment paid how much of which invoice, and from which day the debt was smaller by it.",
)

ledger_entry = Table(
    "ledger_entry",
    metadata,
    Column("entry_id", Uuid, primary_key=True),
    Column("party_id", Uuid, ForeignKey("party.party_id"), nullable=False),
    Column("version", Integer, nullable=False),
    Column("kind", Text, nullable=False),
    Column("amount", _money, nullable=False),
    Column("balance", _money, nullable=False),
    Column("posted_on", Date, nullable=False),
    Column("description", Text, nullable=False),
    Column("invoice_id", Uuid, ForeignKey("invoice.invoice_id")),
    Column("payment_id", Uuid, ForeignKey("payment.payment_id")),
    Column("posted_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("party_id", "version", name="ledger_entry_of_party"),
    comment="The ledger. Append-only: a trigger refuses every change. Positive amounts are owed by the party.",
)

document_job = Table(
    "document_job",
    metadata,
    Column("invoice_id", Uuid, ForeignKey("invoice.invoice_id"), primary_key=True),
    Column("issued_on", Date, nullable=False),
    Column("queued_at", DateTime(timezone=True), nullable=False),
    Column("correlation_id", Text, nullable=False),
    Column("taken_until", DateTime(timezone=True)),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("problem", Text),
    Column("given_up_at", DateTime(timezone=True)),
    # Newest invoices first: somebody waits for them, and nobody for loaded history.
    Index("document_job_next", "issued_on", "queued_at", postgresql_where=text("given_up_at IS NULL")),
    Index("document_job_waiting", "queued_at", postgresql_where=text("given_up_at IS NULL")),
    comment="PDFs still to be made; a worker takes a row until taken_until and deletes it when the file is stored.",
    postgresql_with={"autovacuum_vacuum_scale_factor": "0", "autovacuum_vacuum_threshold": "2000"},
)

document = Table(
    "document",
    metadata,
    Column("invoice_id", Uuid, ForeignKey("invoice.invoice_id"), primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("size", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("stored_at", DateTime(timezone=True), nullable=False),
    comment="PDFs of invoices in the object store.",
)
