"""What identity stores: the directory that billing tells it, applications, accounts, clerks, failed logins."""

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    ForeignKey,
    Index,
    Integer,
    MetaData,
    Table,
    Text,
    UniqueConstraint,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

party = Table(
    "party",
    metadata,
    Column("party_id", Uuid, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("pesel", Text),
    Column("nip", Text),
    Column("email", Text),
    Column("version", Integer, nullable=False),
    Index("party_pesel", "pesel", postgresql_where=text("pesel IS NOT NULL")),
    Index("party_nip", "nip", postgresql_where=text("nip IS NOT NULL")),
    comment="Parties as billing tells them; an application is compared with these.",
)

agreement = Table(
    "agreement",
    metadata,
    Column("agreement_id", Uuid, primary_key=True),
    Column("party_id", Uuid, nullable=False),  # no foreign key: events come in any order
    Column("number", Text, nullable=False),
    Column("number_key", Text, nullable=False),
    Column("version", Integer, nullable=False),
    Index("agreement_number_key", "number_key"),
    Index("agreement_party_id", "party_id"),
    comment="Agreements as billing tells them; number_key is the number as people may type it.",
)

last_invoice = Table(
    "last_invoice",
    metadata,
    Column("agreement_id", Uuid, primary_key=True),
    Column("party_id", Uuid, nullable=False),
    Column("number", Text, nullable=False),
    Column("number_key", Text, nullable=False),
    Column("issued_on", Date, nullable=False),
    Index("last_invoice_number_key", "number_key"),
    Index("last_invoice_party_id", "party_id"),
    comment="The newest invoice of each agreement: what an applicant is asked for.",
)

application_serial = Table(
    "application_serial",
    metadata,
    Column("series", Text, primary_key=True),
    Column("last", BigInteger, nullable=False),
    comment="Counters of application numbers.",
)

application = Table(
    "application",
    metadata,
    Column("application_id", Uuid, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("status", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("tax_id", Text, nullable=False),
    Column("invoice_number", Text, nullable=False),
    Column("agreement_number", Text, nullable=False),
    Column("agreement_key", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("email_key", Text, nullable=False),
    Column("received_at", DateTime(timezone=True), nullable=False),
    Column("verified_at", DateTime(timezone=True), nullable=False),
    Column("party_id", Uuid),
    Column("party_name", Text),
    Column("checks", JSONB, nullable=False),
    Column("decided_at", DateTime(timezone=True)),
    Column("decided_by", Uuid),
    Column("decided_by_name", Text),
    Column("reason", Text, nullable=False, server_default=""),
    Column("reason_code", Text),
    Column("own_words", Text, nullable=False, server_default=""),
    Column("verification_days", Integer),
    Column("language", Text),
    Column("version", Integer, nullable=False),
    Index(
        "application_one_pending",
        "email_key",
        "agreement_key",
        unique=True,
        postgresql_where=text("status = 'pending'"),
    ),
    Index("application_unmatched", "verified_at", postgresql_where=text("status = 'pending' AND party_id IS NULL")),
    comment="Applications for an account; both consents were given, else no row; verified_at: last compared.",
)

credential = Table(
    "credential",
    metadata,
    Column("account_id", Uuid, primary_key=True),
    Column("audience", Text, nullable=False),
    Column("identifier", Text, nullable=False),
    Column("identifier_key", Text, nullable=False),
    Column("password_hash", Text, nullable=False),
    Column("must_change", Boolean, nullable=False),
    Column("expires_at", DateTime(timezone=True)),
    Column("last_login_at", DateTime(timezone=True)),
    Column("version", Integer, nullable=False),
    UniqueConstraint("audience", "identifier_key", name="credential_identifier"),
    comment="How an account or a clerk logs in; expires_at is set for a temporary password alone.",
)

account = Table(
    "account",
    metadata,
    Column("account_id", Uuid, ForeignKey("credential.account_id"), primary_key=True),
    Column("party_id", Uuid, nullable=False, unique=True),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("opened_at", DateTime(timezone=True), nullable=False),
    Column("language", Text),
    comment="Accounts of parties.",
)

clerk = Table(
    "clerk",
    metadata,
    Column("clerk_id", Uuid, ForeignKey("credential.account_id"), primary_key=True),
    Column("name", Text, nullable=False),
    Column("roles", ARRAY(Text), nullable=False),
    Column("active", Boolean, nullable=False),
    comment="The office's people.",
)

failed_login = Table(
    "failed_login",
    metadata,
    Column("audience", Text, primary_key=True),
    Column("identifier_key", Text, primary_key=True),
    Column("tried_from", Text, primary_key=True),
    Column("failures", Integer, nullable=False),
    Column("locked_until", DateTime(timezone=True)),
    Column("last_failed_at", DateTime(timezone=True), nullable=False),
    Index("failed_login_last_failed_at", "last_failed_at"),
    comment="Wrong passwords in a row, also for identifiers that nobody has, so that the answer tells nothing.",
)
