"""Passwords: temporary ones, and their change."""

from datetime import datetime
from typing import Any, ClassVar
from uuid import UUID

from pydantic import Field

from contracts.bounds import Said
from contracts.kinds import Open
from contracts.message import Event, Language, Request


class CredentialsIssued(Event):
    """A temporary password, for a new account or instead of a lost one.

    Only correspondence may read it (broker permissions say so).
    """

    message_type: ClassVar[str] = "identity.credentials.issued.v1"
    about: ClassVar[str] = "account_id"
    example: ClassVar[dict[str, Any]] = {
        "account_id": "0198c0de-0000-7000-8000-000000000008",
        "party_id": "0198c0de-0000-7000-8000-000000000001",
        "identifier": "100001",
        "name": "Anna Przykładowa",
        "email": "anna@poczta.example",
        "temporary_password": "kora-bryza-sowa-lipa-47",
        "valid_until": "2026-12-06T11:00:00Z",
        "renewed": False,
        "language": "pl",
        "application_number": "REJ/2026/000001",
        "version": 1,
    }

    account_id: UUID = Field(description="The account, as `identity.account.opened` tells it.")
    party_id: UUID = Field(description="The party, as `billing.party.recorded` tells it.")
    identifier: Said = Field(description="What its owner types to log in: a customer's identyfikator, a clerk's login.")
    name: str = Field(description="Name of the person or firm.")
    email: str = Field(description="E-mail address of whoever it is about.")
    temporary_password: str = Field(json_schema_extra={"x-secret": True}, description="For the first login.")
    valid_until: datetime | None = Field(default=None, description="When the temporary password stops working.")
    renewed: bool = Field(default=False, description="Whether it replaces the lost password of an older account.")
    language: Open[Language] | None = Field(default=None, description="What the account's owner reads.")
    application_number: Said | None = Field(default=None, description="Of the application that led to the account.")


class PasswordChanged(Event):
    """An account has a new password. Sessions that began before `changed_at` are over, but the one that changed it."""

    message_type: ClassVar[str] = "identity.password.changed.v1"
    about: ClassVar[str] = "account_id"
    example: ClassVar[dict[str, Any]] = {
        "account_id": "0198c0de-0000-7000-8000-000000000008",
        "changed_at": "2026-11-22T11:31:00Z",
        "version": 2,
    }

    account_id: UUID = Field(description="The account, as `identity.account.opened` tells it.")
    changed_at: datetime = Field(description="UTC.")


class ChangePassword(Request):
    """Replace the password of an account (W06, W09)."""

    message_type: ClassVar[str] = "identity.password.change.v1"
    causes: ClassVar[tuple[type[Event], ...]] = (PasswordChanged,)
    example: ClassVar[dict[str, Any]] = {
        "account_id": "0198c0de-0000-7000-8000-000000000008",
        "old_password": "kora-7-bryza-sowa",
        "new_password": "Zielony-Parasol-1957",
        "check_only": False,
    }

    account_id: UUID = Field(description="The account, as `identity.account.opened` tells it.")
    old_password: str = Field(
        json_schema_extra={"x-secret": True},
        description="May be empty instead of a temporary password, where the utility does not ask for it again.",
    )
    new_password: str = Field(json_schema_extra={"x-secret": True}, description="As it was typed.")
    check_only: bool = Field(default=False, description="Only say what is wrong: the password stays as it is.")
