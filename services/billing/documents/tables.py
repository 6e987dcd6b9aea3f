"""What is stored of PDFs, and which are still to be made."""

from sqlalchemy import Column, Date, DateTime, ForeignKey, Index, Integer, Table, Text, Uuid, text

from services.billing.tables import metadata

document_job = Table(
    "document_job",
    metadata,
    Column("invoice_id", Uuid, ForeignKey("invoice.invoice_id"), primary_key=True),
    Column("issued_on", Date, nullable=False),
    Column("queued_at", DateTime(timezone=True), nullable=False),
    Column("correlation_id", Text, nullable=False),
    Column("taken_until", DateTime(timezone=True)),
    Column("attempts", Integer, nullable=False, server_default=text("0")),
    Column("problem", Text),
    Column("given_up_at", DateTime(timezone=True)),
    Column("version", Integer, nullable=False, server_default=text("0")),
    # Newest invoices first: somebody waits for them, and nobody for loaded history.
    Index("document_job_next", "issued_on", "queued_at", postgresql_where=text("given_up_at IS NULL")),
    Index("document_job_waiting", "queued_at", postgresql_where=text("given_up_at IS NULL")),
    comment="PDFs still to be made; a worker takes a row until taken_until and deletes it when the file is stored.",
    postgresql_with={"autovacuum_vacuum_scale_factor": "0", "autovacuum_vacuum_threshold": "2000"},
)

document = Table(
    "document",
    metadata,
    Column("invoice_id", Uuid, ForeignKey("invoice.invoice_id"), primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("size", Integer, nullable=False),
    Column("sha256", Text, nullable=False),
    Column("stored_at", DateTime(timezone=True), nullable=False),
    comment="PDFs of invoices in the object store.",
)
