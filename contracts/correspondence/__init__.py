"""Correspondence: what the utility writes to its customers."""

from contracts.correspondence.mails import MailKind, MailSent

__all__ = [
    "MailKind",
    "MailSent",
]
