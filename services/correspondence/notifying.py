"""Which event makes which mail."""

from datetime import date

from contracts.billing import InvoiceDocumentStored
from contracts.identity import AccountOpened, ApplicationDecided, ApplicationReceived, CredentialsIssued
from services.chassis.clock import local_date
from services.chassis.numbering import file_name
from services.chassis.storage.unit_of_work import UnitOfWork
from services.correspondence import contacts, early_bills, mails, queue
from services.correspondence.contacts import Contact
from services.correspondence.profile import Mails
from services.correspondence.queue import Attachment


async def on_credentials_issued(event: CredentialsIssued, work: UnitOfWork) -> None:
    """Send the login data of a new account (W04)."""
    await queue.add(
        work,
        kind="credentials",
        about_id=event.account_id,
        about_version=event.version,
        party_id=event.party_id,
        recipient=Contact(event.name, event.email),
        mail=mails.credentials(event, work.profile, work.settings.public_url),
        valid_until=event.valid_until,
    )


async def on_application_received(event: ApplicationReceived, work: UnitOfWork) -> None:
    """Confirm to an applicant that the application has come; that its party was found later is told to clerks alone."""
    if event.version == 1 and _is_recent(local_date(event.received_at), work):
        await queue.add(
            work,
            kind="application_received",
            about_id=event.application_id,
            about_version=event.version,
            party_id=None,
            recipient=Contact(event.name, event.email),
            mail=mails.application_received(event, work.profile, work.settings.public_url),
        )


async def on_application_decided(event: ApplicationDecided, work: UnitOfWork) -> None:
    """Tell a rejected applicant why; an accepted one gets the login data."""
    if event.decision == "rejected" and _is_recent(local_date(event.decided_at), work):
        await queue.add(
            work,
            kind="application_rejected",
            about_id=event.application_id,
            about_version=event.version,
            party_id=None,
            recipient=Contact(event.name, event.email),
            mail=mails.application_rejected(event, work.profile, work.settings.public_url),
        )


async def on_account_opened(event: AccountOpened, work: UnitOfWork) -> None:
    """Note where the party's mail goes, and send the bills that overtook this news.

    Those that came before the account was opened are not sent: the party had none then.
    """
    await early_bills.hold(work, event.party_id)
    await contacts.note(event, work)
    for bill in await early_bills.take(work, event.party_id, since=event.opened_at):
        await on_invoice_document_stored(bill, work)


async def on_invoice_document_stored(event: InvoiceDocumentStored, work: UnitOfWork) -> None:
    """Send a new bill to a party that has an account; bills of loaded history are old and send nothing."""
    if not _is_recent(event.issued_on, work):
        return
    await early_bills.hold(work, event.party_id)
    recipient = await contacts.of_party(work, event.party_id)
    if recipient is None:
        await early_bills.keep(work, event)
        return
    await queue.add(
        work,
        kind="new_bill",
        about_id=event.invoice_id,
        about_version=event.version,
        party_id=event.party_id,
        recipient=recipient,
        mail=mails.new_bill(event, recipient, work.profile, work.settings.public_url),
        attachment=Attachment(
            key=event.key,
            sha256=event.sha256,
            name=file_name(event.number, "pdf"),
            media_type="application/pdf",
        ),
    )


def _is_recent(day: date, work: UnitOfWork) -> bool:
    return (work.today - day).days <= work.profile.of(Mails).new_bill_days
