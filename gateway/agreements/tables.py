"""Parties and their agreements, as the pages show them."""

from sqlalchemy import Boolean, Column, Date, Index, Table, Text, Uuid

from gateway.tables import metadata, version

party = Table(
    "party",
    metadata,
    Column("party_id", Uuid, primary_key=True),
    Column("code", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("nip", Text),
    Column("street", Text, nullable=False),
    Column("postal_code", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("phone", Text),
    version(),
)

agreement = Table(
    "agreement",
    metadata,
    Column("agreement_id", Uuid, primary_key=True),
    Column("party_id", Uuid, nullable=False),
    Column("number", Text, nullable=False),
    Column("medium", Text, nullable=False),
    Column("service_point", Text, nullable=False),
    Column("billed_from", Date, nullable=False),
    Column("e_invoice", Boolean, nullable=False),
    version(),
    Index("agreement_party", "party_id"),
    # Which agreement comes after another at a service point.
    Index("agreement_succession", "service_point", "medium", "billed_from"),
)
