"""E-mails that were sent."""

from sqlalchemy import Column, Index, Table, Text, Uuid

from gateway.tables import metadata, moment, version

mail = Table(
    "mail",
    metadata,
    Column("mail_id", Uuid, primary_key=True),
    Column("about_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("sent_at", moment, nullable=False),
    version(),
    Index("mail_about", "about_id"),
)
