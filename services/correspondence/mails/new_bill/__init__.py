"""A new bill, with its PDF attached."""

from contracts.billing import InvoiceDocumentStored
from services.chassis.profile.profile import Profile
from services.correspondence.contacts import Contact
from services.correspondence.mails.rendering import Mail, render


def new_bill(event: InvoiceDocumentStored, recipient: Contact, profile: Profile, public_url: str) -> Mail:
    """How much, until when, to which account and with which title, for what, and where to see it.

    Of a bill that an overpayment has paid, that instead. Where billing did not say the title, it is the bill's number.
    """
    return render(
        "new_bill",
        profile,
        public_url,
        recipient.language,
        bill=event,
        to_pay=event.gross if event.left is None else event.left,
        transfer_title=event.transfer_title or event.number,
        recipient=recipient,
    )
