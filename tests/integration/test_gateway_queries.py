"""The gateway's SQL fits its tables, and a customer's page finds its rows by an index."""

import ast
import inspect
import pkgutil
from collections.abc import AsyncIterator, Iterator
from datetime import date
from importlib import import_module
from pathlib import Path
from uuid import UUID

import pytest

import gateway
from gateway.applications.queries import application, applications_page
from gateway.bills.queries import Company, StoredDocument, bill_detail, bills_page, document
from gateway.bills.words import words_in
from gateway.home.queries import waiting as what_waits
from gateway.read_model.queries import Query
from gateway.readings.queries import coming_bill, meter, meters
from gateway.tables import RETIRED, metadata
from gateway.web.visitors.customer import Customer
from gateway.web.visitors.pools import open_pools
from gateway.web.visitors.scoped import ScopedConnection
from tests.support import samples
from tests.support.service import UnderTest
from tests.support.visitors import Visitors

FOLDER = Path(gateway.__file__).parent
SENDS_SQL = {
    "execute",
    "executemany",
    "fetchrow",
    "fetchval",
    "fetchmany",
    "prepare",
    "cursor",
    "copy_records_to_table",
}


def modules() -> Iterator[str]:
    return (
        found.name for found in pkgutil.walk_packages(gateway.__path__, "gateway.") if "migrations" not in found.name
    )


QUERIES = {
    f"{module}.{name}": value
    for module in modules()
    for name, value in vars(import_module(module)).items()
    if isinstance(value, Query)
}


async def test_every_query_fits_the_tables_and_reads_no_column_that_is_retired(under_test: UnderTest) -> None:
    assert len(QUERIES) > 15
    gateway = (await under_test("gateway")).process
    async with open_pools(gateway.settings.database_url) as pools, pools.public.acquire() as connection:
        for column in (column for table in metadata.tables.values() for column in table.c if RETIRED in column.info):
            await connection.execute(f"ALTER TABLE {column.table.name} DROP COLUMN {column.name}")  # as a later release
        for name, query in QUERIES.items():
            assert await connection.prepare(query.text), name


def pages() -> list[Path]:
    """The modules of the gateway that write nothing into the read model by themselves."""
    return [file for file in sorted(FOLDER.rglob("*.py")) if not {"migrations", "read_model"} & set(file.parts)]


@pytest.mark.parametrize("file", pages(), ids=lambda file: str(file.relative_to(FOLDER)))
def test_sql_is_only_in_queries_that_are_constants(file: Path) -> None:
    tree = ast.parse(file.read_text(encoding="utf-8"))
    made = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _called(node) == "Query"]
    constants = [node.value for node in tree.body if isinstance(node, ast.Assign)]
    assert [node.lineno for node in made if node not in constants] == [], "a query that no test would find"
    if file.name != "projections.py":
        sent = [node for node in ast.walk(tree) if isinstance(node, ast.Call) and _sends_text(node)]
        assert [node.lineno for node in sent] == [], "SQL that is no Query"


def _sends_text(node: ast.Call) -> bool:
    literal = bool(node.args) and isinstance(node.args[0], ast.Constant | ast.JoinedStr)
    return _called(node) in SENDS_SQL or (_called(node) == "fetch" and literal)


def _called(node: ast.Call) -> str:
    return node.func.attr if isinstance(node.func, ast.Attribute) else getattr(node.func, "id", "")


BIG = ("party", "agreement", "balance", "invoice", "meter", "reading", "mail")
FILL = """
    CREATE FUNCTION id(kind text, n bigint) RETURNS uuid IMMUTABLE RETURN md5(kind || n)::uuid;
    INSERT INTO party SELECT id('party', n), n, 'person', 'Anna', NULL, 'Miodowa 1', '00-001', 'Miasto', 1
    FROM generate_series(1, 3000) n;
    INSERT INTO balance SELECT id('party', n), 0, '2026-11-22', 1 FROM generate_series(1, 3000) n;
    INSERT INTO agreement
    SELECT id('agreement', n), id('party', n), 'UW/' || n, 'water', 'PW-' || n, '2026-01-01', true, 1
    FROM generate_series(1, 3000) n;
    INSERT INTO meter SELECT id('meter', n), 'W-' || n, 'PW-' || n, 'water', 'm3', 'Miodowa 1', 'Miasto', 1
    FROM generate_series(1, 3000) n;
    INSERT INTO reading
    SELECT id('reading', n * 10 + k), id('meter', n), 100 + k, date '2026-01-01' + 30 * k, 'remote', 99 + k,
           date '2026-01-01' + 30 * (k - 1), 1
    FROM generate_series(1, 3000) n, generate_series(1, 9) k;
    INSERT INTO invoice (invoice_id, party_id, number, kind, agreement_number, service_point, reading_id, issued_on,
                         due_on, period_from, period_to, description, items, net, vat, gross, version, document_key,
                         document_size)
    SELECT id('invoice', n * 10 + k), id('party', n), 'FV/' || n || '/' || k, 'invoice', 'UW/' || n, 'PW-' || n,
           id('reading', n * 10 + k), date '2026-01-01' + 30 * k, date '2026-01-15' + 30 * k, '2026-01-01',
           '2026-02-01', 'Woda', '[]', 100, 23, 123, 1, 'key', 100
    FROM generate_series(1, 3000) n, generate_series(1, 9) k;
    INSERT INTO mail SELECT id('mail', n), id('invoice', n), 'new_bill', 'anna@poczta.example', now(), 1
    FROM generate_series(1, 30000) n;
    ANALYZE;
"""


