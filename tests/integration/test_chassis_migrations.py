"""Migrations while the office works: locks, two runs at once, releases of two ages on one database."""

import asyncio
import os
import sys
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import asynccontextmanager
from pathlib import Path
from uuid import uuid4

import asyncpg
import pytest

from contracts.metering import ReadingAccepted
from services.chassis.ids import new_id
from services.chassis.process import Process
from services.chassis.storage import migrations, versions
from services.chassis.storage.database import migrate, open_engine, pending_migration
from services.chassis.storage.migrations import MigrationBlocked
from services.chassis.storage.unit_of_work import UnitOfWork
from tests.support import toy
from tests.support.schemas import schema
from tests.support.toy import note
from tests.support.toys import Toys, noted_by
from tests.support.waiting import until
from tests.support.wire import enveloped

FIRST = Path(toy.__file__).with_name("migrations") / "versions" / "0001_toy.py"

COLUMN = """
import sqlalchemy as sa
from alembic import op

revision, down_revision = "{revision}", "{before}"

def upgrade():
    op.add_column("noted", sa.Column("{column}", sa.Text))
"""

INDEX = """
from services.chassis.storage.migrations import create_index_concurrently

revision, down_revision = "{revision}", "{before}"

def upgrade():
    create_index_concurrently("noted_thing", "noted", ["thing_id"])
"""

Release = Callable[..., str]


@pytest.fixture
def release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Release]:
    """Makes a release of the toy whose migrations are the first one and those given: the name of its package."""
    monkeypatch.syspath_prepend(tmp_path)
    made: list[str] = []

    def make(*later: str) -> str:
        package = f"toy_{uuid4().hex}"
        folder = tmp_path / package / "migrations" / "versions"
        folder.mkdir(parents=True)
        (tmp_path / package / "__init__.py").touch()
        (folder / "0001.py").write_text(FIRST.read_text(encoding="utf-8"), encoding="utf-8")
        for number, text in enumerate(later, start=2):
            named = text.replace("{revision}", f"{number:04}").replace("{before}", f"{number - 1:04}")
            (folder / f"{number:04}.py").write_text(named, encoding="utf-8")
        made.append(package)
        return package

    yield make
    for package in made:
        sys.modules.pop(package, None)


def column(name: str) -> str:
    return COLUMN.replace("{column}", name)


async def revision(database_url: str) -> str | None:
    engine = open_engine(database_url, application_name="test")
    async with engine.connect() as connection:
        found = await connection.run_sync(versions.current)
    await engine.dispose()
    return found


async def lacks(database_url: str, package: str) -> str | None:
    engine = open_engine(database_url, application_name="test")
    found = await pending_migration(engine, package)
    await engine.dispose()
    return found


def reading() -> ReadingAccepted:
    return ReadingAccepted.model_validate(ReadingAccepted.example | {"reading_id": new_id()})


async def note_reading(event: ReadingAccepted, work: UnitOfWork) -> None:
    await note(work, event.reading_id)


async def has_noted(process: Process, count: int) -> bool:
    return len(await noted_by(process)) == count


@asynccontextmanager
async def somebody_who_reads(database_url: str) -> AsyncIterator[None]:
    """Another session in the middle of a transaction that has read the table."""
    connection = await asyncpg.connect(database_url)
    async with connection.transaction():
        await connection.execute("SELECT FROM noted")
        yield
    await connection.close()


@pytest.fixture
def impatient(monkeypatch: pytest.MonkeyPatch) -> None:
    """A tenth of a second for a lock, so that the test is quick."""
    monkeypatch.setattr(migrations, "LOCK_TIMEOUT", "100ms")


@pytest.mark.usefixtures("impatient")
async def test_a_migration_that_cannot_lock_leaves_nothing_and_runs_when_the_lock_is_free(
    release: Release, database: Callable[[str], str]
) -> None:
    url = database(toy.PACKAGE)
    before = await schema(url)
    package = release(column("other") + '    op.execute("ALTER TABLE noted ALTER COLUMN text DROP NOT NULL")\n')
    async with somebody_who_reads(url):
        with pytest.raises(MigrationBlocked, match="0002 waited 100ms"):
            await migrate(url, package)
        assert (await schema(url), await revision(url)) == (before, "0001")
    await migrate(url, package)
    assert await revision(url) == "0002"
    assert "column noted.other text" in await schema(url)


@pytest.mark.usefixtures("impatient")
async def test_migrations_before_the_one_that_cannot_lock_are_kept(
    release: Release, database: Callable[[str], str]
) -> None:
    url = database(toy.PACKAGE)
    outbox_only = column("other").replace('"noted"', '"outbox"')
    async with somebody_who_reads(url):
        with pytest.raises(MigrationBlocked, match="0003"):
            await migrate(url, release(outbox_only, column("another")))
    assert await revision(url) == "0002"


