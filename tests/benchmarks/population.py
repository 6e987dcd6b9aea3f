"""Customers with two years of bills, and applications that wait: what the pages are measured on."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import TypeVar
from uuid import UUID

import asyncpg

from contracts.billing import AgreementRecorded, InvoiceBalanceChanged, InvoiceIssued, LedgerPosted, PartyRecorded
from contracts.identity import ApplicationReceived, LoggedIn
from contracts.message import Event
from deploy import catalog
from deploy.profiles import load_profile
from gateway.read_model.scope import EVERYTHING
from services.chassis.clock import system_clock
from services.chassis.ids import new_id
from services.chassis.process import Process
from tests.support.processes import OfficeProcesses

PARTIES = 400
INVOICES_EACH = 24
APPLICATIONS = 200

E = TypeVar("E", bound=Event)


@dataclass(frozen=True)
class Population:
    """The parties, the newest invoice of each in the same order, and the applications."""

    parties: Sequence[UUID]
    invoices: Sequence[UUID]
    applications: Sequence[UUID]


async def populate(office: OfficeProcesses) -> Population:
    """Everything by the gateway's own projections."""
    parties = [new_id() for _ in range(PARTIES)]
    invoices = [new_id() for _ in parties]
    applications = [new_id() for _ in range(APPLICATIONS)]
    async with _gateway(office) as gateway:
        for party, newest in zip(parties, invoices, strict=True):
            await gateway.apply(_history(party, newest))
        await gateway.apply([_application(id_, n) for n, id_ in enumerate(applications)])
    await _run(office, "ANALYZE")  # the server does it by itself within a minute
    return Population(parties, invoices, applications)


async def multiply_invoices(office: OfficeProcesses, times: int) -> None:
    """As many invoices more, of parties who do not log in."""
    await _run(
        office,
        f"""
        INSERT INTO invoice
        SELECT (jsonb_populate_record(
            i, jsonb_build_object('invoice_id', gen_random_uuid(), 'party_id', md5(i.party_id::text || n)::uuid)
        )).*
        FROM invoice i, generate_series(2, {times}) n
        """,  # noqa: S608 (a number of ours)
        "VACUUM ANALYZE",  # as autovacuum does, but before anything is measured
    )


def logins(population: Population, *, clerk: bool = False) -> Sequence[LoggedIn]:
    """That each party, or a clerk, proved who they are just now."""
    now = {"logged_in_at": system_clock(), "must_change_password": False}
    if clerk:
        return [_example(LoggedIn, **now, audience="office", party_id=None, roles=("clerk",))]
    return [_example(LoggedIn, **now, party_id=party) for party in population.parties]


def _gateway(office: OfficeProcesses) -> Process:
    return Process(catalog.entry("gateway").build(office.settings("gateway"), load_profile("demo")))


async def _run(office: OfficeProcesses, *statements: str) -> None:
    """Not by an engine of ours, which would take a statement of a minute for one that hangs."""
    connection = await asyncpg.connect(office.databases["gateway"], server_settings=EVERYTHING)
    for statement in statements:
        await connection.execute(statement)
    await connection.close()


def _history(party: UUID, newest: UUID) -> Sequence[Event]:
    events: list[Event] = [
        _example(PartyRecorded, party_id=party, code=str(party.int % 10**6)),
        _example(AgreementRecorded, party_id=party, agreement_id=new_id()),
        _example(LedgerPosted, party_id=party, entry_id=new_id(), balance=Decimal("6720.97")),
    ]
    for n in range(INVOICES_EACH):
        invoice = new_id() if n else newest
        issued = date(2026, 11, 22) - timedelta(days=30 * n)
        left = Decimal(0) if n else Decimal("6720.97")
        events.append(
            _example(
                InvoiceIssued, party_id=party, invoice_id=invoice, number=f"FV/2026/{n:02}/000123", issued_on=issued,
                due_on=issued + timedelta(days=14), reading_id=new_id(),
            )
        )  # fmt: skip
        events.append(
            _example(
                InvoiceBalanceChanged, party_id=party, invoice_id=invoice, paid=Decimal("6720.97") - left, left=left,
                as_of=issued,
            )
        )  # fmt: skip
    return events


def _application(application_id: UUID, n: int) -> ApplicationReceived:
    return _example(ApplicationReceived, application_id=application_id, number=f"REJ/2026/{n:06}")


def _example(model: type[E], **changes: object) -> E:
    return model.model_validate({**model.example, **changes})