@pytest.fixture
async def town(under_test: UnderTest) -> AsyncIterator[Visitors]:
    """A read model of three thousand parties with nine bills each."""
    gateway = (await under_test("gateway")).process
    async with Visitors.of(gateway) as visitors:
        await visitors.pools.office.execute(FILL)
        yield visitors


WORDS = words_in("pl")

ASKED = {bills_page, bill_detail, document, meters, meter, coming_bill}
"""What the next test asks for a customer."""


def test_all_that_a_customers_page_can_ask_is_looked_at() -> None:
    asks = {
        value
        for module in modules()
        if module.endswith(".queries")
        for value in vars(import_module(module)).values()
        if inspect.isfunction(value)
        and not value.__name__.startswith("_")
        and Customer in inspect.get_annotations(value, eval_str=True).values()
    }
    assert {f"{each.__module__}.{each.__name__}" for each in asks - ASKED} == set(), "call it in the test below"


async def test_customers_pages_read_no_big_table_whole(town: Visitors) -> None:
    ids = await town.pools.office.fetchrow(
        "SELECT id('party', 7) AS party, id('invoice', 75) AS invoice, id('reading', 75) AS reading"
    )
    customer, today = town.customer(ids["party"]), date(2026, 11, 22)
    before = await _read_whole(town, ids["party"])
    assert len((await bills_page(customer, 1, today, WORDS)).bills) == 9
    detail = await bill_detail(customer, ids["invoice"], today, WORDS, Company("", (), None), None)
    assert detail is not None
    assert detail.sent is not None
    assert len(detail.readings) == 1
    assert await document(customer, ids["invoice"]) == StoredDocument("key", 100, None, "FV/7/5")
    assert [len(each.readings) for each in await meters(customer, today)] == [9]
    assert await meter(customer, "W-7", today) is not None
    assert await coming_bill(customer, ids["reading"]) is not None
    assert await _read_whole(town, ids["party"]) == before
    await customer.fetch(Query("SELECT count(*) FROM mail"))
    assert (await _read_whole(town, ids["party"]))["mail"] > before["mail"], "the figure would tell"


APPLICATIONS = """
    INSERT INTO application (application_id, version, number, name, email, agreement_number, received_at, checks,
                             decision_version, decision)
    SELECT id('application', n), 1, 'WN/' || n, 'Anna', 'anna@poczta.example', 'UW/1',
           timestamptz '2026-01-01Z' + n * interval '1 minute',
           jsonb_build_array(jsonb_build_object('field', 'name', 'given', repeat('as five ', 90), 'matches', false)), 1,
           CASE WHEN n % 1000 = 0 THEN NULL WHEN n % 500 = 0 THEN 'rejected' ELSE 'accepted' END
    FROM generate_series(1, 30000) n;
    INSERT INTO last_look SELECT id('application', n), id('clerk', 1), now() FROM generate_series(1, 30000) n;
    ANALYZE;
"""


async def test_the_clerks_lists_of_applications_are_read_by_an_index_and_in_their_order(town: Visitors) -> None:
    await town.pools.office.execute(APPLICATIONS)
    await town.pools.office.execute("VACUUM application")  # as autovacuum does: counts then read the index alone
    clerk = samples.by_clerk().clerk
    assert clerk is not None
    async with ScopedConnection(town.pools.office) as clerk._connection:
        scans = Query(
            "SELECT indexrelname, idx_scan FROM pg_stat_user_indexes WHERE relname IN ('application', 'last_look')"
        )
        whole = Query("SELECT seq_scan FROM pg_stat_user_tables WHERE relname = 'application'")
        before = await clerk.fetch_one(whole)
        now = samples.visit().now
        waiting = await applications_page(clerk, "waiting", None, "oldest", 2, now)
        assert [row.number for row in waiting.rows] == [f"WN/{n}000" for n in range(21, 31)]
        rejected = await applications_page(clerk, "rejected", None, "newest", 1, now)
        assert [row.number for row in rejected.rows][:3] == ["WN/29500", "WN/28500", "WN/27500"]
        accepted = await applications_page(clerk, "accepted", None, "oldest", 1, now)
        assert accepted.rows[0].number == "WN/1"
        none = await applications_page(clerk, "waiting", "agrees", "newest", 1, now)
        assert none.rows == []
        for listed in (waiting, rejected, accepted, none):
            assert listed.counts.of_state == {"waiting": 30, "rejected": 30, "accepted": 29940}
            assert listed.counts.waiting == {"nobody": 30}
        one = await application(clerk, waiting.rows[0].id, now)
        assert one is not None
        assert one.next_id == waiting.rows[1].id
        assert one.look is None
        assert (await what_waits(clerk))["applications"].count == 30
        await clerk._connection.run(Query("SELECT pg_stat_force_next_flush()"))
        await clerk._connection.run(Query("SELECT 1"))
        used = {row["indexrelname"]: row["idx_scan"] for row in await clerk.fetch(scans)}
        after = await clerk.fetch_one(whole)
    assert after == before, "nothing reads all applications that ever were"
    assert used["application_waiting"] >= 3
    assert used["application_waiting_by_fit"] >= 2
    assert used["application_by_decision"] >= 3
    assert used["last_look_pkey"] >= 1


async def _read_whole(town: Visitors, party: UUID) -> dict[str, int]:
    """How often each big table was read from its beginning to its end, by whatever statement or function."""
    connection = town.customer(party)._connection
    await connection.run(Query("SELECT pg_stat_force_next_flush()"))
    await connection.run(Query("SELECT 1"))
    counts = "SELECT relname, seq_scan FROM pg_stat_user_tables WHERE relname = ANY($1)"
    return {row["relname"]: row["seq_scan"] for row in await town.pools.public.fetch(counts, list(BIG))}
