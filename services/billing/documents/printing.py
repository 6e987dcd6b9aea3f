"""Printing: the PDF of an e-invoice is made after the invoice is issued, outside of any transaction.

A row of `document_job` waits from the invoice's own transaction until the file lies in the object store. A worker takes
rows for a while; what it does not finish, because it was killed or the store is away, is taken again afterwards.
"""

import asyncio
import hashlib
import time
from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from decimal import Decimal
from itertools import groupby
from typing import Any
from uuid import UUID

import structlog
from obstore.store import ObjectStore
from sqlalchemy import Row, delete, func, insert, select, update
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.contextvars import bound_contextvars

from contracts.billing import (
    InvoiceDocumentFailed,
    InvoiceDocumentRetried,
    InvoiceDocumentStored,
    RetryInvoiceDocument,
)
from services.billing.documents.contents import contents, template, transfer_title
from services.billing.documents.tables import document, document_job
from services.billing.documents.typesetters import Typesetters
from services.billing.invoicing import invoices
from services.billing.invoicing.invoices import Invoice, Issued
from services.billing.invoicing.tables import invoice
from services.billing.receivables.tables import allocation
from services.billing.refusals import reasons
from services.chassis.clock import local_date
from services.chassis.errors import Permanent, Refused
from services.chassis.process import Process
from services.chassis.profile.utility import Utility
from services.chassis.storage import files
from services.chassis.storage.unit_of_work import UnitOfWork
from services.chassis.texts import reason_of

log = structlog.get_logger()

BATCH = 40
IDLE_SECONDS = 0.5
TAKEN = timedelta(minutes=1)
"""How long a worker may keep a row; far longer than a batch takes."""

FIRST_RETRY = timedelta(seconds=15)
"""The pause after a first fault; it doubles up to `TAKEN`."""

HISTORY = timedelta(days=45)
"""Nobody waits for the PDF of an invoice older than this: it was loaded. Such are made at half speed, so that loading
years of them does not hold up the day's work."""

_AT_ONCE = 2
_REST_SECONDS = 10.0
"""How long typesetters wait for another invoice before they end."""

_PAID_AHEAD = (
    select(func.coalesce(func.sum(allocation.c.amount), Decimal("0.00")))
    .where(allocation.c.invoice_id == invoice.c.invoice_id, allocation.c.effective_on <= invoice.c.issued_on)
    .scalar_subquery()
    .label("paid_ahead")
)
"""What of an invoice was paid by the day of its issue. It stays the same however late the PDF is made or told again."""


@dataclass(frozen=True, slots=True)
class Job:
    """An invoice whose PDF is to be made; `paid_ahead` (PLN) is what an overpayment had paid of it."""

    invoice: Invoice
    paid_ahead: Decimal
    correlation_id: str
    attempts: int


@dataclass(frozen=True, slots=True)
class Document:
    """A PDF in the object store; size in bytes."""

    invoice_id: UUID
    key: str
    size: int
    sha256: str


async def order(issued: Issued, work: UnitOfWork) -> None:
    """Let the PDF of an issued e-invoice be made."""
    new = issued.invoice
    if new.e_invoice:
        job = {"invoice_id": new.invoice_id, "issued_on": new.issued_on, "queued_at": work.now}
        await work.connection.execute(insert(document_job), {**job, "correlation_id": work.correlation_id})


async def run(process: Process) -> None:
    """Make the PDFs that wait, one batch after the other, until cancelled."""
    store = files.open_store(process.settings)
    typesetters = Typesetters(_AT_ONCE)
    last_made = time.monotonic()
    try:
        while True:
            began = time.monotonic()
            async with process.work() as work:
                jobs = await take(work)
            await _make_all(process, store, typesetters, jobs)
            if jobs:
                last_made = time.monotonic()
            elif time.monotonic() - last_made > _REST_SECONDS:
                await typesetters.rest()
            if len(jobs) < BATCH:
                await asyncio.sleep(IDLE_SECONDS)
            elif max(job.invoice.issued_on for job in jobs) < local_date(process.clock()) - HISTORY:
                await asyncio.sleep(time.monotonic() - began)
    finally:
        await typesetters.rest()


