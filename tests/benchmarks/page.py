"""The pages under many visitors in turn, each beside one bare page as long as the list of bills, from the same data."""

import asyncio
import json
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from functools import partial
from urllib.parse import urlsplit

import asyncpg
import httpx

from contracts.identity import Audience, LoggedIn
from deploy.local.ports import free_port, is_free
from gateway.web.visitors import cookies
from gateway.web.visitors.sessions import open_session
from services.chassis.clock import system_clock
from tests.benchmarks.measuring import Measurement, alternated
from tests.benchmarks.population import Population, logins, multiply_invoices, populate
from tests.support.infrastructure import Servers
from tests.support.processes import ROOT, OfficeProcesses
from tests.support.waiting import wait_until

SECONDS = 4.0
CONNECTIONS = 32
CROWD = 64
"""Connections at which the slowest hundredth is told."""

TIMES_AS_MANY = 50
"""How many times as many bills the read model has for the figure that must not depend on it."""

BAR = 0.6
OTHER_BAR = 0.4
SIZE_BAR = 0.8
P99_BAR = 2.0
"""How many times as long as the bare page's slowest hundredth ours may take."""


@dataclass(frozen=True)
class Target:
    """A server and what its visitors ask for: a line `PATH COOKIE` each."""

    address: str
    visitors: Sequence[str]

    async def rate(self) -> float:
        """Pages a second."""
        return (await self._loaded(CONNECTIONS))["rate"]

    async def p99(self) -> float:
        """Milliseconds of the slowest hundredth in a crowd."""
        return (await self._loaded(CROWD))["p99"]

    async def _loaded(self, connections: int) -> dict[str, float]:
        parts = urlsplit(self.address)
        arguments = [parts.hostname or "", str(parts.port), str(connections), str(SECONDS)]
        process = await asyncio.create_subprocess_exec(
            sys.executable, "-m", "tests.benchmarks.load", *arguments,
            cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE,
        )  # fmt: skip
        output, _ = await process.communicate("\n".join(self.visitors).encode())
        assert process.returncode == 0
        measured: dict[str, float] = json.loads(output)
        return measured


async def measure(servers: Servers) -> list[Measurement]:
    """Pages a second of the gateway's process and of the bare one, in turns; and of one whose read model is large."""
    with (
        OfficeProcesses(servers, "demo", ["gateway"]) as office,
        OfficeProcesses(servers, "demo", ["gateway"]) as large,
    ):
        strangers = await _customers(large, await populate(large))
        await multiply_invoices(large, TIMES_AS_MANY)
        population = await populate(office)
        customers = await _customers(office, population)
        clerk = await _cookies(office, logins(population, clerk=True)[0], "office", "/office/applications")
        among_many = Target(large.address, [f"/bills {stranger}" for stranger in strangers])
        ours = partial(Target, office.address)
        bills = ours([f"/bills {customer}" for customer in customers])
        bill = ours([f"/bills/{population.invoices[n]} {customer}" for n, customer in enumerate(customers)])
        listed = ours([f"/office/applications {clerk}"])
        detail = ours([f"/office/applications/{application} {clerk}" for application in population.applications])
        size = await _size(bills)
        async with _bare_page(office.databases["gateway"], population, size) as bare:
            assert await _size(bare) == size
            targets = (bare, bills, bill, listed, detail, among_many)
            reference, *values, of_many = await alternated(*(target.rate for target in targets))
            slowest_bare, slowest = await alternated(bare.p99, bills.p99)
    measured = [
        Measurement.rate(name, value, reference, "pages/s", BAR if name == "page" else OTHER_BAR)
        for name, value in zip(("page", "bill", "office list", "office detail"), values, strict=True)
    ]
    return [
        *measured,
        Measurement.rate("page of many", of_many, values[0], "pages/s", SIZE_BAR),
        Measurement.cost("page p99", slowest, P99_BAR * slowest_bare, "ms"),
    ]


async def _customers(office: OfficeProcesses, population: Population) -> list[str]:
    """What the browser of each customer sends."""
    return [await _cookies(office, login, "customer", "/bills") for login in logins(population)]


async def _cookies(office: OfficeProcesses, login: LoggedIn, audience: Audience, path: str) -> str:
    """What a browser sends that logged in and has seen a page."""
    async with asyncpg.create_pool(office.databases["gateway"], min_size=1, max_size=1) as pool:
        session = f"{cookies.SESSION[audience]}={await open_session(pool, login, system_clock())}"
    async with httpx.AsyncClient(trust_env=False) as person:
        page = await person.get(f"{office.address}{path}", headers={"cookie": session})
    assert page.status_code == 200
    return "; ".join([session, *(f"{name}={value}" for name, value in page.cookies.items())])


async def _size(target: Target) -> int:
    path, _, cookie = target.visitors[0].partition(" ")
    async with httpx.AsyncClient(trust_env=False) as person:
        page = await person.get(f"{target.address}{path}", headers={"cookie": cookie})
    assert page.status_code == 200
    assert page.text.count("FV/2026/") >= 20, "a full page of bills"
    return len(page.content)


@asynccontextmanager
async def _bare_page(database: str, population: Population, size: int) -> AsyncIterator[Target]:
    port = free_port()
    environment = {**os.environ, "EBOK_BENCH_DATABASE": database, "EBOK_BENCH_BYTES": str(size)}
    options = ["--interface", "asginl", "--loop", "uvloop", "--host", "127.0.0.1", "--port", str(port)]
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "granian", *options, "--no-access-log", "--log-level", "warning",
        "tests.benchmarks.bare_page:app", cwd=ROOT, env=environment,
    )  # fmt: skip
    try:
        wait_until(lambda: not is_free(port), 20, "the bare page is served")
        yield Target(f"http://127.0.0.1:{port}", [f"/{party} " for party in population.parties])
    finally:
        process.terminate()
        await process.wait()
