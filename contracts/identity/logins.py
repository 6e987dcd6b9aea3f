"""Logins of customers and clerks."""

from datetime import datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.bounds import Said
from contracts.kinds import Open
from contracts.message import Event, Language, Request

Audience = Literal["customer", "office"]
"""Which door: the customers' pages or the clerks'. Closed: nobody may be let in by an unknown door."""


class LoggedIn(Event):
    """A customer or a clerk proved who they are."""

    message_type: ClassVar[str] = "identity.login.succeeded.v1"
    about: ClassVar[str] = "account_id"
    example: ClassVar[dict[str, Any]] = {
        "account_id": "0198c0de-0000-7000-8000-000000000008",
        "audience": "customer",
        "party_id": "0198c0de-0000-7000-8000-000000000001",
        "identifier": "100001",
        "name": "Anna Przykładowa",
        "roles": [],
        "must_change_password": True,
        "logged_in_at": "2026-11-22T11:30:00Z",
        "version": 1,
    }

    account_id: UUID = Field(description="The account, as `identity.account.opened` tells it.")
    audience: Audience = Field(description="At which door: customers' or the office's.")
    party_id: UUID | None = Field(default=None, description="None for a clerk.")
    identifier: Said = Field(description="What its owner types to log in: a customer's identyfikator, a clerk's login.")
    name: str = Field(description="Name of the person or firm.")
    roles: tuple[str, ...] = Field(default=(), max_length=20, description="A clerk's roles.")
    must_change_password: bool = Field(description="Whether the password is a temporary one.")
    logged_in_at: datetime = Field(description="UTC.")


class LogIn(Request):
    """Prove who one is. Fails with code `wrong_credentials` that does not tell which of the two was wrong."""

    message_type: ClassVar[str] = "identity.login.attempt.v1"
    causes: ClassVar[tuple[type[Event], ...]] = (LoggedIn,)
    example: ClassVar[dict[str, Any]] = {
        "audience": "customer",
        "identifier": "100001",
        "password": "kora-7-bryza-sowa",
        "tried_from": "address 5b0c3c1f0f5a4d0c9a51f6d8f6a0b1c2",
        "language": "pl",
    }

    audience: Audience = Field(description="At which door: customers' or the office's.")
    identifier: str = Field(description="What its owner types to log in: a customer's identyfikator, a clerk's login.")
    password: str = Field(json_schema_extra={"x-secret": True}, description="As it was typed.")
    tried_from: str = Field(
        default="",
        max_length=100,
        description="Where it was typed, as a digest: wrong passwords of elsewhere do not count.",
    )
    language: Open[Language] | None = Field(
        default=None,
        description="The one that a customer has chosen for the pages; letters are written in it from now on.",
    )