async def test_two_runs_at_once_go_one_after_the_other(release: Release, database: Callable[[str], str]) -> None:
    url = database(toy.PACKAGE)
    slow = column("other") + '    op.execute("SELECT pg_sleep(0.5)")\n'
    package = release(slow, INDEX)
    await asyncio.gather(*(asyncio.to_thread(asyncio.run, migrate(url, package)) for _ in range(3)))
    assert await revision(url) == "0003"


async def test_an_index_is_made_while_others_write_and_wait_for_nothing(
    release: Release, database: Callable[[str], str]
) -> None:
    url = database(toy.PACKAGE)
    writer = await asyncpg.connect(url)
    other = await asyncpg.connect(url)
    async with writer.transaction():
        await writer.execute("INSERT INTO noted (thing_id, text) VALUES (gen_random_uuid(), '')")
        run = asyncio.create_task(migrate(url, release(INDEX)))
        while not await other.fetchval("SELECT count(*) FROM pg_stat_progress_create_index"):
            await asyncio.sleep(0.02)
        await other.execute("INSERT INTO noted (thing_id, text) VALUES (gen_random_uuid(), '')", timeout=2)
        assert not run.done()
    await run
    await writer.close()
    await other.close()
    assert "index CREATE INDEX noted_thing ON public.noted USING btree (thing_id)" in await schema(url)


async def test_an_index_whose_making_was_cut_short_is_made_anew(
    release: Release, database: Callable[[str], str]
) -> None:
    url = database(toy.PACKAGE)
    package = release(INDEX)
    writer = await asyncpg.connect(url)
    other = await asyncpg.connect(url)
    async with writer.transaction():
        await writer.execute("INSERT INTO noted (thing_id, text) VALUES (gen_random_uuid(), '')")
        run = asyncio.create_task(migrate(url, package))
        while not (pid := await other.fetchval("SELECT pid FROM pg_stat_progress_create_index")):
            await asyncio.sleep(0.02)
        await other.execute("SELECT pg_cancel_backend($1)", pid)
        with pytest.raises(Exception, match="canceling statement"):
            await run
    await writer.close()
    await other.close()
    assert any(line.endswith("INVALID") for line in await schema(url))
    assert await revision(url) == "0001"
    await migrate(url, package)
    assert not any(line.endswith("INVALID") for line in await schema(url))


async def test_a_release_is_content_with_a_database_that_a_newer_one_migrated(
    release: Release, database: Callable[[str], str]
) -> None:
    url = database(toy.PACKAGE)
    old, new = toy.PACKAGE, release(column("other"))
    assert await lacks(url, new) == "0002"
    await migrate(url, new)
    assert await lacks(url, new) is None
    assert await lacks(url, old) is None
    await migrate(url, old)
    assert await revision(url) == "0002"


async def test_a_process_goes_on_while_its_database_is_expanded_and_may_be_started_again(
    release: Release, toys: Toys
) -> None:
    old = toys.process("billing")
    old.service.on(ReadingAccepted, note_reading)
    await toys.start(old)
    await toys.wire.event(enveloped(reading()))
    await until(lambda: has_noted(old, 1))

    await migrate(old.settings.database_url, release(column("other"), INDEX))
    await toys.wire.event(enveloped(reading()))
    await until(lambda: has_noted(old, 2))
    await old.stop()

    again = toys.process("billing", database_url=old.settings.database_url)
    again.service.on(ReadingAccepted, note_reading)
    await again.start()
    await again.wait_until_ready()
    await toys.wire.event(enveloped(reading()))
    await until(lambda: has_noted(old, 3))
    await again.stop()


async def test_the_command_says_what_to_do_about_a_lock_and_fails_after_five_seconds(database_url: str) -> None:
    other = await asyncpg.connect(database_url)
    async with other.transaction():
        await other.execute("CREATE TABLE outbox ()")
        run = await asyncio.create_subprocess_exec(
            *(sys.executable, "-m", "deploy.cli", "migrate", "metering"),
            env={**os.environ, "EBOK_DATABASE_URL": database_url},
            stderr=asyncio.subprocess.PIPE,
        )
        _, told = await run.communicate()
    await other.close()
    assert run.returncode == 1
    assert told.decode().strip() == (
        "ebok: Migration 0001 waited 5s for a lock that somebody else holds; nothing of it is done. "
        "Run it again, at a quieter time if need be."
    )
