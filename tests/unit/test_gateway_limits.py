"""One address may send the forms that are open to everybody only so often."""

from collections.abc import Awaitable, Callable
from itertools import count
from pathlib import Path
from typing import Any

import httpx
import pytest
from obstore.store import LocalStore

from gateway.app import build
from gateway.pages import PAGES
from gateway.web.server import web_application
from gateway.web.site import Site
from services.chassis.process import Process
from services.chassis.settings import Settings
from tests.support.browser import in_process
from tests.support.pages import parse
from tests.support.profiles import a_profile

NO_DATABASE: Any = None
"""No form gets as far: its digits are wrong, or identity is not there to answer."""

TOO_MANY = 429
Send = Callable[..., Awaitable[httpx.Response]]


@pytest.fixture
def send(tmp_path: Path) -> Send:
    settings = Settings(
        secret="kora-7-bryza-sowa-lipa",
        logins_per_minute=3,
        registrations_per_minute=2,
        client_address_header="X-Forwarded-For",
    )
    site = Site(Process(build(settings, a_profile())), NO_DATABASE, LocalStore(tmp_path), PAGES)
    application = web_application(site)

    lies = count()

    async def send(path: str, address: str = "192.0.2.1") -> httpx.Response:
        # What a client writes into the header itself stands before what our own proxy adds, in the same line or above.
        headers = [("x-forwarded-for", f"198.51.100.{next(lies)}"), ("x-forwarded-for", f"10.0.0.1, {address}")]
        transport = in_process(application)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", headers=headers) as browser:
            page = parse((await browser.get(path)).text)
            token = next(e.get("value") for e in page.all("input") if e.get("name") == "_csrf_token")
            return await browser.post(path, data={"_csrf_token": token})

    return send


@pytest.mark.parametrize(("path", "allowed"), [("/login", 3), ("/office/login", 3), ("/registration", 2)])
async def test_a_form_sent_too_often_from_one_address_is_answered_with_how_long_to_wait(
    send: Send, path: str, allowed: int
) -> None:
    for _ in range(allowed):
        assert (await send(path)).status_code != TOO_MANY
    refused = await send(path)
    assert refused.status_code == TOO_MANY
    seconds = int(refused.headers["retry-after"])
    assert 0 < seconds <= 60
    page = parse(refused.text)
    assert [heading.text for heading in page.all("h1")] == ["Za dużo prób naraz"]
    assert f"Spróbuj ponownie za {seconds} sek." in page.text


async def test_the_limit_of_one_address_and_of_one_form_is_not_another_s(send: Send) -> None:
    for _ in range(4):
        last = await send("/login")
    assert last.status_code == TOO_MANY
    assert (await send("/office/login")).status_code == TOO_MANY, "both doors lead to the same passwords"
    assert (await send("/login/")).status_code == TOO_MANY, "the same page under another spelling"
    assert (await send("/registration")).status_code != TOO_MANY
    assert (await send("/login", address="192.0.2.2")).status_code != TOO_MANY
