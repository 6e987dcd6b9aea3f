"""Applications for an account, the decisions on them, and the human checks that were used."""

from sqlalchemy import Column, Computed, Index, Integer, LargeBinary, Table, Text, Uuid, text
from sqlalchemy.dialects.postgresql import JSONB

from gateway.tables import metadata, moment, told

# Worked out when an application comes in, not at each showing of the list, whose figures ask it of all that wait.
_FIT = """CASE
    WHEN party_id IS NULL THEN 'nobody'
    WHEN checks @? '$[*] ? (@.field == "account" && @.matches == false)' THEN 'account'
    WHEN checks @? '$[*] ? (@.expected != null && @.matches == false)' THEN 'differs'
    ELSE 'agrees'
END"""
_MISMATCHES = """jsonb_array_length(jsonb_path_query_array(
    checks, '$[*] ? (@.field != "account" && @.expected != null && @.matches == false)'
))"""

application = Table(
    "application",
    metadata,
    Column("application_id", Uuid, primary_key=True),
    *told(
        "version",
        Column("number", Text),
        Column("name", Text),
        Column("email", Text),
        Column("agreement_number", Text),
        Column("received_at", moment),
        Column("party_id", Uuid),
        Column("checks", JSONB),
    ),
    *told(
        "decision_version",
        Column("decision", Text),
        Column("reason", Text),
        Column("reason_code", Text),
        Column("own_words", Text),
        Column("clerk", Text),
        Column("decided_at", moment),
    ),
    Column("fit", Text, Computed(_FIT, persisted=True)),
    Column("mismatches", Integer, Computed(_MISMATCHES, persisted=True)),
    Index("application_decided_at", "decided_at"),
    Index("application_waiting", "received_at", postgresql_where=text("number IS NOT NULL AND decision IS NULL")),
    # With the key, so that counting reads the index alone: the rows' policy asks for it.
    Index(
        "application_waiting_by_fit",
        "fit",
        "received_at",
        "application_id",
        postgresql_where=text("number IS NOT NULL AND decision IS NULL"),
    ),
    Index(
        "application_by_decision",
        "decision",
        "received_at",
        "application_id",
        postgresql_where=text("number IS NOT NULL AND decision IS NOT NULL"),
    ),
    comment="Shown once it is received (`number` is there); the decision may come before.",
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
