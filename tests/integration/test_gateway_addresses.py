"""Addresses of pages: every number and name fits into one, and a list ends where it ends."""

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from urllib.parse import quote

import httpx
import pytest

from contracts.identity import LoggedIn
from gateway.pages import PAGES
from gateway.web.server import web_application
from gateway.web.site import Site
from gateway.web.visitors.pools import open_pools
from gateway.web.visitors.sessions import open_session
from services.chassis.ids import stable_id
from services.chassis.settings import Settings
from services.chassis.storage.files import open_store
from tests.support.browser import in_process
from tests.support.pages import parse
from tests.support.service import UnderTest
from tests.support.supply import agreement_recorded, meter_recorded

ANNA = stable_id("party", "100001")
NUMBERS = ["660", "8/2020/123", "A#21", "a b?c=1", "100%", "ŁÓDŹ-7"]


@pytest.fixture
async def browser(under_test: UnderTest, tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """Of a customer who has a meter of each number."""
    gateway = (await under_test("gateway")).process
    for place, number in enumerate(NUMBERS):
        point = f"PW-{place}"
        agreement = agreement_recorded(
            ANNA, f"UW/{place}", medium="water", service_point=point, billed_from=date(2020, 1, 1)
        )
        await gateway.apply([meter_recorded(number, point), agreement])
    whose = {"party_id": ANNA, "must_change_password": False, "logged_in_at": gateway.clock()}
    async with open_pools(gateway.settings.database_url) as pools:
        token = await open_session(pools.public, LoggedIn.model_validate(LoggedIn.example | whose), gateway.clock())
        site = Site(gateway, pools, open_store(Settings(files_url=tmp_path.as_uri())), PAGES)
        async with httpx.AsyncClient(
            transport=in_process(web_application(site)), base_url="http://office.example", cookies={"ebok": token}
        ) as browser:
            yield browser


@pytest.mark.parametrize("number", NUMBERS)
async def test_the_form_of_a_meter_opens_and_sends_whatever_its_number(browser: httpx.AsyncClient, number: str) -> None:
    links = [link.get("href") for link in parse((await browser.get("/readings")).text).all("a")]
    address = f"/readings/{quote(number)}"
    assert address in links
    form = parse((await browser.get(address)).text)
    assert number in form.text
    (action,) = [each.get("action") for each in form.all("form") if "/readings/" in each.get("action")]
    assert action == address
    sent = {e.get("name"): e.get("value") for e in form.all("input") if e.get("type") == "hidden"}
    assert (await browser.get(action, params=sent | {"value": "abc"})).status_code == 422


@pytest.mark.parametrize(
    "path",
    ["/bills?page=99", "/readings/nobody-has-it", "/readings/a%00b", "/readings/%ED%A0%80", "/bills/a%00b"],
)
async def test_what_is_not_there_is_404(browser: httpx.AsyncClient, path: str) -> None:
    assert (await browser.get(path)).status_code == 404


@pytest.mark.parametrize(
    "path", ["/bills?page=0", "/bills?page=x", "/bills?page=-1", "/bills?page=99999999999999999999"]
)
async def test_a_page_that_is_no_number_is_a_wrong_value_and_no_fault(browser: httpx.AsyncClient, path: str) -> None:
    assert (await browser.get(path)).status_code in {400, 404, 422}
