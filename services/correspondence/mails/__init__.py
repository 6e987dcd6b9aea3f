"""What each mail says. A mail is a folder (subject, plain text, HTML) and one function that fills it."""

from services.correspondence.mails.application_received import application_received
from services.correspondence.mails.application_rejected import application_rejected
from services.correspondence.mails.credentials import credentials
from services.correspondence.mails.new_bill import new_bill
from services.correspondence.mails.rendering import Mail

__all__ = ["Mail", "application_received", "application_rejected", "credentials", "new_bill"]
