"""Correspondence: which message goes to which function."""

from datetime import timedelta

from contracts.billing import InvoiceDocumentStored
from contracts.correspondence import DropMail, RetryMail
from contracts.identity import AccountOpened, ApplicationDecided, ApplicationReceived, CredentialsIssued
from services.chassis.clock import Clock
from services.chassis.profile.profile import Profile
from services.chassis.service import Service
from services.chassis.settings import Settings
from services.correspondence import early_bills, notifying, queue, sender


def build(settings: Settings, profile: Profile, clock: Clock | None = None) -> Service:
    """What correspondence does."""
    service = Service("correspondence", settings, profile, migrations="services.correspondence", clock=clock)

    service.on(AccountOpened, notifying.on_account_opened)
    service.on(CredentialsIssued, notifying.on_credentials_issued)
    service.on(ApplicationReceived, notifying.on_application_received)
    service.on(ApplicationDecided, notifying.on_application_decided)
    service.on(InvoiceDocumentStored, notifying.on_invoice_document_stored)

    service.answers(RetryMail, queue.retry)
    service.answers(DropMail, queue.drop)

    service.background(sender.run, name="mail")
    service.every(timedelta(hours=1), early_bills.sweep, name="early bills")
    service.every(timedelta(hours=1), queue.forget, name="failed mails")
    service.every(timedelta(hours=1), queue.drop_expired, name="expired mails")
    service.replays(queue.history, queue.history_of_failed)
    service.gauge("ebok_mail_waiting", "Mails that are not sent yet", queue.waiting)
    service.gauge("ebok_mail_oldest_seconds", "Age of the oldest mail that is not sent yet", queue.oldest_seconds)
    service.gauge("ebok_mail_failed", "Mails that failed, until somebody lets them be tried again", queue.failed)
    return service
