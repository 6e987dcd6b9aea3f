"""A visit's database connection: one for all it asks, and never with the scope of whoever had it before."""

import asyncio
import time
from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from uuid import UUID

import httpx
import pytest
from litestar import get

from contracts.billing import InvoiceIssued
from contracts.identity import LoggedIn, LogIn, PasswordChanged
from gateway.bills.customer import bill_list
from gateway.home.public import contact
from gateway.read_model.queries import Query
from gateway.web.page import CustomerPage, Page, PublicPage
from gateway.web.server import web_application
from gateway.web.site import Site
from gateway.web.visitors import pools, scoped
from gateway.web.visitors.customer import Customer
from gateway.web.visitors.pools import Pools, open_pools
from gateway.web.visitors.sessions import open_session
from gateway.web.visitors.visit import Visit
from services.chassis.errors import Unavailable
from services.chassis.ids import stable_id
from services.chassis.process import Process
from services.chassis.settings import Settings
from services.chassis.storage.files import open_store
from tests.support.browser import in_process
from tests.support.proxy import Proxy
from tests.support.service import UnderTest

ANNA, JAN = (stable_id("party", code) for code in ("100001", "100002"))
NUMBERS = Query("SELECT number FROM own_invoice")
SLOW = Query("SELECT number, pg_sleep(30) FROM own_invoice")


@get("/faulty")
async def faulty(customer: Customer) -> None:
    """Fails after it has asked."""
    await customer.fetch(NUMBERS)
    raise RuntimeError("a fault in a page")


@get("/slow")
async def slow(customer: Customer) -> None:
    """Asks for longer than anybody waits."""
    await customer.fetch(SLOW)


@get("/asking", media_type="text/plain")
async def asking(site: Site, visit: Visit, customer: Customer) -> str:
    """Asks the read model, then a service that is away, then the read model."""
    before = await customer.fetch(NUMBERS)
    with pytest.raises(Unavailable):
        await site.ask(visit, LogIn.model_validate(LogIn.example))
    free = site.pools.customer.get_idle_size()
    after = await customer.fetch(NUMBERS)
    return f"{free} free, {[row['number'] for row in before]}, {[row['number'] for row in after]}"


@dataclass
class Door:
    """The gateway's pages on a pool of one connection for customers."""

    gateway: Process
    pools: Pools
    browser: httpx.AsyncClient
    tokens: dict[UUID, str]

    async def visit(self, who: UUID | None, path: str = "/bills") -> httpx.Response:
        token = self.tokens[who] if who else "nobody's token"
        return await self.browser.get(path, headers={"cookie": f"ebok={token}"})

    async def scope(self) -> str:
        """Whose rows the one connection would show now; it must be free."""
        async with asyncio.timeout(2):
            return str(await self.pools.customer.fetchval("SELECT current_setting('ebok.parties')"))


