"""Invoicing (fakturowanie): an accepted reading makes an invoice, once."""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import Row, Select, bindparam, exists, select

from contracts.billing import EstimateInvoice, InvoiceEstimate
from contracts.metering import ReadingAccepted
from services.billing.agreements import agreements
from services.billing.agreements.accounts import Head
from services.billing.agreements.agreements import Agreement
from services.billing.agreements.tables import account, agreement, party
from services.billing.invoicing import invoices, issuing
from services.billing.invoicing.invoices import Buyer, Invoice, Issued, Registers
from services.billing.invoicing.settlement import AgreementTerms, InvoiceDraft, RegisterValue, first_day_after, settle
from services.billing.invoicing.tables import invoice, invoice_serial
from services.billing.profile import Settlement
from services.billing.refusals import reasons
from services.billing.tariffs.tariff_book import TariffBook, newest_revision
from services.billing.tariffs.tariffs import NoPrice
from services.chassis.errors import Permanent, Refused, Transient
from services.chassis.ids import new_id
from services.chassis.storage.serials import Serials
from services.chassis.storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

_serials = Serials(invoice_serial)

_Settled = ReadingAccepted | EstimateInvoice
"""What is settled: a reading, or one that is not given yet."""

Follower = Callable[[Issued, UnitOfWork], Awaitable[None]]
"""What the rest of billing does about a new invoice, in the transaction that issues it."""

_BUYER = tuple(field.name for field in fields(Buyer))


@dataclass(frozen=True, slots=True)
class _Supply:
    """Whom a reading is settled with."""

    agreement: Agreement
    buyer: Buyer
    account: Head
    tariff_revision: int
    invoiced: bool
    period_invoiced: bool


class Invoicing:
    """Settles readings; keeps the tariffs in memory between them. `then` follows each issued invoice, in its order."""

    def __init__(self, *, then: Sequence[Follower]) -> None:
        self._tariffs = TariffBook()
        self._then = tuple(then)

    async def on_reading_accepted(self, event: ReadingAccepted, work: UnitOfWork) -> None:
        """Issue the invoice of a reading, unless the reading opens a settlement or is invoiced already.

        Transient while the agreement or its tariff is not there yet; permanent when the reading cannot be settled.
        """
        supply = await _supply(work, event, _locked, reading_id=event.reading_id)
        if supply is None or supply.invoiced:
            return
        if event.previous_value is None or event.previous_read_on is None:
            log.info("reading.opens", reading_id=str(event.reading_id))
            return
        previous = RegisterValue(event.previous_read_on, event.previous_value)
        if previous.read_on < supply.agreement.billed_from:
            raise Permanent(
                f"agreement {supply.agreement.number} is billed from {supply.agreement.billed_from}, but meter "
                f"{event.meter_number} has no reading of that day: the one before is of {previous.read_on}"
            )
        if supply.period_invoiced:
            raise Permanent(
                f"agreement {supply.agreement.number} has an invoice already for the time after {previous.read_on}; "
                f"meter {event.meter_number} is not the only one that is settled there"
            )
        draft = await self._draft(event, previous, supply, work)
        if not draft.gross:
            log.info("reading.costs_nothing", reading_id=str(event.reading_id))
            return
        new = await _numbered(event, previous, supply, draft, work)
        await invoices.store(work, new)
        work.emit(new.issued())
        for follow in self._then:
            await follow(Issued(new, supply.account), work)
        log.info("invoice.issued", invoice_id=str(new.invoice_id), reading_id=str(event.reading_id))

    async def estimate(self, request: EstimateInvoice, work: UnitOfWork) -> None:
        """Tell what the invoice would come to that settles the reading; refused with `no_estimate`."""
        previous = RegisterValue(request.previous_read_on, request.previous_value)
        try:
            supply = await _supply(work, request, _settling)
            if supply is None or previous.read_on < supply.agreement.billed_from:
                work.answer(InvoiceEstimate())
                return
            if supply.period_invoiced:
                raise Refused(reasons.error("no_estimate"))
            draft = await self._draft(request, previous, supply, work)
        except (Transient, Permanent) as error:
            log.info("invoice.not_estimated", reason=str(error))
            raise Refused(reasons.error("no_estimate")) from error
        work.answer(InvoiceEstimate(gross=draft.gross))

    async def _draft(self, event: _Settled, previous: RegisterValue, supply: _Supply, work: UnitOfWork) -> InvoiceDraft:
        terms = AgreementTerms(supply.agreement.medium, supply.agreement.tariff_group, supply.agreement.capacity_mw)
        current = RegisterValue(event.read_on, event.value)
        try:
            tariff = await self._tariffs.tariff(work.connection, supply.agreement.tariff, supply.tariff_revision)
            return settle(terms, previous, current, tariff, work.profile.of(Settlement).vat)
        except NoPrice as error:
            raise Transient(f"agreement {supply.agreement.number}: {error}") from error
        except ValueError as error:
            raise Permanent(f"agreement {supply.agreement.number}: {error}") from error


