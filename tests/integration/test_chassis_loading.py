"""Loading files into a real database, two at once."""

import asyncio
from pathlib import Path

from sqlalchemy import func, select, text

from services.billing.importing import IMPORTERS
from services.chassis.imports.importing import Options
from services.chassis.imports.loading import Report, load
from services.chassis.imports.row_files import opened
from services.chassis.storage.tables import outbox
from tests.support.files import csv_file
from tests.support.parties import fresh_party
from tests.support.service import UnderTest
from tests.support.waiting import until


async def test_of_two_first_imports_at_once_the_second_finds_what_the_first_stored(
    under_test: UnderTest, tmp_path: Path
) -> None:
    process = (await under_test("billing")).process
    path = csv_file(tmp_path, [fresh_party().row()])
    reports = Report(), Report()

    async def import_(report: Report) -> None:
        with opened(path, IMPORTERS["parties"]) as file:
            await load(process, file, Options(), report)

    async def both_wait() -> bool:
        async with process.engine.connect() as connection:
            waiting = "SELECT count(DISTINCT pid) FROM pg_locks JOIN pg_database d ON d.oid = database"
            query = f"{waiting} WHERE NOT granted AND datname = current_database()"
            return int(await connection.scalar(text(query)) or 0) == 2

    async with process.engine.begin() as connection:
        # Both have begun and looked what is there, if they look at all before they wait.
        await connection.execute(text("LOCK TABLE party IN SHARE ROW EXCLUSIVE MODE"))
        imports = [asyncio.create_task(import_(report)) for report in reports]
        await until(both_wait, 10, "both imports to wait")
    await asyncio.gather(*imports)

    assert sorted((report.added, report.unchanged) for report in reports) == [(0, 1), (1, 0)]
    async with process.engine.connect() as connection:
        assert await connection.scalar(select(func.count()).select_from(outbox)) == 1
