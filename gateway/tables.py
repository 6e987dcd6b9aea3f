"""The gateway's read model, shaped by page, and what is its own: sessions and the audit log.

A row of the read model holds the newest `version` that was projected; an older event changes nothing. Tables refer to
each other by id without foreign keys, because events about different things come in any order.
"""

from collections.abc import Mapping, Sequence
from itertools import chain

from sqlalchemy import (
    ARRAY,
    BigInteger,
    Boolean,
    Column,
    Date,
    DateTime,
    Identity,
    Index,
    Integer,
    LargeBinary,
    MetaData,
    Numeric,
    Table,
    Text,
    Uuid,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB

metadata = MetaData()

_money = Numeric(14, 2)
_quantity = Numeric(14, 3)
_moment = DateTime(timezone=True)


def _version() -> Column[int]:
    return Column("version", Integer, nullable=False)


party = Table(
    "party",
    metadata,
    Column("party_id", Uuid, primary_key=True),
    Column("code", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("nip", Text),
    Column("street", Text, nullable=False),
    Column("postal_code", Text, nullable=False),
    Column("city", Text, nullable=False),
    _version(),
)

agreement = Table(
    "agreement",
    metadata,
    Column("agreement_id", Uuid, primary_key=True),
    Column("party_id", Uuid, nullable=False),
    Column("number", Text, nullable=False),
    Column("medium", Text, nullable=False),
    Column("service_point", Text, nullable=False),
    Column("billed_from", Date, nullable=False),
    Column("e_invoice", Boolean, nullable=False),
    _version(),
    Index("agreement_party", "party_id"),
    # Which agreement comes after another at a service point.
    Index("agreement_succession", "service_point", "medium", "billed_from"),
)

invoice = Table(
    "invoice",
    metadata,
    Column("invoice_id", Uuid, primary_key=True),
    Column("party_id", Uuid, nullable=False),
    Column("number", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("agreement_number", Text, nullable=False),
    Column("service_point", Text, nullable=False),
    Column("reading_id", Uuid, nullable=False),
    Column("issued_on", Date, nullable=False),
    Column("due_on", Date, nullable=False),
    Column("period_from", Date, nullable=False),
    Column("period_to", Date, nullable=False),
    Column("description", Text, nullable=False),
    Column("items", JSONB, nullable=False),
    Column("net", _money, nullable=False),
    Column("vat", _money, nullable=False),
    Column("gross", _money, nullable=False),
    _version(),
    Index("invoice_newest_of_party", "party_id", text("issued_on DESC"), text("number DESC")),
    Index("invoice_reading", "reading_id"),
)

invoice_balance = Table(
    "invoice_balance",
    metadata,
    Column("invoice_id", Uuid, primary_key=True),
    Column("party_id", Uuid, nullable=False),
    Column("paid", _money, nullable=False),
    Column("left_to_pay", _money, nullable=False),
    Column("interest", _money, nullable=False),
    Column("as_of", Date, nullable=False),
    _version(),
    Index("invoice_balance_unpaid", "party_id", postgresql_where=text("left_to_pay > 0")),
)

invoice_document = Table(
    "invoice_document",
    metadata,
    Column("invoice_id", Uuid, primary_key=True),
    Column("party_id", Uuid, nullable=False),
    Column("key", Text, nullable=False),
    Column("size", Integer, nullable=False),
    _version(),
)

balance = Table(
    "balance",
    metadata,
    Column("party_id", Uuid, primary_key=True),
    Column("balance", _money, nullable=False),
    Column("posted_on", Date, nullable=False),
    _version(),
)

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
    _version(),
    Index("meter_number", "number"),
    Index("meter_service_point", "service_point"),
)

reading = Table(
    "reading",
    metadata,
    Column("reading_id", Uuid, primary_key=True),
    Column("meter_id", Uuid, nullable=False),
    Column("value", _quantity, nullable=False),
    Column("read_on", Date, nullable=False),
    Column("source", Text, nullable=False),
    Column("previous_value", _quantity),
    Column("previous_read_on", Date),
    _version(),
    Index("reading_newest_of_meter", "meter_id", text("read_on DESC")),
)

mail = Table(
    "mail",
    metadata,
    Column("mail_id", Uuid, primary_key=True),
    Column("about_id", Uuid, nullable=False),
    Column("kind", Text, nullable=False),
    Column("recipient", Text, nullable=False),
    Column("sent_at", _moment, nullable=False),
    _version(),
    Index("mail_about", "about_id"),
)

application = Table(
    "application",
    metadata,
    Column("application_id", Uuid, primary_key=True),
    Column("number", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("email", Text, nullable=False),
    Column("agreement_number", Text, nullable=False),
    Column("received_at", _moment, nullable=False),
    Column("party_id", Uuid),
    Column("checks", JSONB, nullable=False),
    _version(),
    Index("application_received_at", "received_at"),
)

application_decision = Table(
    "application_decision",
    metadata,
    Column("application_id", Uuid, primary_key=True),
    Column("decision", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("clerk", Text, nullable=False),
    Column("decided_at", _moment, nullable=False),
    _version(),
    Index("application_decision_decided_at", "decided_at"),
)

last_login = Table(
    "last_login",
    metadata,
    Column("account_id", Uuid, primary_key=True),
    Column("audience", Text, nullable=False),
    Column("logged_in_at", _moment, nullable=False),
    _version(),
)

progress = Table(
    "progress",
    metadata,
    Column("source", Text, primary_key=True),
    Column("last_event_at", _moment, nullable=False),
    comment="Up to when each service's events are in the read model: the age of a page's data (K17).",
)

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
    Column("started_at", _moment, nullable=False),
    Column("seen_at", _moment, nullable=False),
    Index("session_account", "account_id"),
    Index("session_seen_at", "seen_at"),
    comment="Who is logged in; the cookie's token itself is never stored.",
)

used_check = Table(
    "used_check",
    metadata,
    Column("signature", Text, primary_key=True),
    Column("form_hash", LargeBinary, nullable=False),
    Column("expires_at", _moment, nullable=False),
    Index("used_check_expires_at", "expires_at"),
    comment="Human checks that were used, each with the form that used it, until they expire.",
)

audit = Table(
    "audit",
    metadata,
    Column("entry_id", BigInteger, Identity(always=True), primary_key=True),
    Column("at", _moment, nullable=False),
    Column("clerk_id", Uuid, nullable=False),
    Column("action", Text, nullable=False),
    Column("about_id", Uuid),
    Column("correlation_id", Text, nullable=False),
    comment="Every look of a clerk at a customer's data and every decision.",
)

FED_BY: Mapping[str, Sequence[Table]] = {
    "billing": (party, agreement, invoice, invoice_balance, invoice_document, balance),
    "metering": (meter, reading),
    "correspondence": (mail,),
    "identity": (application, application_decision),
}
"""Which tables hold what a service told and can tell again; `progress` has a row for each of them."""

READ_MODEL = (*chain.from_iterable(FED_BY.values()), progress)
"""What `ebok replay` can make again from the services."""
