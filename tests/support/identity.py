"""Identity for tests: on a real database, with a clock that the test moves; requests go the way of the broker's."""

from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

from sqlalchemy import select

from contracts.billing import AgreementRecorded, InvoiceIssued, PartyRecorded
from contracts.envelope import Envelope
from contracts.identity import (
    ApplicationReceived,
    CredentialsIssued,
    DecideApplication,
    LogIn,
    SubmitApplication,
)
from contracts.message import Address, Event, Request
from contracts.reply import Accepted, Failed, Rejected
from services.chassis.ids import new_id, stable_id
from services.chassis.messaging.answering import IDEMPOTENCY_KEY, RequestConsumer
from services.chassis.service import Service
from services.chassis.storage.tables import outbox
from services.identity import staff

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


class Office:
    """Identity with a clock that the test moves and an inbox of what it published."""

    def __init__(self, service: Service) -> None:
        self.service = service
        self.now = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
        service.transactions.clock = lambda: self.now
        self._requests = RequestConsumer(service._request_handlers, service.transactions, service._publisher)

    async def ask(self, request: Request, key: str | None = None) -> Accepted | Rejected | Failed:
        envelope = Envelope.of(request, id=new_id(), source="gateway", time=self.now, correlation_id="test")
        return await self._requests._answer(envelope, {IDEMPOTENCY_KEY: key})

    async def published(self, kind: type[Event]) -> list[Any]:
        async with self.service.engine.connect() as connection:
            rows = await connection.scalars(
                select(outbox.c.body).where(outbox.c.message_type == kind.message_type).order_by(outbox.c.position)
            )
            return [kind.model_validate_json(body) for body in rows]

    async def tell(self, *events: Event) -> None:
        handlers = self.service._event_handlers
        for event in events:
            async with self.service.work() as work:
                await handlers[type(event)](event, work)

    async def hire(self, login: str, name: str = "Maria Urzędnik") -> UUID:
        async with self.service.work() as work:
            hired = await staff.add(
                work, login=login, name=name, roles=("clerk",), password="Kwiecista-Laka-77", must_change=False
            )
        return hired.clerk_id

    async def apply(self, **changes: object) -> ApplicationReceived:
        reply = await self.ask(SubmitApplication.model_validate(FORM | changes))
        assert isinstance(reply, Accepted), reply
        return ApplicationReceived.model_validate_json(reply.events[0].data)

    async def accept(self, received: ApplicationReceived, clerk_id: UUID) -> Accepted | Rejected | Failed:
        return await self.ask(decision(received, clerk_id))

    async def account(self) -> CredentialsIssued:
        reply = await self.accept(await self.apply(), await self.hire("maria"))
        assert isinstance(reply, Accepted), reply
        issued: CredentialsIssued = (await self.published(CredentialsIssued))[-1]
        return issued

    async def log_in(self, identifier: str, password: str) -> Accepted | Rejected | Failed:
        return await self.ask(LogIn(audience="customer", identifier=identifier, password=password))


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
