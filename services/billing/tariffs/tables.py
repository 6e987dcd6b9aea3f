"""What is stored of tariffs."""

from sqlalchemy import BigInteger, Column, Date, Numeric, Sequence, Table, Text
from sqlalchemy.dialects.postgresql import JSONB

from services.billing.tables import metadata

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
