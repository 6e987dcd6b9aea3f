"""`page`: the bills page under 32 connections, beside a bare page of the same size from the same data."""

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from datetime import date, timedelta
from decimal import Decimal
from urllib.parse import urlsplit
from uuid import UUID

import asyncpg
import httpx
from sqlalchemy import text

from contracts.billing import AgreementRecorded, InvoiceBalanceChanged, InvoiceIssued, LedgerPosted, PartyRecorded
from contracts.identity import LoggedIn
from contracts.message import Event
from deploy import catalog
from deploy.local.ports import free_port, is_free
from deploy.profiles import load_profile
from gateway.web.visitors.sessions import open_session
from services.chassis.clock import system_clock
from services.chassis.ids import new_id
from services.chassis.process import Process
from tests.benchmarks.measuring import Measurement, alternated
from tests.support.infrastructure import Servers
from tests.support.processes import ROOT, OfficeProcesses
from tests.support.waiting import wait_until

PARTIES = 200
INVOICES_EACH = 24
SECONDS = 4.0
BAR = 0.5


async def measure(servers: Servers) -> list[Measurement]:
    """Pages a second of the gateway's process and of the bare one, in turns."""
    with OfficeProcesses(servers, "demo", ["gateway"]) as office:
        party = new_id()
        await _fill(office, [party, *(new_id() for _ in range(PARTIES - 1))])
        cookie = f"ebok={await _session(office, party)}"
        async with httpx.AsyncClient(trust_env=False) as person:
            page = await person.get(f"{office.address}/bills", headers={"cookie": cookie})
        assert page.status_code == 200
        assert page.text.count("FV/2026/") >= 20, "a full page of bills"
        cookie += "".join(f"; {name}={value}" for name, value in page.cookies.items())  # as a browser would
        size = len(page.content)
        async with _bare_page(office.databases["gateway"], party, size) as bare:
            async with httpx.AsyncClient(trust_env=False) as person:
                assert len((await person.get(bare)).content) == size
            reference, value = await alternated(
                lambda: _rate(bare, ""), lambda: _rate(f"{office.address}/bills", cookie)
            )
    return [Measurement.rate("page", value, reference, "pages/s", BAR)]


async def _rate(url: str, cookie: str) -> float:
    parts = urlsplit(url)
    arguments = [parts.hostname or "", str(parts.port), parts.path or "/", cookie, str(SECONDS)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "tests.benchmarks.load", *arguments, cwd=ROOT, stdout=subprocess.PIPE
    )
    output, _ = await process.communicate()
    assert process.returncode == 0
    return float(output)


async def _fill(office: OfficeProcesses, parties: Sequence[UUID]) -> None:
    """Two years of bills for each party, by the gateway's own projections."""
    async with Process(catalog.entry("gateway").build(office.settings("gateway"), load_profile("demo"))) as gateway:
        for party in parties:
            await gateway.apply(list(_history(party)))
        async with gateway.engine.begin() as connection:
            await connection.execute(text("ANALYZE"))  # the server does it by itself within a minute


def _history(party: UUID) -> Sequence[Event]:
    def example(model: type[Event], **changes: object) -> Event:
        return model.model_validate({**model.example, "party_id": party, **changes})

    events = [
        example(PartyRecorded, code=str(party.int % 10**6)),
        example(AgreementRecorded, agreement_id=new_id()),
        example(LedgerPosted, entry_id=new_id(), balance=Decimal("6720.97")),
    ]
    for n in range(INVOICES_EACH):
        invoice, issued = new_id(), date(2026, 11, 22) - timedelta(days=30 * n)
        left = Decimal("6720.97") if n == 0 else Decimal(0)
        events.append(
            example(
                InvoiceIssued, invoice_id=invoice, number=f"FV/2026/{n:02}/000123", issued_on=issued,
                due_on=issued + timedelta(days=14), reading_id=new_id(),
            )
        )  # fmt: skip
        events.append(
            example(InvoiceBalanceChanged, invoice_id=invoice, paid=Decimal("6720.97") - left, left=left, as_of=issued)
        )
    return events


async def _session(office: OfficeProcesses, party: UUID) -> str:
    example = LoggedIn.example | {"logged_in_at": system_clock()}
    login = LoggedIn.model_validate(example | {"party_id": party, "must_change_password": False})
    async with asyncpg.create_pool(office.databases["gateway"], min_size=1, max_size=1) as pool:
        return await open_session(pool, login, system_clock())


@asynccontextmanager
async def _bare_page(database: str, party: UUID, size: int) -> AsyncIterator[str]:
    port = free_port()
    environment = {
        **os.environ,
        "EBOK_BENCH_DATABASE": database,
        "EBOK_BENCH_PARTY": str(party),
        "EBOK_BENCH_BYTES": str(size),
    }
    options = ["--interface", "asginl", "--host", "127.0.0.1", "--port", str(port), "--no-access-log"]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "granian", *options, "--log-level", "warning", "tests.benchmarks.bare_page:app",
        cwd=ROOT, env=environment,
    )  # fmt: skip
    try:
        wait_until(lambda: not is_free(port), 20, "the bare page is served")
        yield f"http://127.0.0.1:{port}/"
    finally:
        process.terminate()
        await process.wait()