@pytest.fixture
async def door(under_test: UnderTest, tmp_path: Path) -> AsyncIterator[Door]:
    gateway = (await under_test("gateway", amqp_url="amqp://nobody@127.0.0.1:9/")).process
    tokens = {}
    async with open_pools(gateway.settings.database_url, size=1) as pools:
        for party, name in ((ANNA, "FV/ANNA"), (JAN, "FV/JAN")):
            bill = {"invoice_id": stable_id("invoice", name), "party_id": party, "number": name}
            await gateway.apply([InvoiceIssued.model_validate(InvoiceIssued.example | bill)])
            tokens[party] = await open_session(pools.public, _login(gateway, party), gateway.clock())
        customers = [CustomerPage(page) for page in (bill_list, faulty, slow, asking)]
        pages: list[Page] = [PublicPage(contact), *customers]
        site = Site(gateway, pools, open_store(Settings(files_url=tmp_path.as_uri())), pages)
        transport = in_process(web_application(site), faults_are_pages=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://office.example") as browser:
            yield Door(gateway, pools, browser, tokens)


def _login(gateway: Process, party: UUID) -> LoggedIn:
    changes = {"account_id": party, "party_id": party, "must_change_password": False, "audience": "customer"}
    return LoggedIn.model_validate(LoggedIn.example | changes | {"logged_in_at": gateway.clock()})


async def test_the_next_visitor_sees_nothing_of_the_one_before(door: Door) -> None:
    anna = (await door.visit(ANNA)).text
    assert ("FV/ANNA" in anna, "FV/JAN" in anna) == (True, False)
    jan = (await door.visit(JAN)).text
    assert ("FV/ANNA" in jan, "FV/JAN" in jan) == (False, True)
    assert (await door.visit(None)).headers["location"] == "/login?next=/bills"
    assert await door.scope() == "{}"


async def test_a_public_page_of_somebody_whose_session_has_ended_clears_the_scope(door: Door) -> None:
    await door.visit(ANNA)
    assert await door.scope() == f"{{{ANNA}}}"
    assert (await door.visit(None, "/contact")).status_code == 200
    assert await door.scope() == "{}"


async def test_after_a_fault_in_a_page_the_next_visitor_has_the_connection_and_the_own_scope(door: Door) -> None:
    assert (await door.visit(ANNA, "/faulty")).status_code == 500
    jan = (await door.visit(JAN)).text
    assert ("FV/ANNA" in jan, "FV/JAN" in jan) == (False, True)


async def test_after_a_visit_that_was_broken_off_the_next_visitor_has_a_connection_and_the_own_scope(
    door: Door,
) -> None:
    waiting = asyncio.create_task(door.visit(ANNA, "/slow"))
    async with asyncio.timeout(5):
        while not await door.pools.public.fetchval("SELECT count(*) FROM pg_stat_activity WHERE query = $1", SLOW.text):
            await asyncio.sleep(0.02)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    jan = (await door.visit(JAN)).text
    assert ("FV/ANNA" in jan, "FV/JAN" in jan) == (False, True)


@pytest.mark.parametrize("news_first", [True, False])
async def test_a_session_that_began_with_the_old_password_is_over_whenever_it_is_opened(
    door: Door, news_first: bool
) -> None:
    began = door.gateway.clock()
    changed = PasswordChanged(account_id=ANNA, changed_at=began + timedelta(seconds=1), version=2)
    if news_first:
        await door.gateway.apply([changed])
    door.tokens[ANNA] = await open_session(door.pools.public, _login(door.gateway, ANNA), began)
    if not news_first:
        assert (await door.visit(ANNA)).status_code == 200
        await door.gateway.apply([changed])
    assert (await door.visit(ANNA)).headers["location"] == "/login?next=/bills"
    assert (await door.visit(JAN)).status_code == 200


async def test_the_session_in_which_the_password_was_changed_goes_on(door: Door) -> None:
    now = door.gateway.clock()
    older = PasswordChanged(account_id=ANNA, changed_at=now - timedelta(hours=1), version=2)
    await door.gateway.apply([older, PasswordChanged(account_id=ANNA, changed_at=now, version=3)])
    await door.gateway.apply([older])
    door.tokens[ANNA] = await open_session(door.pools.public, _login(door.gateway, ANNA), now)
    assert (await door.visit(ANNA)).status_code == 200


async def test_a_visit_that_waits_for_a_service_holds_no_connection_and_goes_on_in_its_scope(door: Door) -> None:
    assert (await door.visit(ANNA, "/asking")).text == "1 free, ['FV/ANNA'], ['FV/ANNA']"


@pytest.mark.parametrize("met_before", [True, False])
async def test_a_visit_that_meets_a_database_that_hangs_is_given_up_once(
    under_test: UnderTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, met_before: bool
) -> None:
    monkeypatch.setattr(scoped, "SECONDS", 0.5)
    monkeypatch.setattr(scoped, "GIVING_BACK_SECONDS", 0.02)
    monkeypatch.setattr(pools, "SECONDS", 0.5)
    gateway = (await under_test("gateway")).process
    async with Proxy(gateway.settings.database_url) as wire, open_pools(wire.url, size=1) as hanging:
        token = await open_session(hanging.public, _login(gateway, ANNA), gateway.clock())
        site = Site(gateway, hanging, open_store(Settings(files_url=tmp_path.as_uri())), [CustomerPage(bill_list)])
        transport = in_process(web_application(site), faults_are_pages=True)
        async with httpx.AsyncClient(
            transport=transport, base_url="http://office.example", cookies={"ebok": token}
        ) as browser:
            if met_before:
                assert (await browser.get("/bills")).status_code == 200
            wire.freeze()
            began = time.perf_counter()
            answer = await browser.get("/bills")
            assert answer.status_code == 503
            assert time.perf_counter() - began < 0.95, "once the time for a query, and not twice"
            wire.thaw()
            assert (await browser.get("/bills")).status_code == 200
