"""Accounts in the customer office."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import Field

from contracts.bounds import Said
from contracts.kinds import Open
from contracts.message import Event, Language


class AccountOpened(Event):
    """A party has an account in the customer office; `email` and `language` say how it is written to.

    Told again, with a higher `version`, when one of these changes.
    """

    message_type: ClassVar[str] = "identity.account.opened.v1"
    about: ClassVar[str] = "account_id"
    example: ClassVar[dict[str, Any]] = {
        "account_id": "0198c0de-0000-7000-8000-000000000008",
        "party_id": "0198c0de-0000-7000-8000-000000000001",
        "identifier": "100001",
        "name": "Anna Przykładowa",
        "email": "anna@poczta.example",
        "opened_at": "2026-11-22T11:00:00Z",
        "language": "pl",
        "version": 1,
    }

    account_id: UUID = Field(description="The account.")
    party_id: UUID = Field(description="The party, as `billing.party.recorded` tells it.")
    identifier: Said = Field(description="What the customer types to log in (identyfikator).")
    name: str = Field(description="The party's name.")
    email: str = Field(description="Where mails to the party go.")
    opened_at: datetime = Field(description="UTC.")
    language: Open[Language] | None = Field(
        default=None, description="The one that the customer chose last; None: none yet, so the utility's own."
    )
