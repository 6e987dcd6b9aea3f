"""Roles decide: a clerk sees the pages of the office that the list's rights allow, and every refusal leaves a trace."""

import re
from collections.abc import AsyncIterator
from dataclasses import dataclass
from pathlib import Path

import httpx
import pytest

from contracts.correspondence import MailFailed
from contracts.identity import ApplicationReceived, LoggedIn
from gateway.pages import PAGES
from gateway.rights import OF_ROLE, rights_of
from gateway.web.page import OfficePage
from gateway.web.server import web_application
from gateway.web.site import Site
from gateway.web.visitors.pools import open_pools
from gateway.web.visitors.sessions import open_session
from services.chassis.settings import Settings
from services.chassis.storage.files import open_store
from tests.support.browser import in_process
from tests.support.pages import parse
from tests.support.samples import name
from tests.support.service import UnderTest

OFFICE_PAGES = [page for page in PAGES if isinstance(page, OfficePage)]
OF_EVERYBODY = [page for page in OFFICE_PAGES if page.right == "own_account"]
BY_ROLE = [page for page in OFFICE_PAGES if page.right != "own_account"]
APPLICATION = ApplicationReceived.model_validate(ApplicationReceived.example)
FAILED = MailFailed.model_validate(MailFailed.example | {"mail_id": APPLICATION.application_id})
"""Found under the same id, so that each page finds what it asks for."""
DIFFER = {"new_password": "Kora-7-Bryza", "new_password_again": ""}
"""What keeps a sent password form from asking identity, which is not there."""


@dataclass
class Clerk:
    """A clerk's browser in an office with a database."""

    site: Site
    browser: httpx.AsyncClient

    async def log_in(self, *roles: str) -> None:
        moment = {"audience": "office", "party_id": None, "logged_in_at": self.site.clock()}
        login = LoggedIn.model_validate(LoggedIn.example | moment | {"roles": roles, "must_change_password": False})
        self.browser.cookies.set("ebok_office", await open_session(self.site.pool, login, self.site.clock()))

    async def open(self, page: OfficePage) -> httpx.Response:
        """What the page answers; a form is sent with the token of a page that has one."""
        (path,) = page.function.paths
        path = re.sub(r"\{\w+:uuid\}", str(APPLICATION.application_id), path)
        if "GET" in page.function.http_methods:
            return await self.browser.get(path)
        form = parse((await self.browser.get("/office/password")).text)
        token = next(entry.get("value") for entry in form.all("input") if entry.get("name") == "_csrf_token")
        return await self.browser.post(path, data={"_csrf_token": token, **DIFFER})

    async def trace(self) -> list[str]:
        rows = await self.site.pools.office.fetch("SELECT action FROM audit ORDER BY entry_id")
        return [row["action"] for row in rows]


@pytest.fixture
async def clerk(under_test: UnderTest, tmp_path: Path) -> AsyncIterator[Clerk]:
    gateway = await under_test("gateway", amqp_url="amqp://nobody@127.0.0.1:9/")
    await gateway.process.apply([APPLICATION, FAILED])
    async with open_pools(gateway.process.settings.database_url) as pools:
        site = Site(gateway.process, pools, open_store(Settings(files_url=tmp_path.as_uri())), PAGES)
        transport = in_process(web_application(site))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as browser:
            yield Clerk(site, browser)


async def test_a_clerk_without_a_role_is_refused_every_page_that_needs_a_right(clerk: Clerk) -> None:
    await clerk.log_in()
    for page in BY_ROLE:
        refused = await clerk.open(page)
        assert refused.status_code == 403, name(page)
        assert [title.text for title in parse(refused.text).all("h1")] == ["Nie masz uprawnień do tej strony"]
    assert await clerk.trace() == ["page.refused"] * len(BY_ROLE)


async def test_a_clerk_without_a_role_still_has_a_start_page_without_anybodys_data_and_the_password(
    clerk: Clerk,
) -> None:
    await clerk.log_in()
    for page in OF_EVERYBODY:
        assert (await clerk.open(page)).status_code in (200, 422), name(page)
    start = parse((await clerk.browser.get("/office")).text)
    assert [link.text for link in start.all("a") if link.get("href") == "/office/applications"] == []
    assert await clerk.trace() == []


@pytest.mark.parametrize("role", OF_ROLE)
async def test_a_role_opens_the_pages_that_its_rights_name_and_no_other(clerk: Clerk, role: str) -> None:
    await clerk.log_in(role)
    for page in OFFICE_PAGES:
        opened = await clerk.open(page)
        # 503: identity, which would decide the application, is not there.
        expected = (200, 422, 503) if page.right in rights_of([role]) else (403,)
        assert opened.status_code in expected, name(page)


@pytest.mark.parametrize("page", BY_ROLE, ids=name)
async def test_whoever_looks_at_somebodys_data_leaves_a_trace(clerk: Clerk, page: OfficePage) -> None:
    await clerk.log_in(*OF_ROLE)
    await clerk.open(page)
    trace = await clerk.trace()
    assert len(trace) == 1, "note it with `clerk.note`, before it is done"
    assert trace != ["page.refused"]


async def test_a_role_that_nobody_knows_gives_no_right(clerk: Clerk) -> None:
    await clerk.log_in("boss")
    assert {(await clerk.open(page)).status_code for page in BY_ROLE} == {403}
