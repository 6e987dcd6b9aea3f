"""Identity in tests: what people ask of it, and what billing tells it."""

from datetime import date
from typing import Any
from uuid import UUID

from contracts.billing import AgreementRecorded, InvoiceIssued, PartyRecorded
from contracts.identity import (
    ApplicationReceived,
    CredentialsIssued,
    DecideApplication,
    LogIn,
    SubmitApplication,
)
from contracts.message import Language
from contracts.reply import Accepted, Failed, Rejected
from services.chassis.ids import stable_id
from services.identity import staff
from tests.support.parties import Party
from tests.support.service import ServiceUnderTest
from tests.support.supply import agreement_recorded, invoice_issued

CLERK_PASSWORD = "Kwiecista-Laka-77"
PARTY = stable_id("party", "100001")
FORM = {
    "name": "Anna Przykładowa",
    "tax_id": "93111698132",
    "invoice_number": "FV/2026/10/000101",
    "agreement_number": "UC/2019/0123",
    "email": "anna@poczta.example",
    "data_processing_consent": True,
    "terms_accepted": True,
}


async def hire(identity: ServiceUnderTest, login: str, name: str = "Maria Urzędnik") -> UUID:
    """The id of a new clerk, whose password is `CLERK_PASSWORD`."""
    async with identity.work() as work:
        hired = await staff.add(
            work, login=login, name=name, roles=("clerk",), password=CLERK_PASSWORD, must_change=False
        )
    return hired.clerk_id


async def apply(identity: ServiceUnderTest, **changes: object) -> ApplicationReceived:
    """Apply for an account with `FORM`, changed."""
    reply = await identity.ask(SubmitApplication.model_validate(FORM | changes))
    assert isinstance(reply, Accepted), reply
    return ApplicationReceived.model_validate_json(reply.events[0].data)


async def accept(
    identity: ServiceUnderTest, received: ApplicationReceived, clerk_id: UUID
) -> Accepted | Rejected | Failed:
    """A clerk's decision to open the account."""
    return await identity.ask(decision(received, clerk_id))


async def account(identity: ServiceUnderTest, language: Language | None = None) -> CredentialsIssued:
    """An account that an applicant was given, with the temporary password."""
    reply = await accept(identity, await apply(identity, language=language), await hire(identity, "maria"))
    assert isinstance(reply, Accepted), reply
    return (await identity.published(CredentialsIssued))[-1]


async def log_in(
    identity: ServiceUnderTest, identifier: str, password: str, language: Language | None = None
) -> Accepted | Rejected | Failed:
    """A customer at the login page."""
    attempt = LogIn(audience="customer", identifier=identifier, password=password, language=language)
    return await identity.ask(attempt)


def decision(
    received: ApplicationReceived, clerk_id: UUID, verdict: str = "accepted", reason: str = ""
) -> DecideApplication:
    return DecideApplication.model_validate(
        {
            "application_id": received.application_id,
            "decision": verdict,
            "reason": reason,
            "clerk_id": clerk_id,
            "version_seen": received.version,
        }
    )


def refusal(reply: Accepted | Rejected | Failed) -> str:
    assert isinstance(reply, Rejected), reply
    return reply.code


def told(reply: Accepted | Rejected | Failed) -> str:
    """What a refusal says to the person, at the first of its fields."""
    assert isinstance(reply, Rejected), reply
    return reply.errors[0].text


def party(code: str = "100001", **changes: Any) -> PartyRecorded:
    """The party that `FORM` is about, or another one of its name."""
    return Party(code, "Anna Przykładowa", "93111698132", "anna@poczta.example").recorded(**changes)


def agreement(number: str = "UC/2019/0123", code: str = "100001") -> AgreementRecorded:
    """The agreement that `FORM` names, or another one."""
    return agreement_recorded(stable_id("party", code), number)


def invoice(number: str, issued_on: date) -> InvoiceIssued:
    """An invoice of the agreement that `FORM` names."""
    number_of_form = "UC/2019/0123"
    return invoice_issued(
        PARTY,
        number,
        agreement_id=stable_id("agreement", number_of_form),
        agreement_number=number_of_form,
        issued_on=issued_on,
    )
