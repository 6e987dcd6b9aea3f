"""How events become rows: in any order, from two gateways at once, with lists of their own, and gone when told so."""

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from itertools import permutations
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Boolean, Column, Integer, MetaData, Numeric, Table, Text, Uuid, select, text
from sqlalchemy.ext.asyncio import AsyncEngine

from contracts.billing import InvoiceBalanceChanged, InvoiceDocumentStored, InvoiceIssued, LedgerPosted
from contracts.message import Event
from contracts.metering import ReadingAccepted
from gateway.bills.projections import PROJECTIONS as BILLS
from gateway.bills.tables import invoice
from gateway.read_model.children import Children
from gateway.read_model.projecting import Projects, Removal, Source
from gateway.tables import retired, told
from services.chassis.ids import new_id
from services.chassis.storage.database import open_engine
from tests.support.service import UnderTest

INVOICES = next(projection for projection in BILLS if projection.table is invoice)
ISSUED = InvoiceIssued.model_validate(InvoiceIssued.example)
DOCUMENT = InvoiceDocumentStored.model_validate(InvoiceDocumentStored.example)
BALANCE = InvoiceBalanceChanged.model_validate(InvoiceBalanceChanged.example)

metadata = MetaData()
paper = Table(
    "paper",
    metadata,
    Column("invoice_id", Uuid, primary_key=True),
    *told("version", Column("number", Text), Column("removed", Boolean)),
)
seen = Table(
    "paper",
    MetaData(),
    Column("invoice_id", Uuid, primary_key=True),
    *told("version", Column("number", Text)),
    *told("seen_version", Column("seen_by", Text)),
)
line = Table(
    "line",
    metadata,
    Column("invoice_id", Uuid, primary_key=True),
    Column("place", Integer, primary_key=True),
    Column("name", Text, nullable=False),
    Column("gross", Numeric(14, 2), nullable=False),
)
PAPERS = Projects(
    paper,
    Source(InvoiceIssued, children=Children(line, "items")),
    Removal(InvoiceDocumentStored, children=Children(line)),
)
"""A list and a removal, of events that are not about either: no event of today needs one."""


@dataclass
class Papers:
    """A database with papers, their lines, and nothing else."""

    engine: AsyncEngine

    async def tell(self, *events: Event) -> None:
        async with self.engine.begin() as connection:
            await PAPERS(events, connection)

    async def rows(self, table: Table) -> list[Any]:
        async with self.engine.connect() as connection:
            return [tuple(row) for row in await connection.execute(select(table).order_by(*table.primary_key.columns))]

    async def lines(self) -> list[str]:
        return [name for _, _, name, _ in await self.rows(line)]


@pytest.fixture
async def papers(database_url: str) -> AsyncIterator[Papers]:
    engine = open_engine(database_url, application_name="test")
    async with engine.begin() as connection:
        await connection.run_sync(metadata.create_all)
    yield Papers(engine)
    await engine.dispose()


def issued(version: int, *names: str) -> Event:
    item = ISSUED.items[0].model_dump()
    changes = {"number": f"FV/{version}", "items": [{**item, "name": name} for name in names], "version": version}
    return InvoiceIssued.model_validate({**ISSUED.model_dump(), **changes})


def removed(version: int) -> Event:
    return DOCUMENT.model_copy(update={"version": version})


async def test_a_row_of_several_events_is_the_same_in_whatever_order_they_come(under_test: UnderTest) -> None:
    gateway = (await under_test("gateway")).process
    wanted = {"number": ISSUED.number, "left_to_pay": BALANCE.left, "document_key": DOCUMENT.key}
    for order in permutations((ISSUED, BALANCE, DOCUMENT)):
        this = {"invoice_id": new_id()}
        for event in order:
            await gateway.apply([event.model_copy(update=this)])
        async with gateway.engine.connect() as connection:
            found = await connection.execute(select(invoice).where(invoice.c.invoice_id == this["invoice_id"]))
        row = found.mappings().one()
        assert {name: row[name] for name in wanted} == wanted
        assert (row["version"], row["balance_version"], row["document_version"]) == (1, 2, 1)


