"""A session that ended says so, and what was typed comes back after the login."""

from collections.abc import AsyncIterator
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest

from contracts.identity import ApplicationReceived, Audience, LoggedIn, PasswordChanged
from gateway.accounts.doors import session_cookies
from gateway.pages import PAGES
from gateway.web.server import web_application
from gateway.web.site import Site
from gateway.web.typed import found
from gateway.web.visitors import sessions
from gateway.web.visitors.pools import open_pools
from services.chassis.settings import Settings
from services.chassis.storage.files import open_store
from tests.support.browser import in_process
from tests.support.pages import parse
from tests.support.profiles import a_profile
from tests.support.service import ServiceUnderTest, UnderTest

APPLICATION = ApplicationReceived.model_validate(ApplicationReceived.example)
DETAIL = f"/office/applications/{APPLICATION.application_id}"
HOST = "http://office.example"
MARIA, EWA = UUID(int=1), UUID(int=2)


@dataclass
class Office:
    """The gateway's pages, and a browser before them."""

    gateway: ServiceUnderTest
    site: Site
    browser: httpx.AsyncClient

    async def log_in(self, audience: Audience, account: UUID = MARIA) -> str:
        """Begin a session in the browser; its forms' token."""
        now = self.gateway.process.clock()
        who: dict[str, Any] = {"audience": audience, "account_id": account, "must_change_password": False}
        who |= {"party_id": None, "roles": ("clerk",)} if audience == "office" else {"roles": ()}
        login = LoggedIn.model_validate(LoggedIn.example | who | {"logged_in_at": now})
        token = await sessions.open_session(self.site.pool, login, now)
        for cookie in session_cookies(self.site, audience, token):
            self.browser.cookies.set(cookie.key, cookie.value or "", domain="office.example", path="/")
        return self.browser.cookies["ebok_csrf" if audience == "customer" else "ebok_office_csrf"]

    async def asks(self, path: str) -> tuple[str, str]:
        """Where `path` leads, and the words of the page that is shown in the end."""
        answer = await self.browser.get(path)
        return answer.url.raw_path.decode(), " ".join(parse(answer.text).text.split())


@pytest.fixture
async def office(under_test: UnderTest, tmp_path: Path) -> AsyncIterator[Office]:
    profile = a_profile(sessions={"idle_minutes": 20})
    gateway = await under_test("gateway", amqp_url="amqp://nobody@127.0.0.1:9/", profile=profile)
    await gateway.process.apply([APPLICATION])
    async with open_pools(gateway.process.settings.database_url) as pools:
        site = Site(gateway.process, pools, open_store(Settings(files_url=tmp_path.as_uri())), PAGES)
        transport = in_process(web_application(site))
        async with httpx.AsyncClient(transport=transport, base_url=HOST, follow_redirects=True) as browser:
            yield Office(gateway, site, browser)


async def test_whoever_did_nothing_for_as_long_as_the_profile_says_is_told_so_once_and_where_the_login_leads(
    office: Office,
) -> None:
    await office.log_in("customer")
    office.gateway.now += timedelta(minutes=19)
    assert (await office.asks("/readings"))[0] == "/readings"
    office.gateway.now += timedelta(minutes=20)
    path, said = await office.asks("/readings")
    assert path == "/login?next=/readings"
    assert "Wylogowaliśmy Cię po 20 minutach bez działania" in said
    assert "wrócisz do strony „Liczniki i odczyty”." in said
    assert "Wylogowaliśmy" not in (await office.asks("/login"))[1]


async def test_other_ends_of_a_session_are_told_in_words_of_their_own(office: Office) -> None:
    await office.log_in("customer")
    changed = {"account_id": MARIA, "changed_at": office.gateway.now + timedelta(seconds=1)}
    await office.gateway.process.apply([PasswordChanged.model_validate(PasswordChanged.example | changed)])
    assert "bo zmieniło się hasło" in (await office.asks("/bills"))[1]
    await office.log_in("office", EWA)
    for _ in range(37):
        office.gateway.now += timedelta(minutes=19)
        await office.asks("/office")
    office.gateway.now += timedelta(minutes=18)
    assert "Wylogowaliśmy Cię po 12 godzinach" in (await office.asks("/office"))[1]


