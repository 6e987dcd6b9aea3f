"""What metering stores: meters, their readings, and the hourly registers of those that are read remotely."""

from sqlalchemy import (
    Column,
    Date,
    DateTime,
    ForeignKey,
    Integer,
    MetaData,
    Numeric,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
)

metadata = MetaData()

meter = Table(
    "meter",
    metadata,
    Column("meter_id", Uuid, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("service_point", Text, nullable=False),
    Column("medium", Text, nullable=False),
    Column("unit", Text, nullable=False),
    Column("street", Text, nullable=False),
    Column("postal_code", Text, nullable=False),
    Column("city", Text, nullable=False),
    Column("installed_on", Date, nullable=False),
    Column("legalized_until", Date),
    Column("version", Integer, nullable=False),
    comment="Meters; a row is locked while a reading of it is checked and stored.",
)

reading = Table(
    "reading",
    metadata,
    Column("reading_id", Uuid, primary_key=True),
    Column("meter_id", Uuid, ForeignKey("meter.meter_id"), nullable=False),
    Column("read_on", Date, nullable=False),
    Column("value", Numeric(14, 3), nullable=False),
    Column("source", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Column("accepted_at", DateTime(timezone=True), nullable=False),
    UniqueConstraint("meter_id", "read_on", name="reading_meter_id_read_on"),
    comment="Accepted cumulative registers; read_on is a local date, version its place among the meter's.",
)

telemetry = Table(
    "telemetry",
    metadata,
    Column("meter_id", Uuid, ForeignKey("meter.meter_id"), primary_key=True),
    Column("at", DateTime(timezone=True), primary_key=True),
    Column("energy_kwh", Numeric, nullable=False),
    Column("volume_m3", Numeric, nullable=False),
    Column("inlet_m3c", Numeric, nullable=False),
    Column("back_m3c", Numeric, nullable=False),
    comment="Hourly cumulative registers as the meter told them; mean supply temperature is Δinlet / Δvolume.",
)
