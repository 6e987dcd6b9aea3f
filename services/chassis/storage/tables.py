"""The chassis's own tables; every service's database has them."""

from sqlalchemy import (
    BigInteger,
    Column,
    DateTime,
    Identity,
    Index,
    LargeBinary,
    MetaData,
    Table,
    Text,
    Uuid,
    func,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

outbox = Table(
    "outbox",
    metadata,
    Column("position", BigInteger, Identity(always=True), primary_key=True),
    Column("message_type", Text, nullable=False),
    Column("headers", JSONB, nullable=False),
    Column("body", LargeBinary, nullable=False),
    Column("written_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    comment="Events that are true but not yet published; the relay deletes what the broker confirmed.",
    # The table is short and turns over fast: vacuum by count, not by share, keeps the claim quick.
    postgresql_with={"autovacuum_vacuum_scale_factor": "0", "autovacuum_vacuum_threshold": "2000"},
)

inbox = Table(
    "inbox",
    metadata,
    Column("message_id", Uuid, primary_key=True),
    Column("received_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("inbox_received_at", "received_at"),
    comment="Messages whose effect is stored: a second delivery changes nothing.",
)

answer = Table(
    "answer",
    metadata,
    Column("key", Text, primary_key=True),
    Column("reply", JSONB),
    Column("answered_at", DateTime(timezone=True), nullable=False, server_default=func.now()),
    Index("answer_answered_at", "answered_at"),
    comment="Replies to requests that carried an idempotency key: the same form sent twice gets the same reply.",
)
