"""Meters and their readings."""

from sqlalchemy import Column, Date, Index, Table, Text, Uuid, text

from gateway.tables import metadata, quantity, version

meter = Table(
    "meter",
    metadata,
    Column("meter_id", Uuid, primary_key=True),
    Column("number", Text, nullable=False),
    Column("service_point", Text, nullable=False),
    Column("medium", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("street", Text, nullable=False),
    Column("city", Text, nullable=False),
    version(),
    Index("meter_number", "number"),
    Index("meter_service_point", "service_point"),
)

reading = Table(
    "reading",
    metadata,
    Column("reading_id", Uuid, primary_key=True),
    Column("meter_id", Uuid, nullable=False),
    Column("value", quantity, nullable=False),
    Column("read_on", Date, nullable=False),
    Column("source", Text, nullable=False),
    Column("previous_value", quantity),
    Column("previous_read_on", Date),
    version(),
    Index("reading_newest_of_meter", "meter_id", text("read_on DESC")),
)
