"""`ebok replay --empty-first`: it empties what is told again, and nothing else of anybody."""

import asyncio
import os
import subprocess
import sys

import pytest
from sqlalchemy import func, select, text

from contracts.envelope import Envelope
from contracts.message import Event, type_registry
from contracts.metering import MeterRecorded
from deploy.cli import replay
from gateway.projections import FED_BY, READ_MODEL
from gateway.read_model import progress
from services.chassis.clock import system_clock
from services.chassis.ids import new_id
from services.chassis.process import Process
from services.metering import meters
from tests.support.infrastructure import Servers
from tests.support.proxy import Proxy
from tests.support.service import UnderTest
from tests.support.waiting import until


@pytest.fixture
async def gateway(under_test: UnderTest, monkeypatch: pytest.MonkeyPatch) -> Process:
    """A read model with one row of each kind, of which the command knows as it knows the local stack's."""
    process = (await under_test("gateway")).process
    read = [type_registry[name] for name in process.service.part.consumes]
    events = [model.model_validate(model.example) for model in read if issubclass(model, Event)]
    await process.apply(events)
    noted = [
        Envelope.of(event, id=new_id(), source=event.owner(), time=system_clock(), correlation_id="test")
        for event in events
    ]
    async with process.engine.begin() as connection:
        await progress.note(noted, connection)
    monkeypatch.delenv("EBOK_DATABASE_URL", raising=False)
    monkeypatch.setattr(replay, "settings_of", lambda _service: process.settings)
    return process


async def counts(gateway: Process) -> dict[str, int]:
    async with gateway.engine.connect() as connection:
        return {
            table.name: (await connection.execute(select(func.count()).select_from(table))).scalar_one()
            for table in READ_MODEL
        }


async def test_every_table_of_the_read_model_is_fed_by_a_service_that_is_named(gateway: Process) -> None:
    before = await counts(gateway)
    assert {name for name, count in before.items() if not count} == set()
    assert before["progress"] == len(FED_BY)
    for source, fed in FED_BY.items():
        await replay.empty_read_model([source])
        after = await counts(gateway)
        gone = {name for name, count in before.items() if not after[name] and count}
        assert gone - {"progress"} == {table.name for table in fed}
        before = after
    assert before["progress"] == 0


async def test_with_the_gateways_addresses_one_services_part_is_emptied_and_the_next_step_told(
    under_test: UnderTest, gateway: Process
) -> None:
    before = await counts(gateway)
    done = ebok_replay("metering", "--empty-first", database_url=gateway.settings.database_url)
    assert done.returncode == 0, done.stderr
    assert "`ebok replay metering` with the addresses of metering" in " ".join(done.stdout.split())
    after = await counts(gateway)
    gone = {name for name, count in before.items() if count and not after[name]}
    assert gone == {table.name for table in FED_BY["metering"]}


async def test_emptying_for_the_gateway_empties_all(gateway: Process) -> None:
    await replay.empty_read_model(["billing", "gateway"])
    assert set((await counts(gateway)).values()) == {0}


def ebok_replay(*words: str, database_url: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-m", "deploy.cli", "replay", *words],
        env={**os.environ, "EBOK_DATABASE_URL": database_url, "EBOK_AMQP_URL": "amqp://x:x@127.0.0.1:9/"},
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize("named", ["metering", "gateway"])
async def test_another_services_own_tables_are_never_emptied(under_test: UnderTest, named: str) -> None:
    """Metering's tables `meter` and `reading` are called as those of the read model are."""
    metering = (await under_test("metering")).process
    await store_meters(metering, 1)
    done = ebok_replay(named, "--empty-first", database_url=metering.settings.database_url)
    assert done.returncode == 1
    assert "EBOK_DATABASE_URL" in done.stderr
    async with metering.engine.connect() as connection:
        assert (await connection.exec_driver_sql("SELECT count(*) FROM meter")).scalar_one() == 1


@pytest.mark.parametrize("answer_outstanding", [False, True])
async def test_a_broker_that_goes_away_meanwhile_is_told_in_one_sentence(
    under_test: UnderTest, servers: Servers, answer_outstanding: bool
) -> None:
    metering = (await under_test("metering")).process
    await store_meters(metering, 50)
    address = servers.broker.fresh([metering.service.part]).admin
    async with Proxy(address) as wire, metering.engine.connect() as other:

        async def waits() -> bool:
            query = "SELECT count(*) FROM pg_locks WHERE NOT granted AND relation = 'meter'::regclass"
            return bool(await other.scalar(text(query)))

        await other.execute(text("LOCK TABLE meter"))
        running = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "deploy.cli", "replay", "metering"),
            env={**os.environ, "EBOK_DATABASE_URL": metering.settings.database_url, "EBOK_AMQP_URL": wire.url},
            stdout=asyncio.subprocess.PIPE,
            stderr=asyncio.subprocess.PIPE,
        )
        await until(waits, 60)
        if answer_outstanding:
            wire.freeze()
            await other.rollback()
            await asyncio.sleep(1)
        await wire.cut()
        await other.rollback()
        _, said = await asyncio.wait_for(running.communicate(), 60)
    assert running.returncode == 1, said.decode()
    assert said.decode().count("\n") == 1, said.decode()
    assert "the same command may be run again" in said.decode()


async def store_meters(metering: Process, count: int) -> None:
    example = MeterRecorded.model_validate(MeterRecorded.example)
    kept = example.model_dump(exclude={"meter_id", "address"}) | example.address.model_dump()
    numbered = [meters.Meter(**kept | {"number": f"M{n}", "service_point": f"P{n}"}) for n in range(count)]
    async with metering.work() as work:
        await meters.store(work.connection, numbered)
