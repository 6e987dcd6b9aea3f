"""Correspondence: what the utility writes to its customers."""

from contracts.correspondence.mails import (
    DropMail,
    MailDropped,
    MailFailed,
    MailKind,
    MailRetried,
    MailSent,
    RetryMail,
)

__all__ = [
    "DropMail",
    "MailDropped",
    "MailFailed",
    "MailKind",
    "MailRetried",
    "MailSent",
    "RetryMail",
]