async def test_a_stranger_and_whoever_has_logged_out_are_told_nothing(office: Office) -> None:
    assert "Wylogowaliśmy" not in (await office.asks("/bills"))[1]
    office.browser.cookies.set("ebok", "nobody-s", domain="office.example", path="/")
    assert "Wylogowaliśmy" not in (await office.asks("/bills"))[1]


@pytest.mark.parametrize("shown_at", [DETAIL, f"{DETAIL}/reject"], ids=["at first", "after a refusal"])
async def test_a_reason_that_was_typed_too_late_stands_in_its_form_after_the_login_of_the_same_clerk_once(
    office: Office, shown_at: str
) -> None:
    token = await office.log_in("office")
    office.gateway.now += timedelta(minutes=21)
    typed = {"_csrf_token": token, "version": "1", "reason": "Proszę podać numer faktury."}
    answer = await office.browser.post(f"{DETAIL}/reject", data=typed, headers={"referer": f"{HOST}{shown_at}"})
    assert answer.url.raw_path.decode() == f"/office/login?next={DETAIL}"
    assert "To, co było wpisane, jest zachowane." in answer.text
    await office.log_in("office", EWA)
    assert typed["reason"] not in (await office.asks(DETAIL))[1]
    await office.log_in("office")
    assert typed["reason"] in (await office.asks(DETAIL))[1]
    assert typed["reason"] not in (await office.asks(DETAIL))[1]


@pytest.mark.parametrize(
    ("address", "page"),
    [
        (f"{DETAIL}/accept", DETAIL),
        (f"/office/failures/mail/{MARIA}/retry", "/office/failures"),
        (f"/office/failures/document/{MARIA}/retry", "/office/failures"),
    ],
)
async def test_whoever_opens_the_address_that_a_form_was_sent_to_is_led_to_the_page_of_the_form(
    office: Office, address: str, page: str
) -> None:
    await office.log_in("office")
    assert (await office.asks(address))[0] == page


async def test_what_was_typed_into_a_form_that_asks_by_its_address_is_kept_too(office: Office) -> None:
    await office.log_in("customer")
    office.gateway.now += timedelta(minutes=21)
    path, said = await office.asks("/readings/660?value=312%2C5&read_on_day=22&step=check")
    assert path == "/login?next=/readings/660"
    assert "To, co było wpisane, jest zachowane." in said
    kept = office.browser.cookies["ebok_typed"]
    assert dict(found(office.site.settings.secret, kept, MARIA, "/readings/660", office.gateway.now)) == {
        "value": "312,5",
        "read_on_day": "22",
    }


async def test_an_address_that_only_leads_somewhere_keeps_nothing(office: Office) -> None:
    await office.log_in("customer")
    office.gateway.now += timedelta(minutes=21)
    assert "zachowane" not in (await office.asks("/bills?page=2"))[1]
    assert "ebok_typed" not in office.browser.cookies


@pytest.mark.parametrize(("login", "start"), [("/login", "/bills"), ("/office/login", "/office")])
async def test_whoever_is_logged_in_is_sent_on_from_the_login(office: Office, login: str, start: str) -> None:
    await office.log_in("office" if "office" in login else "customer")
    assert (await office.asks(login))[0] == start
    assert (await office.asks(f"{login}?next=/contact"))[0] == "/contact"


async def test_a_customer_who_opens_the_registration_is_told_whose_account_is_open(office: Office) -> None:
    await office.log_in("customer")
    path, said = await office.asks("/registration")
    assert path == "/bills"
    assert "Masz już konto" in said
    assert LoggedIn.example["name"] in said


async def test_sessions_are_forgotten_a_day_after_their_end(office: Office) -> None:
    await office.log_in("customer")
    for hours, left in ((23, 1), (2, 0)):
        office.gateway.now += timedelta(hours=hours)
        await sessions.sweep(office.site.pool, office.gateway.now)
        assert len(await office.gateway.rows("SELECT 1 FROM session")) == left
