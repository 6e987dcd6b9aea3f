"""Identity in tests: what people ask of it, and what billing tells it."""

from datetime import date
from decimal import Decimal
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
from contracts.message import Address
from contracts.reply import Accepted, Failed, Rejected
from services.chassis.ids import new_id, stable_id
from services.identity import staff
from tests.support.service import ServiceUnderTest

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


async def account(identity: ServiceUnderTest) -> CredentialsIssued:
    """An account that an applicant was given, with the temporary password."""
    reply = await accept(identity, await apply(identity), await hire(identity, "maria"))
    assert isinstance(reply, Accepted), reply
    return (await identity.published(CredentialsIssued))[-1]


async def log_in(identity: ServiceUnderTest, identifier: str, password: str) -> Accepted | Rejected | Failed:
    """A customer at the login page."""
    return await identity.ask(LogIn(audience="customer", identifier=identifier, password=password))


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


def party(code: str = "100001", *, version: int = 1, **changes: Any) -> PartyRecorded:
    row: dict[str, Any] = {"name": "Anna Przykładowa", "pesel": "93111698132", "email": "anna@poczta.example"}
    return PartyRecorded(
        party_id=stable_id("party", code),
        code=code,
        kind="household",
        address=Address(street="Płocka 30", postal_code="87-800", city="Włocławek"),
        version=version,
        **(row | changes),
    )


def agreement(number: str = "UC/2019/0123", code: str = "100001") -> AgreementRecorded:
    return AgreementRecorded(
        agreement_id=stable_id("agreement", number),
        number=number,
        party_id=stable_id("party", code),
        medium="heat",
        service_point="PP-1",
        tariff="ekoterm",
        tariff_group="A1",
        signed_on=date(2019, 3, 1),
        billed_from=date(2024, 10, 31),
        e_invoice=True,
        version=1,
    )


def invoice(number: str, issued_on: date, agreement_number: str = "UC/2019/0123") -> InvoiceIssued:
    zero = Decimal("0.00")
    return InvoiceIssued(
        invoice_id=stable_id("invoice", number),
        number=number,
        kind="invoice",
        party_id=PARTY,
        agreement_id=stable_id("agreement", agreement_number),
        agreement_number=agreement_number,
        service_point="PP-1",
        medium="heat",
        reading_id=new_id(),
        issued_on=issued_on,
        due_on=issued_on,
        period_from=issued_on,
        period_to=issued_on,
        description="Ciepło",
        items=(),
        net=zero,
        vat=zero,
        gross=zero,
        e_invoice=True,
        version=1,
    )
