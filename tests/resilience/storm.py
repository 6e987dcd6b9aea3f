"""Many customers submit readings at once while the office is broken around them; what is left afterwards is counted."""

import asyncio
import time
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import timedelta
from decimal import Decimal
from typing import Any
from uuid import UUID

import asyncpg

from contracts.metering import ReadingAccepted, SubmitReading
from contracts.reply import Rejected
from deploy import catalog
from deploy.profiles import load_profile
from gateway.read_model.scope import EVERYTHING
from services.chassis.clock import local_date, system_clock
from services.chassis.errors import Unavailable
from services.chassis.ids import new_id
from services.chassis.messaging.requester import Requester, events_of
from services.chassis.process import Process
from services.identity import accounts
from tests.support.parties import Party, fresh_party
from tests.support.processes import OfficeProcesses
from tests.support.supply import TARIFFS, agreement_row, meter_row, reading_row
from tests.support.waiting import wait_until

PARTIES = 20
GIVE_UP_SECONDS = 120.0


@dataclass
class Wave:
    """Readings submitted at once: which were accepted, by the meter."""

    meters: Sequence[UUID]
    accepted: dict[UUID, ReadingAccepted] = field(default_factory=dict)
    refused: list[Rejected] = field(default_factory=list)
    troubled_at: list[int] = field(default_factory=list)
    """How many had their answer each time that something was broken."""


class Storm:
    """An office full of customers with water meters, and waves of their readings."""

    def __init__(self, office: OfficeProcesses, meters: int) -> None:
        self.office = office
        self.waves: dict[str, Wave] = {}
        self._meters = _populate(office, meters)
        self._used = 0

    def wave(self, name: str, size: int, trouble: Callable[[Wave], None]) -> None:
        """Let `size` customers submit at once; `trouble` runs beside them and sees how far they are."""
        wave = self.waves[name] = Wave(self._meters[self._used : self._used + size])
        self._used += size
        with ThreadPoolExecutor(1) as pool:
            submitting = pool.submit(asyncio.run, self._submit(wave))
            trouble(wave)
            submitting.result()

    def accepted(self) -> dict[UUID, ReadingAccepted]:
        """All readings that customers were told are accepted."""
        return {meter: reading for wave in self.waves.values() for meter, reading in wave.accepted.items()}

    def rows(self, service: str, query: str) -> list[dict[str, Any]]:
        """What `query` finds in a service's database."""

        async def fetch() -> list[dict[str, Any]]:
            connection = await asyncpg.connect(self.office.databases[service], server_settings=EVERYTHING)
            try:
                return [dict(row) for row in await connection.fetch(query)]
            finally:
                await connection.close()

        return asyncio.run(fetch())

    def count(self, service: str, query: str) -> int:
        """The number that `query` finds in a service's database."""
        return int(next(iter(self.rows(service, query)[0].values())))

    async def _submit(self, wave: Wave) -> None:
        async with Requester(self.office.broker.parts["gateway"], source="gateway", clock=system_clock) as requester:
            await asyncio.gather(*(self._insist(requester, wave, meter) for meter in wave.meters))

    async def _insist(self, requester: Requester, wave: Wave, meter: UUID) -> None:
        """One customer: sends the same form again until there is an answer."""
        request = SubmitReading(meter_id=meter, value=Decimal(108), read_on=local_date(system_clock()))
        key, until = str(new_id()), time.monotonic() + GIVE_UP_SECONDS
        while True:
            try:
                reply = await requester.ask(request, correlation_id=f"storm-{key}", idempotency_key=key)
            except Unavailable:
                assert time.monotonic() < until, "a customer has had no answer for two minutes"
                await asyncio.sleep(0.5)
                continue
            if isinstance(reply, Rejected):
                wave.refused.append(reply)
            else:
                (event,) = events_of(reply)
                assert isinstance(event, ReadingAccepted)
                wave.accepted[meter] = event
            return


def kill_and_start(office: OfficeProcesses, name: str) -> None:
    """End a service's process without a word, and start it again as a supervisor does."""
    office.kill(name)
    time.sleep(0.5)
    office.start(name)


def after(wave: Wave, share: float) -> None:
    """Return when this share of the wave's customers have their answer, for the next trouble."""
    count = int(share * len(wave.meters))
    wait_until(lambda: len(wave.accepted) >= count, GIVE_UP_SECONDS, f"{count} accepted readings")
    wave.troubled_at.append(len(wave.accepted))


def _populate(office: OfficeProcesses, meters: int) -> list[UUID]:
    opened = local_date(system_clock()) - timedelta(days=20)
    numbers = [f"W-{n:05}" for n in range(meters)]
    office.load("tariffs", TARIFFS)
    parties = [fresh_party() for _ in range(PARTIES)]
    office.load("parties", [party.row() for party in parties])
    office.load(
        "agreements",
        [
            agreement_row(parties[n % PARTIES], f"UW/2019/{n:05}", f"PP-{number}", opened)
            for n, number in enumerate(numbers)
        ],
    )
    office.load("meters", [meter_row(number, f"PP-{number}") for number in numbers])
    office.load("readings", [reading_row(number, opened, "100") for number in numbers])
    _open_accounts(office, parties)
    ids = dict(asyncio.run(_pairs(office.databases["metering"], "SELECT number, meter_id FROM meter")))
    return [ids[number] for number in numbers]


async def _pairs(url: str, query: str) -> list[tuple[Any, Any]]:
    connection = await asyncpg.connect(url, server_settings=EVERYTHING)
    try:
        return [(row[0], row[1]) for row in await connection.fetch(query)]
    finally:
        await connection.close()


def _open_accounts(office: OfficeProcesses, parties: Sequence[Party]) -> None:
    async def add() -> None:
        service = catalog.entry("identity").build(office.settings("identity"), load_profile("demo"))
        async with Process(service) as identity:
            for party in parties:
                while True:
                    try:
                        async with identity.work() as work:
                            await accounts.open_for(work, party.code, "Zielony-Parasol-1957")
                    except LookupError:  # the party is still on its way from billing
                        await asyncio.sleep(0.2)
                    else:
                        break

    asyncio.run(asyncio.wait_for(add(), 60))
    wait_until(lambda: _contacts(office) == PARTIES, 60, "correspondence knows every account")


def _contacts(office: OfficeProcesses) -> int:
    return len(asyncio.run(_pairs(office.databases["correspondence"], "SELECT party_id, email FROM contact")))
