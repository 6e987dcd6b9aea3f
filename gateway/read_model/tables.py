"""How far the read model has come."""

from sqlalchemy import Column, Table, Text

from gateway.tables import metadata, moment

progress = Table(
    "progress",
    metadata,
    Column("source", Text, primary_key=True),
    Column("last_event_at", moment, nullable=False),
    comment="Up to when each service's events are in the read model: the age of a page's data (K17).",
)
