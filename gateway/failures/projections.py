"""Failures as correspondence and billing tell them."""

from contracts.billing import InvoiceDocumentFailed, InvoiceDocumentRetried
from contracts.correspondence import MailDropped, MailFailed, MailRetried
from gateway.failures import tables
from gateway.read_model.projecting import Projects, Source

PROJECTIONS = (
    Projects(
        tables.failed_mail,
        Source(MailFailed),
        Source(MailRetried, version="retried_version"),
        Source(MailDropped, version="dropped_version"),
    ),
    Projects(
        tables.failed_document,
        Source(InvoiceDocumentFailed),
        Source(InvoiceDocumentRetried, version="retried_version"),
    ),
)
