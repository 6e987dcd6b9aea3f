"""Logins."""

from sqlalchemy import Column, Table, Text, Uuid

from gateway.tables import metadata, moment, version

last_login = Table(
    "last_login",
    metadata,
    Column("account_id", Uuid, primary_key=True),
    Column("audience", Text, nullable=False),
    Column("logged_in_at", moment, nullable=False),
    version(),
)
