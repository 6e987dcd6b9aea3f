"""Applications for an account, the decisions on them, and the human checks that were used."""

from sqlalchemy import Column, Index, LargeBinary, Table, Text, Uuid
from sqlalchemy.dialects.postgresql import JSONB

from gateway.tables import metadata, moment, version

application = Table(
    "application",
    metadata,
    Column("application_id", Uuid, primary_key=True),
    Column("number", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("agreement_number", Text, nullable=False),
    Column("received_at", moment, nullable=False),
    Column("party_id", Uuid),
    Column("checks", JSONB, nullable=False),
    version(),
    Index("application_received_at", "received_at"),
)

application_decision = Table(
    "application_decision",
    metadata,
    Column("application_id", Uuid, primary_key=True),
    Column("decision", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("clerk", Text, nullable=False),
    Column("decided_at", moment, nullable=False),
    version(),
    Index("application_decision_decided_at", "decided_at"),
)

used_check = Table(
    "used_check",
    metadata,
    Column("signature", Text, primary_key=True),
    Column("form_hash", LargeBinary, nullable=False),
    Column("expires_at", moment, nullable=False),
    Index("used_check_expires_at", "expires_at"),
    comment="Human checks that were used, each with the form that used it, until they expire.",
)
