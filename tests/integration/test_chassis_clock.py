"""Every process goes by its database's clock, whatever its own machine's says."""

from datetime import UTC, datetime, timedelta

import pytest
from sqlalchemy import func, select

from deploy import catalog
from services.chassis.process import Process
from services.chassis.settings import Settings
from services.chassis.storage import database_clock
from services.chassis.storage.database_clock import DatabaseClock
from tests.support.profiles import a_profile
from tests.support.toys import Toys

HOUR = timedelta(hours=1)


@pytest.fixture
def machine_an_hour_ahead(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database_clock, "system_clock", lambda: datetime.now(UTC) + HOUR)


async def database_time(process: Process) -> datetime:
    async with process.engine.connect() as connection:
        told: datetime = (await connection.execute(select(func.clock_timestamp()))).scalar_one()
        return told


@pytest.mark.usefixtures("machine_an_hour_ahead")
async def test_what_is_done_has_the_databases_time_though_the_machine_is_an_hour_ahead(toys: Toys) -> None:
    process = toys.process("hasty")
    await toys.start(process)

    async with process.work() as work:
        assert abs(work.now - await database_time(process)) < timedelta(seconds=1)


@pytest.mark.usefixtures("machine_an_hour_ahead")
async def test_operators_see_how_far_the_machine_is_ahead(toys: Toys) -> None:
    process = toys.process("hasty")
    await toys.start(process)

    assert process.registry.get_sample_value("ebok_clock_ahead_seconds") == pytest.approx(3600, abs=2)


async def test_the_clock_goes_on_while_the_database_is_away(toys: Toys, monkeypatch: pytest.MonkeyPatch) -> None:
    clock, process = DatabaseClock(), toys.process("patient")
    await clock.follow(process.engine)
    before = clock()
    monkeypatch.setattr(database_clock, "system_clock", lambda: datetime.now(UTC) - HOUR)  # and is set back meanwhile

    assert timedelta(0) <= clock() - before < timedelta(seconds=2)
    assert clock() > before


def test_before_the_database_has_answered_the_clock_is_the_machines() -> None:
    assert abs(DatabaseClock()() - datetime.now(UTC)) < timedelta(seconds=1)


@pytest.mark.parametrize("entry", catalog.SERVICES, ids=lambda entry: entry.name)
def test_every_service_goes_by_its_databases_clock(entry: catalog.ServiceEntry) -> None:
    settings = Settings(secret="kora-7-bryza-sowa-lipa", database_url="postgresql://nobody@127.0.0.1:9/nothing")
    assert isinstance(Process(entry.build(settings, a_profile())).clock, DatabaseClock)