async def take(work: UnitOfWork) -> list[Job]:
    """Jobs that nobody works at, `BATCH` at most; nobody else gets them until they are done or overdue.

    The newest invoices come first: somebody waits for them, and nobody for history that is being loaded.
    """
    free = document_job.c.given_up_at.is_(None) & (
        document_job.c.taken_until.is_(None) | (document_job.c.taken_until < work.now)
    )
    order = (document_job.c.issued_on.desc(), document_job.c.queued_at.desc())
    first = select(document_job.c.invoice_id).where(free).order_by(*order).limit(BATCH)
    taken = (
        update(document_job)
        .where(document_job.c.invoice_id.in_(first.with_for_update(skip_locked=True).scalar_subquery()))
        .values(taken_until=work.now + TAKEN, attempts=document_job.c.attempts + 1)
        .returning(document_job.c.invoice_id, document_job.c.correlation_id, document_job.c.attempts)
        .cte("taken")
    )
    found = select(invoice, _PAID_AHEAD, taken.c.correlation_id, taken.c.attempts).join(
        taken, taken.c.invoice_id == invoice.c.invoice_id
    )
    rows = await work.connection.execute(found.order_by(taken.c.correlation_id, invoice.c.invoice_id))
    return [Job(invoices.of_row(row), row.paid_ahead, row.correlation_id, row.attempts) for row in rows]


async def oldest(work: UnitOfWork) -> float:
    """Age in seconds of the oldest job, 0 without any."""
    first = await work.connection.scalar(
        select(func.min(document_job.c.queued_at)).where(document_job.c.given_up_at.is_(None))
    )
    return (work.now - first).total_seconds() if first else 0.0


async def longest_awaited(work: UnitOfWork) -> float:
    """Age in seconds of the oldest job that is no `HISTORY`, so that somebody waits for it; 0 without any."""
    awaited = document_job.c.given_up_at.is_(None) & (document_job.c.issued_on >= work.today - HISTORY)
    first = await work.connection.scalar(select(func.min(document_job.c.queued_at)).where(awaited))
    return (work.now - first).total_seconds() if first else 0.0


async def given_up(work: UnitOfWork) -> float:
    """How many PDFs cannot be made; `problem` in their rows tells why."""
    count = select(func.count()).select_from(document_job).where(document_job.c.given_up_at.is_not(None))
    return float(await work.connection.scalar(count) or 0)


async def history(connection: AsyncConnection) -> AsyncIterator[InvoiceDocumentStored]:
    """Every stored PDF."""
    stored = select(invoice, _PAID_AHEAD, document).join(document, document.c.invoice_id == invoice.c.invoice_id)
    async with connection.stream(stored) as rows:
        async for row in rows:
            yield _stored(row)


async def history_of_failed(connection: AsyncConnection) -> AsyncIterator[InvoiceDocumentFailed]:
    """Every PDF that cannot be made and was not tried again."""
    given_up = select(invoice, document_job.c.problem, document_job.c.given_up_at, document_job.c.version).join(
        document_job, document_job.c.invoice_id == invoice.c.invoice_id
    )
    async with connection.stream(given_up.where(document_job.c.given_up_at.is_not(None))) as rows:
        async for row in rows:
            yield _failed(invoices.of_row(row), row.problem, row.given_up_at, max(row.version, 1))


async def retry(request: RetryInvoiceDocument, work: UnitOfWork) -> None:
    """Let a PDF be made again that could not be, as if it were new. Raises `Refused` with `not_failed`."""
    version = await work.connection.scalar(
        update(document_job)
        .where(document_job.c.invoice_id == request.invoice_id, document_job.c.given_up_at.is_not(None))
        .values(given_up_at=None, problem=None, attempts=0, queued_at=work.now, version=document_job.c.version + 1)
        .returning(document_job.c.version)
    )
    if version is None:
        raise Refused(reasons.error("not_failed"))
    work.emit(InvoiceDocumentRetried(invoice_id=request.invoice_id, retried_at=work.now, version=version))


async def _make_all(process: Process, store: ObjectStore, typesetters: Typesetters, jobs: Iterable[Job]) -> None:
    """Make and store the PDFs of `jobs`; those of one correlation id are told in one transaction that carries it."""
    for correlation_id, of_one in groupby(jobs, key=lambda job: job.correlation_id):
        with bound_contextvars(correlation_id=correlation_id):
            await _make(process, store, typesetters, list(of_one))


