"""The tables that the code expects are those that the migrations make: from nothing, and from an older release."""

from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest

from deploy.catalog import SERVICES, ServiceEntry, entry
from services.chassis.storage import tables as chassis_tables
from services.chassis.storage.database import migrate, open_engine
from services.chassis.storage.versions import head
from tests.support.dumps import DUMPS, dumps, empty_tables, live, restore, revision, rows
from tests.support.infrastructure import Servers
from tests.support.schemas import differences, schema
from tests.support.stack import Stack

Row = Mapping[str, Any]

MOVED: Mapping[str, Mapping[str, str | None]] = {
    "billing": {
        "payment": "credit",
        "payment.payment_id": "credit_id",
        "allocation.payment_id": "credit_id",
        "allocation.paid_on": "effective_on",
        "ledger_entry.payment_id": "credit_id",
    },
    "gateway": {
        "invoice_balance": "invoice",
        "invoice_balance.version": "balance_version",
        "invoice_document": "invoice",
        "invoice_document.key": "document_key",
        "invoice_document.size": "document_size",
        "invoice_document.version": "document_version",
        "application_decision": "application",
        "application_decision.version": "decision_version",
    },
}
"""By service: what later migrations call its tables ("payment") and columns ("payment.title"); None: not kept."""

MIGRATED = [service for service in SERVICES if head(service.package) != "0001"]
each_service = pytest.mark.parametrize("service", SERVICES, ids=lambda service: service.name)


async def make_tables(service: ServiceEntry, database_url: str) -> None:
    """Make the service's tables as its code describes them, without migrations."""
    engine = open_engine(database_url, application_name="test")
    async with engine.begin() as connection:
        for metadata in (chassis_tables.metadata, service.tables()):
            await connection.run_sync(metadata.create_all)
    await engine.dispose()


@each_service
async def test_the_migrations_make_what_the_code_describes(
    service: ServiceEntry, database: Callable[[str], str], database_url: str
) -> None:
    await make_tables(service, database_url)
    sides = {"in tables.py": await schema(database_url), "by the migrations": await schema(database(service.package))}
    assert differences(sides) == []


def test_a_difference_says_whether_tables_py_or_the_migrations_have_what_the_other_lacks() -> None:
    sides = {"in tables.py": {"column a", "column b"}, "by the migrations": {"column a", "column c"}}
    assert differences(sides) == ["only in tables.py: column b", "only by the migrations: column c"]


def moved(service: str, rows_of: Mapping[str, Sequence[Row]]) -> Mapping[str, Sequence[Row]]:
    """Rows by table, under the names that a service's tables and columns have now."""
    names = MOVED.get(service, {})
    found: dict[str, list[Row]] = {}
    for table, rows_there in rows_of.items():
        if now := called(names, table):
            columns = {old: called(names, old, within=(table, now)) for row in rows_there for old in row}
            renamed = [{new: row[old] for old in row if (new := columns[old])} for row in rows_there]
            found.setdefault(now, []).extend(renamed)
    return found


def called(names: Mapping[str, str | None], name: str, within: Sequence[str] = ()) -> str | None:
    """The name that a table, or a column of the table that was and is called `within`, has now; None: it is gone."""
    known: str | None = name
    while known is not None:
        ways = [f"{table}.{known}" for table in within] or [known]
        if not (way := next((way for way in ways if way in names), None)):
            break
        known = names[way]
    return known


def test_what_was_renamed_once_and_dropped_later_is_gone() -> None:
    names = {"document": "invoice", "document.size": "document_size", "invoice.document_size": None}
    assert called(names, "document") == "invoice"
    assert called(names, "size", within=("document", "invoice")) is None
    assert called(names, "key", within=("document", "invoice")) == "key"


def lost(before: Sequence[Row], after: Sequence[Row]) -> Sequence[Row]:
    """The rows of `before` that are not in `after`, whatever columns were added to them."""
    return [row for row in before if not any(row.items() <= now.items() for now in after)]


@pytest.mark.parametrize("service", MIGRATED, ids=lambda service: service.name)
def test_a_second_migration_is_tried_on_the_data_of_an_earlier_release(service: ServiceEntry) -> None:
    assert min(revision(dump) for dump in dumps(service.name)) < head(service.package)


@pytest.mark.parametrize("dump", sorted(DUMPS.glob("*.sql")), ids=lambda dump: dump.stem)
async def test_the_database_of_an_earlier_release_is_upgraded_and_keeps_its_rows(
    dump: Path, database: Callable[[str], str], database_url: str
) -> None:
    service = entry(dump.stem.rpartition("-")[0])
    await restore(dump, database_url)
    before = moved(service.name, await rows(database_url))
    await migrate(database_url, service.package)
    sides = {
        "in the upgraded dump": await schema(database_url),
        "from nothing": await schema(database(service.package)),
    }
    assert differences(sides) == []
    after = await rows(database_url)
    assert after["alembic_version"] == [{"version_num": head(service.package)}]
    for table in before.keys() - {"alembic_version"}:
        gone = lost(before[table], after[table])
        assert gone == [], f'{table}: what a migration drops is named in MOVED ("{table}.column": None)'


def test_the_life_that_a_release_s_dumps_are_made_of_fills_every_table(servers: Servers) -> None:
    with Stack(servers, "demo") as stack:
        live(stack)
        assert empty_tables(stack) == {}
