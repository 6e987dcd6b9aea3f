"""Meters, readings and hourly registers."""

import sqlalchemy as sa
from alembic import op

from services.chassis.storage.migrations import create_chassis_tables

revision = "0001"
down_revision = None


def upgrade() -> None:
    """Create every table of metering."""
    create_chassis_tables()
    op.create_table(
        "meter",
        sa.Column("meter_id", sa.Uuid, primary_key=True),
        sa.Column("number", sa.Text, nullable=False, unique=True),
        sa.Column("service_point", sa.Text, nullable=False),
        sa.Column("medium", sa.Text, nullable=False),
        sa.Column("unit", sa.Text, nullable=False),
        sa.Column("street", sa.Text, nullable=False),
        sa.Column("postal_code", sa.Text, nullable=False),
        sa.Column("city", sa.Text, nullable=False),
        sa.Column("installed_on", sa.Date, nullable=False),
        sa.Column("legalized_until", sa.Date),
        sa.Column("version", sa.Integer, nullable=False),
        comment="Meters; a row is locked while a reading of it is checked and stored.",
    )
    op.create_table(
        "reading",
        sa.Column("reading_id", sa.Uuid, primary_key=True),
        sa.Column("meter_id", sa.Uuid, sa.ForeignKey("meter.meter_id"), nullable=False),
        sa.Column("read_on", sa.Date, nullable=False),
        sa.Column("value", sa.Numeric(14, 3), nullable=False),
        sa.Column("source", sa.Text, nullable=False),
        sa.Column("version", sa.Integer, nullable=False),
        sa.Column("accepted_at", sa.DateTime(timezone=True), nullable=False),
        # Also serves every query: the readings of a meter in the order of their days.
        sa.UniqueConstraint("meter_id", "read_on", name="reading_meter_id_read_on"),
        comment="Accepted cumulative registers; read_on is a local date, version its place among the meter's.",
    )
    op.create_table(
        "telemetry",
        sa.Column("meter_id", sa.Uuid, sa.ForeignKey("meter.meter_id"), primary_key=True),
        sa.Column("at", sa.DateTime(timezone=True), primary_key=True),
        sa.Column("energy_kwh", sa.Numeric, nullable=False),
        sa.Column("volume_m3", sa.Numeric, nullable=False),
        sa.Column("inlet_m3c", sa.Numeric, nullable=False),
        sa.Column("back_m3c", sa.Numeric, nullable=False),
        comment="Hourly cumulative registers as the meter told them; mean supply temperature is Δinlet / Δvolume.",
    )