async def _make(process: Process, store: ObjectStore, typesetters: Typesetters, jobs: Sequence[Job]) -> None:
    made = await asyncio.gather(
        *(_print(job, process.profile.utility, store, typesetters) for job in jobs), return_exceptions=True
    )
    async with process.work(jobs[0].correlation_id) as work:
        done = [(job, result) for job, result in zip(jobs, made, strict=True) if isinstance(result, Document)]
        await _finish(work, done)
        for job, result in zip(jobs, made, strict=True):
            if isinstance(result, Exception):
                await _put_off(work, job, result)
            elif isinstance(result, BaseException):
                raise result


async def _print(job: Job, utility: Utility, store: ObjectStore, typesetters: Typesetters) -> Document:
    invoice = job.invoice
    content = await typesetters.typeset(template(), contents(invoice, utility, job.paid_ahead))
    key = f"invoices/{invoice.issued_on:%Y/%m}/{invoice.invoice_id}.pdf"
    await files.put(store, key, content)
    return Document(invoice.invoice_id, key, len(content), hashlib.sha256(content).hexdigest())


async def _finish(work: UnitOfWork, done: Sequence[tuple[Job, Document]]) -> None:
    if not done:
        return
    ids = [made.invoice_id for _, made in done]
    finished = await work.connection.execute(
        delete(document_job).where(document_job.c.invoice_id.in_(ids)).returning(document_job.c.invoice_id)
    )
    still_ours = set(finished.scalars())  # another worker may have been faster when this one was overdue
    rows = [asdict(made) | {"stored_at": work.now} for _, made in done if made.invoice_id in still_ours]
    if rows:
        await work.connection.execute(insert(document), rows)
    for job, made in done:
        if made.invoice_id in still_ours:
            work.emit(_event(job.invoice, job.paid_ahead, made))
            log.info("invoice.printed", invoice_id=str(made.invoice_id), size=made.size)


async def _put_off(work: UnitOfWork, job: Job, fault: Exception) -> None:
    """Try again later, or never when another try would fail in the same way."""
    invoice_id = job.invoice.invoice_id
    problem = str(fault) if isinstance(fault, Permanent) else f"{type(fault).__name__}: {fault}"
    change = update(document_job).where(document_job.c.invoice_id == invoice_id)
    if isinstance(fault, Permanent):
        log.error("invoice.cannot_be_printed", invoice_id=str(invoice_id), problem=problem)
        given_up = change.values(
            given_up_at=work.now, taken_until=None, problem=problem, version=document_job.c.version + 1
        )
        version = await work.connection.scalar(given_up.returning(document_job.c.version))
        if version is not None:  # else another worker, when this one was overdue, could make it after all
            work.emit(_failed(job.invoice, problem, work.now, version))
        return
    pause = min(FIRST_RETRY * 2 ** min(job.attempts - 1, 10), TAKEN)
    log.warning("invoice.printed_later", invoice_id=str(invoice_id), problem=problem, seconds=pause.total_seconds())
    await work.connection.execute(change.values(taken_until=work.now + pause, problem=problem))


def _failed(of: Invoice, reason: str, at: datetime, version: int) -> InvoiceDocumentFailed:
    return InvoiceDocumentFailed(
        invoice_id=of.invoice_id,
        number=of.number,
        party_id=of.party_id,
        reason=reason_of(reason),
        failed_at=at,
        version=version,
    )


def _event(of: Invoice, paid_ahead: Decimal, made: Document) -> InvoiceDocumentStored:
    return InvoiceDocumentStored(
        invoice_id=of.invoice_id,
        number=of.number,
        party_id=of.party_id,
        issued_on=of.issued_on,
        due_on=of.due_on,
        description=of.description,
        gross=of.gross,
        left=of.gross - paid_ahead,
        transfer_title=transfer_title(of),
        key=made.key,
        size=made.size,
        sha256=made.sha256,
        version=1,
    )


def _stored(row: Row[Any]) -> InvoiceDocumentStored:
    return _event(invoices.of_row(row), row.paid_ahead, Document(row.invoice_id, row.key, row.size, row.sha256))
