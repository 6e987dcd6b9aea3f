"""Mails that were sent, and those that cannot be."""

from datetime import datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.kinds import Open
from contracts.message import Event, Request

MailKind = Literal["credentials", "application_received", "application_rejected", "new_bill"]
"""What a mail is for. Open: readers only tell that it went out."""


class MailSent(Event):
    """The mail server took a mail over."""

    message_type: ClassVar[str] = "correspondence.mail.sent.v1"
    about: ClassVar[str] = "mail_id"
    example: ClassVar[dict[str, Any]] = {
        "mail_id": "0198c0de-0000-7000-8000-00000000000a",
        "kind": "new_bill",
        "about_id": "0198c0de-0000-7000-8000-000000000003",
        "party_id": "0198c0de-0000-7000-8000-000000000001",
        "recipient": "anna@poczta.example",
        "sent_at": "2026-11-22T11:45:00Z",
        "version": 1,
    }

    mail_id: UUID = Field(description="The mail.")
    kind: Open[MailKind] = Field(description="What the mail says.")
    about_id: UUID = Field(description="The account, application or invoice that the mail is about.")
    party_id: UUID | None = Field(
        default=None, description="The party, if it is about one, as `billing.party.recorded` tells it."
    )
    recipient: str = Field(description="The e-mail address.")
    sent_at: datetime = Field(description="UTC.")


class MailFailed(Event):
    """A mail cannot be delivered, and is not tried again until somebody asks for it."""

    message_type: ClassVar[str] = "correspondence.mail.failed.v1"
    about: ClassVar[str] = "mail_id"
    example: ClassVar[dict[str, Any]] = {
        "mail_id": "0198c0de-0000-7000-8000-00000000000a",
        "kind": "new_bill",
        "about_id": "0198c0de-0000-7000-8000-000000000003",
        "party_id": "0198c0de-0000-7000-8000-000000000001",
        "name": "Anna Przykładowa",
        "recipient": "anna@poczta.example",
        "reason": "550 5.1.1 there is no such mailbox",
        "failed_at": "2026-11-22T11:45:00Z",
        "version": 1,
    }

    mail_id: UUID = Field(description="The mail.")
    kind: Open[MailKind] = Field(description="What the mail says.")
    about_id: UUID = Field(description="The account, application or invoice that the mail is about.")
    party_id: UUID | None = Field(
        default=None, description="The party, if it is about one, as `billing.party.recorded` tells it."
    )
    name: str = Field(description="Whom the mail is for.")
    recipient: str = Field(description="The e-mail address.")
    reason: str = Field(description="What the mail server answered, or in Polish why it was not asked.")
    failed_at: datetime = Field(description="UTC.")


class MailRetried(Event):
    """A mail that had failed is on its way again."""

    message_type: ClassVar[str] = "correspondence.mail.retried.v1"
    about: ClassVar[str] = "mail_id"
    example: ClassVar[dict[str, Any]] = {
        "mail_id": "0198c0de-0000-7000-8000-00000000000a",
        "retried_at": "2026-11-22T12:10:00Z",
        "version": 2,
    }

    mail_id: UUID = Field(description="The mail.")
    retried_at: datetime = Field(description="UTC.")


class RetryMail(Request):
    """Send a failed mail again, to where the party's mail goes by now.

    Refused with `not_failed`, `dropped`, `forgotten` when its words are deleted already, `superseded` by a newer mail,
    or `expired`: they are no longer true.
    """

    message_type: ClassVar[str] = "correspondence.mail.retry.v1"
    causes: ClassVar[tuple[type[Event], ...]] = (MailRetried,)
    example: ClassVar[dict[str, Any]] = {"mail_id": "0198c0de-0000-7000-8000-00000000000a"}

    mail_id: UUID = Field(description="The mail.")


class MailDropped(Event):
    """A mail that failed, or did not go yet, will never be sent; its words are deleted."""

    message_type: ClassVar[str] = "correspondence.mail.dropped.v1"
    about: ClassVar[str] = "mail_id"
    example: ClassVar[dict[str, Any]] = {
        "mail_id": "0198c0de-0000-7000-8000-00000000000a",
        "dropped_at": "2026-11-22T12:15:00Z",
        "version": 2,
    }

    mail_id: UUID = Field(description="The mail.")
    dropped_at: datetime = Field(description="UTC.")


class DropMail(Request):
    """Let a failed mail never be sent: whoever it was for is told in another way.

    Refused with `not_failed`, `dropped` or `superseded`.
    """

    message_type: ClassVar[str] = "correspondence.mail.drop.v1"
    causes: ClassVar[tuple[type[Event], ...]] = (MailDropped,)
    example: ClassVar[dict[str, Any]] = {"mail_id": "0198c0de-0000-7000-8000-00000000000a"}

    mail_id: UUID = Field(description="The mail.")
