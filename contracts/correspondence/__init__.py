"""Correspondence: what the utility writes to its customers."""

from contracts.correspondence.mails import MailFailed, MailKind, MailRetried, MailSent, RetryMail

__all__ = [
    "MailFailed",
    "MailKind",
    "MailRetried",
    "MailSent",
    "RetryMail",
]
