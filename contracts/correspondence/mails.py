"""Mails that were sent."""

from datetime import datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.kinds import Open
from contracts.message import Event

MailKind = Literal["credentials", "application_rejected", "new_bill"]
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

    mail_id: UUID
    kind: Open[MailKind]
    about_id: UUID = Field(description="The account, application or invoice that the mail is about.")
    party_id: UUID | None = None
    recipient: str
    sent_at: datetime
