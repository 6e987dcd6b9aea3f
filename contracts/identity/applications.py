"""Applications for an account, and what becomes of them."""

from datetime import datetime
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.bounds import Said
from contracts.identity.accounts import AccountOpened
from contracts.kinds import Open
from contracts.message import Event, Language, Request, Value

Decision = Literal["accepted", "rejected"]
"""Closed: what follows from a decision (an account, a refusal by e-mail) is the reader's to do."""

RejectionReason = Literal["nobody", "account", "name", "tax_id", "invoice_number", "agreement_number", "twice"]
"""A frequent reason to reject an application: no party has the data; the party has an account; one datum is another
than the party's; the same application waits already."""


class Check(Value):
    """One datum of an application beside the utility's own."""

    field: str = Field(description="Name of the application's field.")
    given: str = Field(description="As the applicant typed it.")
    expected: str | None = Field(default=None, description="None where the utility has nothing to compare with.")
    matches: bool = Field(description="Whether both are the same.")


class ApplicationReceived(Event):
    """Somebody applied for an account (wniosek o konto); it waits for a clerk. `checks` compares it with `party_id`.

    What the applicant was not asked, or left out, is empty and in no check.
    """

    message_type: ClassVar[str] = "identity.application.received.v1"
    about: ClassVar[str] = "application_id"
    example: ClassVar[dict[str, Any]] = {
        "application_id": "0198c0de-0000-7000-8000-000000000007",
        "number": "REJ/2026/000001",
        "name": "Anna Przykładowa",
        "pesel": "93111698132",
        "invoice_number": "FV/2026/10/000101",
        "agreement_number": "UC/2019/0123",
        "email": "anna@poczta.example",
        "received_at": "2026-11-22T10:15:00Z",
        "party_id": "0198c0de-0000-7000-8000-000000000001",
        "party_name": "Anna Przykładowa",
        "checks": [{"field": "name", "given": "Anna Przykładowa", "expected": "Anna Przykładowa", "matches": True}],
        "language": "pl",
        "verification_days": 3,
        "version": 1,
    }

    application_id: UUID = Field(description="The application.")
    number: Said = Field(description="What the applicant is told, such as REJ/2026/000001.")
    name: Said = Field(description="Name of the person or firm.")
    pesel: str | None = Field(default=None, description="Number of a person, eleven digits.")
    nip: str | None = Field(default=None, description="Tax number, ten digits.")
    invoice_number: str = Field(description="As it was typed; empty where the utility does not ask for it.")
    agreement_number: str = Field(description="As it was typed; empty where the utility does not ask for it.")
    email: str = Field(description="E-mail address of whoever it is about.")
    received_at: datetime = Field(description="UTC.")
    party_id: UUID | None = Field(default=None, description="The party that the data point to, if any.")
    party_name: str | None = Field(default=None, description="The name of that party in the utility's books.")
    checks: tuple[Check, ...] = Field(max_length=50, description="Each datum beside the utility's own.")
    language: Open[Language] | None = Field(default=None, description="What the applicant reads.")
    verification_days: int | None = Field(
        ge=0, le=366, default=None, description="Working days within which the applicant was promised an answer."
    )


class ApplicationDecided(Event):
    """A clerk accepted or rejected an application."""

    message_type: ClassVar[str] = "identity.application.decided.v1"
    about: ClassVar[str] = "application_id"
    example: ClassVar[dict[str, Any]] = {
        "application_id": "0198c0de-0000-7000-8000-000000000007",
        "decision": "accepted",
        "reason": "",
        "email": "anna@poczta.example",
        "name": "Anna Przykładowa",
        "clerk": "Maria Urzędnik",
        "decided_at": "2026-11-22T11:00:00Z",
        "number": "REJ/2026/000001",
        "language": "pl",
        "own_words": "",
        "version": 2,
    }

    application_id: UUID = Field(description="The application, as `identity.application.received` tells it.")
    decision: Decision = Field(description="What the clerk decided.")
    reason: str = Field(
        description="What the applicant is told, in Polish and whole: the words of `reason_code`, then `own_words`. "
        "Empty when accepted."
    )
    email: str = Field(description="E-mail address of whoever it is about.")
    name: str = Field(description="Name of the person or firm.")
    clerk: str = Field(description="The clerk's name.")
    decided_at: datetime = Field(description="UTC.")
    number: Said | None = Field(default=None, description="The application's.")
    language: Open[Language] | None = Field(default=None, description="What the applicant reads.")
    reason_code: Open[RejectionReason] | None = Field(
        default=None, description="The reason, to be written in the applicant's language; none: `reason` is all."
    )
    own_words: str = Field(default="", description="What the clerk wrote, beside `reason_code` or alone.")


class SubmitApplication(Request):
    """Apply for an account (W01, W02). An answer that the utility does not ask for, or need not be given, is empty."""

    message_type: ClassVar[str] = "identity.application.submit.v1"
    causes: ClassVar[tuple[type[Event], ...]] = (ApplicationReceived,)
    example: ClassVar[dict[str, Any]] = {
        "name": "Anna Przykładowa",
        "tax_id": "93111698132",
        "invoice_number": "FV/2026/10/000101",
        "agreement_number": "UC/2019/0123",
        "email": "anna@poczta.example",
        "data_processing_consent": True,
        "terms_accepted": True,
        "language": "pl",
        "check_only": False,
    }

    name: str = Field(description="Name of the person or firm.")
    tax_id: str = Field(description="PESEL (11 digits) of a private person or NIP (10 digits) of a business.")
    invoice_number: str = Field(description="As it was typed; empty where the utility does not ask for it.")
    agreement_number: str = Field(description="As it was typed; empty where the utility does not ask for it.")
    email: str = Field(description="E-mail address of whoever it is about.")
    data_processing_consent: bool = Field(description="Whether the box was ticked.")
    terms_accepted: bool = Field(description="Whether the box was ticked.")
    language: Open[Language] | None = Field(
        default=None, description="Of the page that was filled in; what comes of it is written in it."
    )
    check_only: bool = Field(default=False, description="Only say what is wrong with the answers: nothing is taken in.")


class DecideApplication(Request):
    """A clerk accepts or rejects an application. Fails with code `already_decided` when another clerk was first."""

    message_type: ClassVar[str] = "identity.application.decide.v1"
    causes: ClassVar[tuple[type[Event], ...]] = (ApplicationDecided, AccountOpened)
    example: ClassVar[dict[str, Any]] = {
        "application_id": "0198c0de-0000-7000-8000-000000000007",
        "decision": "accepted",
        "reason": "",
        "clerk_id": "0198c0de-0000-7000-8000-000000000009",
        "version_seen": 1,
        "own_words": "",
    }

    application_id: UUID = Field(description="The application, as `identity.application.received` tells it.")
    decision: Decision = Field(description="What the clerk decided.")
    reason: str = Field(
        default="",
        description="What the applicant is told, in Polish and whole: the words of `reason_code`, then `own_words`. "
        "May be empty only when accepted.",
    )
    clerk_id: UUID = Field(description="The clerk's account.")
    version_seen: int = Field(description="The application's version on the page where the clerk decided.")
    reason_code: Open[RejectionReason] | None = Field(
        default=None, description="The reason, where it is a frequent one."
    )
    own_words: str = Field(default="", description="What the clerk wrote, beside `reason_code` or alone.")