_here = (agreement.c.service_point == bindparam("point")) & (agreement.c.medium == bindparam("medium"))
_supplied = select(exists().where(_here))
_settling = (
    select(
        agreement,
        *(party.c[name].label(f"party_{name}") for name in _BUYER),
        account.c.version.label("entries"),
        account.c.balance,
        newest_revision.label("tariff_revision"),
        exists().where(invoice.c.reading_id == bindparam("reading_id", None)).label("invoiced"),
        exists()
        .where(
            invoice.c.agreement_id == agreement.c.agreement_id, invoice.c.period_from == bindparam("period_from", None)
        )
        .label("period_invoiced"),
    )
    .join(party, party.c.party_id == agreement.c.party_id)
    .join(account, account.c.party_id == agreement.c.party_id)
    .where(_here, agreement.c.billed_from < bindparam("read_on"))
    .order_by(agreement.c.billed_from.desc())
    .limit(1)
)
_locked = _settling.with_for_update(of=account)


async def _supply(
    work: UnitOfWork, event: _Settled, settling: Select[Any], reading_id: UUID | None = None
) -> _Supply | None:
    """The agreement that settles the reading, or None when the reading is not later than the day it is billed from.

    `settling` is `_locked`, which locks the party's account, or `_settling` where nothing is booked.
    """
    here = {"point": event.service_point, "medium": event.medium}
    period_from = event.previous_read_on and first_day_after(event.previous_read_on)
    values = {**here, "reading_id": reading_id, "read_on": event.read_on, "period_from": period_from}
    row = (await work.connection.execute(settling, values)).first()
    if row is not None:
        return _supply_of(row)
    if await work.connection.scalar(_supplied, here):
        return None
    raise Transient(f"no agreement supplies {event.medium} at service point {event.service_point} yet")


def _supply_of(row: Row[Any]) -> _Supply:
    return _Supply(
        agreement=agreements.of_row(row),
        buyer=Buyer(**{name: getattr(row, f"party_{name}") for name in _BUYER}),
        account=Head(row.entries, row.balance),
        tariff_revision=row.tariff_revision,
        invoiced=row.invoiced,
        period_invoiced=row.period_invoiced,
    )


async def _numbered(
    event: ReadingAccepted, previous: RegisterValue, supply: _Supply, draft: InvoiceDraft, work: UnitOfWork
) -> Invoice:
    settlement = work.profile.of(Settlement)
    issued_on = issuing.issue_day(event.read_on, work.today, submitted=event.submitted)
    number = await _serials.next_number(work.connection, settlement.invoice_number, issued_on)
    return Invoice(
        invoice_id=new_id(),
        number=number,
        party_id=supply.agreement.party_id,
        agreement_id=supply.agreement.agreement_id,
        agreement_number=supply.agreement.number,
        service_point=event.service_point,
        medium=supply.agreement.medium,
        reading_id=event.reading_id,
        issued_on=issued_on,
        due_on=issuing.due_day(issued_on, settlement.payment_days),
        period_from=draft.period_from,
        period_to=draft.period_to,
        description=draft.description,
        items=draft.items,
        net=draft.net,
        vat=draft.vat,
        gross=draft.gross,
        e_invoice=supply.agreement.e_invoice,
        buyer=supply.buyer,
        registers=Registers(
            meter_number=event.meter_number,
            unit=event.unit,
            previous_value=str(previous.value),
            previous_read_on=previous.read_on.isoformat(),
            value=str(event.value),
            read_on=event.read_on.isoformat(),
            source=event.source,
        ),
    )
