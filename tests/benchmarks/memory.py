"""`memory`: what each service's process holds after a year of bills and many pages, in MB; the reference is the bar."""

import asyncio
from datetime import date

import asyncpg
import httpx
import psutil

from deploy.catalog import SERVICES
from gateway.read_model.scope import EVERYTHING
from tests.benchmarks.measuring import Measurement
from tests.benchmarks.page import Target
from tests.support.infrastructure import Servers
from tests.support.parties import Party, fresh_party
from tests.support.processes import OfficeProcesses
from tests.support.supply import TARIFFS, agreement_row, meter_row, reading_row
from tests.support.waiting import wait_until

BAR_MB = 130.0
PARTIES = 100
MONTH_ENDS = [date(2025, month, 28) for month in range(1, 13)]
BILLS = PARTIES * (len(MONTH_ENDS) - 1)
IDLE_SECONDS = 180.0


def measure(servers: Servers) -> list[Measurement]:
    """Resident memory of each service, its typesetters' too, when all that it was given to do is done."""
    with OfficeProcesses(servers, "demo") as office:
        _load_a_year(office)
        wait_until(lambda: asyncio.run(_printed(office)) == BILLS, IDLE_SECONDS, "every bill has its PDF")
        asyncio.run(Target(office.address, ["/ ", "/login ", "/registration ", "/terms "]).rate())
        wait_until(lambda: not psutil.Process(office.pid("billing")).children(), IDLE_SECONDS, "the typesetters rest")
        with httpx.Client(base_url=office.address, trust_env=False) as person:
            assert person.get("/").status_code == 200
        return [
            Measurement.cost(f"memory {service.name}", _megabytes(office.pid(service.name)), BAR_MB, "MB")
            for service in SERVICES
        ]


def _load_a_year(office: OfficeProcesses) -> None:
    parties = [fresh_party() for _ in range(PARTIES)]
    office.load("tariffs", TARIFFS)
    office.load("parties", [party.row() for party in parties])
    office.load("agreements", [agreement_row(p, f"UW/{p.code}", _point(p), MONTH_ENDS[0]) for p in parties])
    office.load("meters", [meter_row(f"W-{party.code}", _point(party)) for party in parties])
    office.load(
        "readings",
        [
            reading_row(f"W-{party.code}", day, str(100 + 10 * n))
            for party in parties
            for n, day in enumerate(MONTH_ENDS)
        ],
    )


def _point(party: Party) -> str:
    return f"PW-{party.code}"


async def _printed(office: OfficeProcesses) -> int:
    """How many bills the pages can show with their PDF."""
    read_model = await asyncpg.connect(office.databases["gateway"], server_settings=EVERYTHING)
    try:
        return int(await read_model.fetchval("SELECT count(*) FROM invoice WHERE document_key IS NOT NULL"))
    finally:
        await read_model.close()


def _megabytes(pid: int) -> float:
    process = psutil.Process(pid)
    return sum(each.memory_info().rss for each in (process, *process.children(recursive=True))) / 2**20
