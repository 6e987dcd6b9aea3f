"""The read model: events may come twice and in any order, and all of it can be told again by the services."""

import asyncio
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Table, select, text

from contracts.message import Event
from gateway.accounts.tables import last_login
from gateway.app import build
from gateway.projections import READ_MODEL
from gateway.read_model.progress import note
from gateway.read_model.tables import progress
from gateway.web.visitors.tables import password_change
from services.chassis.settings import Settings
from tests.support.infrastructure import Servers
from tests.support.profiles import a_profile
from tests.support.service import UnderTest
from tests.support.stack import Stack
from tests.support.wire import enveloped
from tests.support.world import ANNA, JAN, customer_at_home, fill, give_reading, open_account

pytestmark = pytest.mark.timeout(300)

PROJECTED: Sequence[type[Event]] = sorted(
    build(Settings(), a_profile()).projections, key=lambda event: event.message_type
)
NOT_TOLD_AGAIN = (last_login, password_change)


async def content(connection: Any, tables: Sequence[Table]) -> dict[str, list[Any]]:
    found = {}
    for table in tables:
        rows = await connection.execute(select(table).order_by(*table.primary_key.columns))
        found[table.name] = [tuple(row) for row in rows]
    return found


@pytest.mark.parametrize("event", PROJECTED, ids=lambda e: e.message_type)
async def test_older_news_and_repeats_change_nothing(event: type[Event], under_test: UnderTest) -> None:
    gateway = (await under_test("gateway")).process
    newer = event.model_validate(event.example | {"version": 7})
    await gateway.apply([newer])
    kept = [table for table in (*READ_MODEL, *NOT_TOLD_AGAIN) if table is not progress]
    async with gateway.engine.connect() as connection:
        before = await content(connection, kept)
    assert any(before.values()), "the event is kept"
    await gateway.apply([event.model_validate(_changed(event))])
    await gateway.apply([newer, newer])
    async with gateway.engine.connect() as connection:
        assert await content(connection, kept) == before


def _changed(event: type[Event]) -> dict[str, Any]:
    """An older state of the same thing, with other words in it."""
    older = event.example | {"version": 3}
    words = {
        name: f"{value} dawniej"
        for name, value in older.items()
        if isinstance(value, str) and event.model_fields[name].annotation in (str, str | None)
    }
    return older | words


async def test_an_event_of_a_sender_whose_clock_is_ahead_is_no_newer_than_now(under_test: UnderTest) -> None:
    gateway = (await under_test("gateway")).process
    ahead = replace(enveloped(PROJECTED[0].model_validate(PROJECTED[0].example)), time=datetime(2099, 1, 1, tzinfo=UTC))

    async def told(now: str) -> None:
        async with gateway.engine.connect() as connection:
            await note([ahead], connection)
            (newest, database_time) = (
                await connection.execute(text("SELECT max(last_event_at), now() FROM progress"))
            ).one()
            assert newest == database_time, now
            await connection.commit()

    await told("at once")
    async with gateway.engine.begin() as connection:
        await connection.execute(text("UPDATE progress SET last_event_at = '2099-01-01'"))
    await told("also after what an earlier release noted")


@pytest.fixture(scope="module")
def office(servers: Servers) -> Iterator[Stack]:
    with Stack(servers, "demo") as stack:
        fill(stack, ANNA, JAN)
        open_account(stack, ANNA)
        with customer_at_home(stack, ANNA) as browser:
            page = give_reading(browser, ANNA.water_meter, "241")
            assert page.has("Odczyt przyjęty"), page.text
        stack.quiet()
        assert len(stack.mailbox.messages) == 1, "the new bill"
        yield stack


def test_replay_makes_the_read_model_again_as_it_was(office: Stack) -> None:
    gateway = office.processes["gateway"]
    kept = [table for table in READ_MODEL if table is not progress]

    async def dump() -> dict[str, list[Any]]:
        async with gateway.engine.connect() as connection:
            return await content(connection, kept)

    async def empty() -> None:
        async with gateway.engine.begin() as connection:
            await connection.execute(text(f"TRUNCATE {', '.join(table.name for table in READ_MODEL)}"))

    async def replay_all() -> None:
        await asyncio.gather(*(process.replay() for process in office.processes.values()))

    before = office.call(dump())
    none_here = ["application", "failed_document", "failed_mail"]
    assert sorted(name for name, rows in before.items() if not rows) == none_here
    mails = len(office.mailbox.messages)
    office.call(empty())
    office.call(replay_all())
    office.quiet()
    after = office.call(dump())
    for name, rows in before.items():
        assert after[name] == rows, name
    assert office.parked() == {}
    assert len(office.mailbox.messages) == mails, "nobody is mailed again"


def test_whole_office_answers_while_it_replays(office: Stack) -> None:
    browser = customer_at_home(office, ANNA)

    async def replay_billing() -> int:
        return await office.processes["billing"].replay()

    for _ in range(2):
        assert office.call(replay_billing()) > 0
        assert browser.get("/bills").has("FV/")
    office.quiet()


def test_party_ids_in_the_read_model_are_those_of_billing(office: Stack) -> None:
    def ids(service: str) -> set[UUID]:
        return {row["party_id"] for row in office.rows(service, "SELECT party_id FROM party")}

    assert ids("gateway") == ids("billing")
