"""Error pages stay at the visitor's door, with the header and menu of whoever asks."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from contracts.identity import Audience, LoggedIn
from gateway.pages import PAGES
from gateway.web.server import web_application
from gateway.web.site import Site
from gateway.web.visitors.cookies import SESSION
from gateway.web.visitors.pools import open_pools
from gateway.web.visitors.sessions import open_session
from services.chassis.settings import Settings
from services.chassis.storage.files import open_store
from tests.support.browser import in_process
from tests.support.pages import Element, parse
from tests.support.service import UnderTest

OFFICE, CUSTOMERS = "Biuro obsługi klienta – panel pracownika", "Internetowe Biuro Obsługi Klienta"
NUMBER = "Numer błędu"


@dataclass
class Visitor:
    """A browser that may be logged in at both doors."""

    site: Site
    browser: httpx.AsyncClient

    async def log_in(self, audience: Audience) -> None:
        who = {"audience": audience, "logged_in_at": self.site.clock(), "must_change_password": False}
        clerk = {"party_id": None, "roles": ("clerk",), "name": "Ewa Biurko"} if audience == "office" else {}
        login = LoggedIn.model_validate(LoggedIn.example | who | clerk)
        self.browser.cookies.set(SESSION[audience], await open_session(self.site.pool, login, self.site.clock()))

    async def sees(self, status: int, path: str, method: str = "GET") -> Element:
        response = await self.browser.request(method, path)
        assert response.status_code == status
        return parse(response.text)


@pytest.fixture
async def visitor(under_test: UnderTest, tmp_path: Path) -> AsyncIterator[Visitor]:
    gateway = (await under_test("gateway")).process
    async with open_pools(gateway.settings.database_url, size=1) as pools:
        site = Site(gateway, pools, open_store(Settings(files_url=tmp_path.as_uri())), PAGES)
        transport = in_process(web_application(site), faults_are_pages=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://office.example") as browser:
            yield Visitor(site, browser)


def menu(page: Element) -> list[str]:
    return [
        link.get("href") for nav in page.all("nav") if nav.get("aria-label") == "Menu główne" for link in nav.all("a")
    ]


IN_THE_OFFICE = [
    (404, "/office/no-such-page", "GET"),
    (404, "/office/applications/no-number", "GET"),
    (404, "/office/applications/00000000-0000-0000-0000-000000000404", "GET"),
    (400, "/office/applications?page=0", "GET"),
    (405, "/office/applications", "PUT"),
    (403, "/office/password", "POST"),
]


@pytest.mark.parametrize(("status", "path", "method"), IN_THE_OFFICE)
async def test_a_clerk_who_meets_an_error_is_still_in_the_office(
    visitor: Visitor, status: int, path: str, method: str
) -> None:
    await visitor.log_in("office")
    page = await visitor.sees(status, path, method)
    assert OFFICE in page.text
    assert "Ewa Biurko" in page.text
    assert menu(page) == ["/office", "/office/applications", "/office/failures"]
    assert NUMBER not in page.text


async def test_a_stranger_at_an_unknown_address_of_the_office_sees_the_office_without_a_menu(
    visitor: Visitor,
) -> None:
    page = await visitor.sees(404, "/office/no-such-page")
    assert OFFICE in page.text
    assert menu(page) == []


@pytest.mark.parametrize(
    ("status", "path", "method"), [(404, "/no-such-page", "GET"), (405, "/bills", "PUT"), (403, "/password", "POST")]
)
async def test_a_customer_who_meets_an_error_keeps_the_own_header_and_menu(
    visitor: Visitor, status: int, path: str, method: str
) -> None:
    await visitor.log_in("customer")
    page = await visitor.sees(status, path, method)
    assert CUSTOMERS in page.text
    assert LoggedIn.example["name"] in page.text
    assert "/bills" in menu(page)
    assert NUMBER not in page.text


async def test_a_fault_of_ours_has_a_number_and_asks_the_database_for_nothing_more(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await visitor.log_in("office")
    asked = []

    async def away(*_: object) -> None:
        asked.append("session")
        raise ConnectionRefusedError

    monkeypatch.setattr("gateway.web.recognition.find_session", away)
    page = await visitor.sees(503, "/office/applications")
    assert asked == ["session"]
    assert OFFICE in page.text
    assert f"{NUMBER}, który pomoże nam znaleźć przyczynę" in page.text
    assert "powiedz administratorowi" in page.text


async def test_an_unknown_address_while_the_database_is_away_is_still_a_page(
    visitor: Visitor, monkeypatch: pytest.MonkeyPatch
) -> None:
    await visitor.log_in("customer")

    async def away(*_: object) -> None:
        raise ConnectionRefusedError

    monkeypatch.setattr("gateway.web.recognition.find_session", away)
    assert menu(await visitor.sees(404, "/no-such-page")) == []
