"""The gateway's table of contents: which event is projected by which function."""

from contracts.billing import (
    AgreementRecorded,
    InvoiceBalanceChanged,
    InvoiceDocumentStored,
    InvoiceIssued,
    LedgerPosted,
    PartyRecorded,
)
from contracts.correspondence import MailSent
from contracts.identity import ApplicationDecided, ApplicationReceived, LoggedIn, PasswordChanged
from contracts.metering import MeterRecorded, ReadingAccepted
from gateway import web
from gateway.projections import billing, correspondence, identity, metering, progress
from services.chassis.profile import Profile
from services.chassis.service import Service
from services.chassis.settings import Settings


def build(settings: Settings, profile: Profile) -> Service:
    """The gateway, not started."""
    service = Service("gateway", settings, profile, migrations="gateway", asks=True)

    service.projects(PartyRecorded, billing.parties)
    service.projects(AgreementRecorded, billing.agreements)
    service.projects(InvoiceIssued, billing.invoices)
    service.projects(InvoiceBalanceChanged, billing.invoice_balances)
    service.projects(InvoiceDocumentStored, billing.invoice_documents)
    service.projects(LedgerPosted, billing.balances)
    service.projects(MeterRecorded, metering.meters)
    service.projects(ReadingAccepted, metering.readings)
    service.projects(ApplicationReceived, identity.applications)
    service.projects(ApplicationDecided, identity.decisions)
    service.projects(LoggedIn, identity.logins)
    service.projects(PasswordChanged, identity.end_sessions)
    service.projects(MailSent, correspondence.mails)
    service.projects_alongside(progress.note)

    service.background(web.serve, name="web", at_once=True)
    return service
