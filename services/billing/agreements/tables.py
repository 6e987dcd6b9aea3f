"""What is stored of parties, their accounts and their agreements."""

from sqlalchemy import Boolean, Column, Date, ForeignKey, Integer, Numeric, Table, Text, UniqueConstraint, Uuid, text

from services.billing.tables import MONEY, metadata

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
    Column("balance", MONEY, nullable=False, server_default=text("0")),
    Column("version", Integer, nullable=False, server_default=text("0")),
    comment="The head of each party's ledger: its last entry's number and balance; locked while one is added.",
    # Every entry rewrites its row: room on the page keeps the rewrite out of the index.
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
