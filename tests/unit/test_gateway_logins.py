"""The forms of logging in and of the password, without the service behind them."""

from pathlib import Path

import httpx
import pytest

from gateway.accounts import passwords
from gateway.web.server import web_application
from tests.support import samples
from tests.support.browser import in_process
from tests.support.pages import Element, breakable, parse

DOORS = ["/login", "/office/login"]


@pytest.fixture
def browser(tmp_path: Path) -> httpx.AsyncClient:
    transport = in_process(web_application(samples.site(tmp_path)))
    return httpx.AsyncClient(transport=transport, base_url="http://office.example")


async def sent(browser: httpx.AsyncClient, door: str, **typed: str) -> tuple[int, Element]:
    form = parse((await browser.get(door)).text)
    hidden = {e.get("name"): e.get("value") for e in form.all("input") if e.get("type") == "hidden"}
    answer = await browser.post(door, data=hidden | typed)
    return answer.status_code, parse(answer.text)


def errors(page: Element) -> set[str]:
    return {e.get("id").removeprefix("error-") for e in page.all() if e.get("id").startswith("error-")}


@pytest.mark.parametrize("door", DOORS)
async def test_an_empty_login_is_told_at_its_fields_in_the_office_s_own_words(
    browser: httpx.AsyncClient, door: str
) -> None:
    status, page = await sent(browser, door, identifier=" ", password="")
    assert (status, errors(page)) == (422, {"identifier", "password"})
    assert all("novalidate" in form.attributes for form in page.all("form") if form.get("action") == door)
    assert next(page.all("title")).text.startswith("Błąd:")
    assert errors((await sent(browser, door, identifier="100001", password=""))[1]) == {"password"}


@pytest.mark.parametrize("door", DOORS)
async def test_a_password_is_shown_to_whoever_asks_and_hidden_again_and_nobody_is_asked_to_log_in(
    browser: httpx.AsyncClient, door: str
) -> None:
    for look, kind in (("yes", "text"), ("no", "password")):
        status, page = await sent(browser, door, identifier="100001", password=" kora-7", look=look)
        (entry,) = [e for e in page.all("input") if e.get("name") == "password"]
        assert (status, entry.get("type"), entry.get("value")) == (200, kind, " kora-7")
        assert errors(page) == set()


@pytest.mark.parametrize("door", DOORS)
async def test_a_password_stands_on_no_page_that_nobody_asked_for(browser: httpx.AsyncClient, door: str) -> None:
    status, page = await sent(browser, door, identifier="100001", password="kora-7")
    assert status == 503, "identity is away"
    assert not any("kora-7" in e.get("value") for e in page.all("input"))


async def test_whoever_asks_sees_the_passwords_of_a_change(tmp_path: Path) -> None:
    who = samples.by_customer()
    assert who.customer
    typed = {"old_password": "kora-7", "new_password": "bryza-8", "new_password_again": "bryza", "look": "yes"}
    shown = await passwords.change(samples.site(tmp_path), who, who.customer, typed)
    page = parse(str(shown.content))
    values = {e.get("name"): (e.get("type"), e.get("value")) for e in page.all("input") if "password" in e.get("name")}
    assert (shown.status_code, errors(page)) == (200, set())
    assert values == {name: ("text", text) for name, text in typed.items() if name != "look"}


@pytest.mark.parametrize(
    ("new", "again", "told"),
    [("bryza-8", "", passwords.NOT_REPEATED), ("bryza-8", "bryza-9", passwords.TYPED_DIFFERENTLY)],
)
async def test_a_new_password_that_was_not_typed_twice_alike_is_told_so(
    tmp_path: Path, new: str, again: str, told: str
) -> None:
    who = samples.by_customer()
    assert who.customer
    typed = {"old_password": "kora-7", "new_password": new, "new_password_again": again}
    shown = await passwords.change(samples.site(tmp_path), who, who.customer, typed)
    assert (shown.status_code, told in breakable(str(shown.content))) == (422, True)
