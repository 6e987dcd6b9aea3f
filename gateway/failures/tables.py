"""Mails and documents that failed, and when somebody let them be tried again."""

from sqlalchemy import Column, Index, Table, Text, Uuid, text

from gateway.tables import metadata, moment, told

_OPEN_MAIL = text("version > coalesce(retried_version, 0) AND dropped_version IS NULL")
_OPEN_DOCUMENT = text("version > coalesce(retried_version, 0)")

failed_mail = Table(
    "failed_mail",
    metadata,
    Column("mail_id", Uuid, primary_key=True),
    *told(
        "version",
        Column("kind", Text),
        Column("name", Text),
        Column("recipient", Text),
        Column("reason", Text),
        Column("failed_at", moment),
        Column("party_id", Uuid),
    ),
    *told("retried_version", Column("retried_at", moment)),
    *told("dropped_version", Column("dropped_at", moment)),
    Index("failed_mail_open", "failed_at", postgresql_where=_OPEN_MAIL),
    comment="Shown as long as its newest version is a failure.",
)

failed_document = Table(
    "failed_document",
    metadata,
    Column("invoice_id", Uuid, primary_key=True),
    *told(
        "version",
        Column("number", Text),
        Column("reason", Text),
        Column("failed_at", moment),
        Column("party_id", Uuid),
    ),
    *told("retried_version", Column("retried_at", moment)),
    Index("failed_document_open", "failed_at", postgresql_where=_OPEN_DOCUMENT),
    comment="Invoices without a PDF; shown as long as the newest version is a failure.",
)
