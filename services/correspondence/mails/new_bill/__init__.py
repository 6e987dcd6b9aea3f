"""A new bill, with its PDF attached."""

from contracts.billing import InvoiceDocumentStored
from services.chassis.profile.profile import Profile
from services.correspondence.mails.rendering import Mail, render


def new_bill(event: InvoiceDocumentStored, recipient_name: str, profile: Profile, public_url: str) -> Mail:
    """How much, until when, for what, and where to see it; of a bill that an overpayment has paid, that too."""
    url = f"{public_url.rstrip('/')}/bills/{event.invoice_id}"
    to_pay = event.gross if event.left is None else event.left
    return render("new_bill", profile, bill=event, to_pay=to_pay, recipient_name=recipient_name, bill_url=url)
