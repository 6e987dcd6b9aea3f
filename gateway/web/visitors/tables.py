"""Who is logged in, and what clerks looked at."""

from sqlalchemy import ARRAY, BigInteger, Boolean, Column, Identity, Index, LargeBinary, Table, Text, Uuid, text

from gateway.tables import metadata, moment, version

session = Table(
    "session",
    metadata,
    Column("token_hash", LargeBinary, primary_key=True),
    Column("account_id", Uuid, nullable=False),
    Column("audience", Text, nullable=False),
    Column("party_id", Uuid),
    Column("identifier", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("roles", ARRAY(Text), nullable=False),
    Column("must_change_password", Boolean, nullable=False),
    Column("started_at", moment, nullable=False),
    Column("seen_at", moment, nullable=False),
    Index("session_account", "account_id"),
    Index("session_seen_at", "seen_at"),
    comment="Who is logged in; the cookie's token itself is never stored.",
)

password_change = Table(
    "password_change",
    metadata,
    Column("account_id", Uuid, primary_key=True),
    Column("changed_at", moment, nullable=False),
    version(),
    comment="When each account's password was changed last; a session that began before is over.",
)

audit = Table(
    "audit",
    metadata,
    Column("entry_id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", moment, nullable=False),
    Column("clerk_id", Uuid, nullable=False),
    Column("action", Text, nullable=False),
    Column("about_id", Uuid),
    Column("correlation_id", Text, nullable=False),
    Index("audit_about", "about_id", "at", postgresql_where=text("about_id IS NOT NULL")),
    comment="Every look of a clerk at a customer's data and every decision.",
)

last_look = Table(
    "last_look",
    metadata,
    Column("about_id", Uuid, primary_key=True),
    Column("clerk_id", Uuid, primary_key=True),
    Column("at", moment, nullable=False),
    comment="When each clerk last looked at, or did something to, each thing.",
)