async def test_two_gateways_that_write_the_same_rows_in_opposite_orders_do_not_wait_for_each_other_for_ever(
    under_test: UnderTest,
) -> None:
    gateway = (await under_test("gateway")).process
    ids = [new_id() for _ in range(150)]

    def news(version: int, order: Sequence[UUID]) -> list[Event]:
        def about(kind: Event, each: UUID) -> Event:
            return kind.model_copy(update={"invoice_id": each, "version": version})

        half = len(order) // 2
        return [about(ISSUED, each) for each in order[:half]] + [about(BALANCE, each) for each in order[half:]]

    for version in range(1, 11):
        await asyncio.gather(gateway.apply(news(version, ids)), gateway.apply(news(version, ids[::-1])))


async def test_a_version_that_lacks_a_column_leaves_it_empty_in_whatever_order_they_come(papers: Papers) -> None:
    both = Projects(paper, Source(InvoiceIssued), Source(InvoiceDocumentStored, without=["number"]))
    for events in permutations((issued(2), removed(3))):
        async with papers.engine.begin() as connection:
            await connection.execute(paper.delete())
            await both(events, connection)
        assert await papers.rows(paper) == [(ISSUED.invoice_id, None, False, 3)]
    with pytest.raises(TypeError, match="paper has no nullable column invoice_id for InvoiceIssued to leave"):
        Projects(paper, Source(InvoiceIssued, without=["invoice_id"]))


async def test_the_newest_event_s_list_replaces_what_was_there(papers: Papers) -> None:
    await papers.tell(issued(2, "ciepło", "abonament"))
    assert await papers.lines() == ["ciepło", "abonament"]
    await papers.tell(issued(3, "korekta"))
    assert await papers.lines() == ["korekta"]
    await papers.tell(issued(4))
    assert await papers.lines() == []


async def test_the_list_of_an_older_event_changes_nothing_and_a_repeat_neither(papers: Papers) -> None:
    await papers.tell(issued(3, "nowe", "nowsze"))
    await papers.tell(issued(2, "stare"))
    await papers.tell(issued(3, "nowe", "nowsze"))
    assert await papers.lines() == ["nowe", "nowsze"]
    await papers.tell(issued(5, "piąte"), issued(4, "czwarte"), issued(5, "piąte"))
    assert await papers.lines() == ["piąte"]


async def test_what_is_removed_is_emptied_and_an_older_event_does_not_bring_it_back(papers: Papers) -> None:
    await papers.tell(issued(2, "ciepło"))
    await papers.tell(removed(3))
    await papers.tell(issued(2, "ciepło"))
    assert await papers.rows(paper) == [(ISSUED.invoice_id, None, True, 3)]
    assert await papers.lines() == []


async def test_what_was_removed_before_it_was_told_stays_removed_until_newer_news(papers: Papers) -> None:
    await papers.tell(removed(3))
    await papers.tell(issued(2, "ciepło"))
    assert await papers.rows(paper) == [(ISSUED.invoice_id, None, True, 3)]
    await papers.tell(issued(4, "ciepło"))
    assert await papers.rows(paper) == [(ISSUED.invoice_id, "FV/4", False, 4)]
    assert await papers.lines() == ["ciepło"]


async def test_a_column_that_is_retired_is_not_written_so_that_the_next_release_may_drop_it(papers: Papers) -> None:
    without_number = Table(
        "paper",
        MetaData(),
        Column("invoice_id", Uuid, primary_key=True),
        *told("version", retired(Column("number", Text)), Column("removed", Boolean)),
    )
    async with papers.engine.begin() as connection:
        await Projects(without_number, Source(InvoiceIssued))([issued(2)], connection)
    assert await papers.rows(paper) == [(ISSUED.invoice_id, None, False, 2)]
    with pytest.raises(TypeError, match="paper has number retired: take it out of `without`"):
        Projects(without_number, Source(InvoiceIssued, without=["number"]))
    async with papers.engine.begin() as connection:
        await connection.execute(text("ALTER TABLE paper DROP COLUMN number"))
        await Projects(without_number, Source(InvoiceIssued))([issued(3)], connection)


def test_a_table_that_does_not_fit_its_events_is_refused_when_it_is_declared() -> None:
    with pytest.raises(TypeError, match="LedgerPosted has no field number"):
        Projects(paper, Source(LedgerPosted))
    with pytest.raises(TypeError, match="no event fills seen_by, seen_version of paper"):
        Projects(seen, Source(InvoiceIssued))
    with pytest.raises(TypeError, match="no event fills number of paper"):
        Projects(paper, Source(InvoiceIssued, without=["number"]))
    reading = Source(ReadingAccepted, {"invoice_id": "reading_id", "number": "source"})
    with pytest.raises(TypeError, match="several services"):
        Projects(paper, Source(InvoiceIssued), reading)
