"""Billing: which message goes to which function."""

from datetime import timedelta

from contracts.billing import EstimateInvoice, RetryInvoiceDocument
from contracts.metering import ReadingAccepted
from services.billing.agreements import agreements, parties
from services.billing.documents import printing
from services.billing.invoicing import invoices
from services.billing.invoicing.invoicing import Invoicing
from services.billing.receivables import charging, ledger, overdue, receivables
from services.chassis.clock import Clock
from services.chassis.profile.profile import Profile
from services.chassis.service import Service
from services.chassis.settings import Settings


def build(settings: Settings, profile: Profile, clock: Clock | None = None) -> Service:
    """What billing does."""
    service = Service("billing", settings, profile, migrations="services.billing", clock=clock)

    invoicing = Invoicing(then=(charging.charge, printing.order))  # what follows an issued invoice, in its transaction
    service.on(ReadingAccepted, invoicing.on_reading_accepted)

    service.answers(EstimateInvoice, invoicing.estimate)
    service.answers(RetryInvoiceDocument, printing.retry)

    service.background(printing.run, name="printing")
    service.every(timedelta(minutes=1), overdue.reckon, name="overdue")

    service.gauge(
        "ebok_documents_awaited_seconds", "Age of the oldest PDF to make that is no history", printing.longest_awaited
    )
    service.gauge("ebok_documents_oldest_seconds", "Age of the oldest invoice that waits for its PDF", printing.oldest)
    service.gauge("ebok_documents_given_up", "Invoices whose PDF cannot be made", printing.given_up)

    service.replays(
        parties.history,
        agreements.history,
        invoices.history,
        receivables.history,
        ledger.history,
        printing.history,
        printing.history_of_failed,
    )
    return service
