"""What arrives at the pages: forms within bounds and of our own pages only, methods, cookies."""

import asyncio
import contextlib
from collections.abc import AsyncIterator, Mapping
from pathlib import Path
from typing import Any

import httpx
import pytest
from litestar import Request
from litestar._parsers import parse_cookie_string, parse_url_encoded_form_data

from deploy.local.ports import free_port
from gateway.accounts.doors import session_cookies
from gateway.accounts.known_browser import remembered, tried_from
from gateway.web import arrival, server
from gateway.web.arrival import LARGEST_FORM
from gateway.web.assets import asset_href
from gateway.web.recognition import anonymous_visit
from gateway.web.server import web_application
from gateway.web.visitors.cookies import MOST_OF_A_NAME, cookies_of
from gateway.web.visitors.form_tokens import is_ours, new_token
from gateway.web.visitors.pools import open_pools
from tests.support import samples
from tests.support.browser import in_process
from tests.support.pages import Element, breakable, parse

OUTDATED = "Formularz stracił ważność"


@pytest.fixture
async def browser(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    transport = in_process(web_application(samples.site(tmp_path)))
    async with httpx.AsyncClient(transport=transport, base_url="http://office.example") as browser:
        yield browser


def _scope(path: str, cookie: str) -> Any:
    return {
        "type": "http",
        "method": "GET",
        "path": path,
        "query_string": b"",
        "headers": [(b"cookie", cookie.encode())],
        "state": {},
    }


def hidden(page: Element) -> dict[str, str]:
    return {e.get("name"): e.get("value") for e in page.all("input") if e.get("type") == "hidden"}


async def opened(browser: httpx.AsyncClient, path: str = "/registration") -> dict[str, str]:
    """The hidden fields of a form that was just opened."""
    return hidden(parse((await browser.get(path)).text))


async def test_a_form_of_our_own_page_is_taken(browser: httpx.AsyncClient) -> None:
    assert (await browser.post("/registration", data=await opened(browser))).status_code == 422


@pytest.mark.parametrize("token", ["", "x", "żółć", "a.b", "\ud7ff", "\0"])
async def test_a_form_without_its_pages_token_is_refused_with_a_page_that_says_what_to_do(
    browser: httpx.AsyncClient, token: str
) -> None:
    answer = await browser.post("/registration", data=await opened(browser) | {"_csrf_token": token})
    assert answer.status_code == 403
    assert OUTDATED in answer.text


async def test_a_token_that_comes_as_a_file_is_none(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/registration", files={"_csrf_token": ("x", b"x")})
    assert (answer.status_code, OUTDATED in answer.text) == (403, True)


async def test_a_cookie_that_another_office_signed_is_replaced_and_the_next_form_is_taken(
    browser: httpx.AsyncClient,
) -> None:
    for foreign in ("x", "a.b", "N0nc3.0123456789abcdef"):
        browser.cookies.clear()
        browser.cookies.set("ebok_csrf", foreign, domain="office.example", path="/")
        sent = await opened(browser)
        assert sent["_csrf_token"] != foreign
        assert (await browser.post("/registration", data=sent)).status_code == 422


async def test_a_token_is_worth_nothing_in_another_session(browser: httpx.AsyncClient) -> None:
    sent = await opened(browser)
    browser.cookies.set("ebok", "a-session-that-began-since")
    answer = await browser.post("/registration", data=sent)
    assert (answer.status_code, OUTDATED in answer.text) == (403, True)


@pytest.mark.parametrize(
    ("login", "cookie", "next_page", "reached"),
    [
        ("/login", "ebok", "/readings", "/readings"),
        ("/login", "ebok", "https://evil.example/", "/bills"),
        ("/office/login", "ebok_office", "", "/office"),
    ],
)
async def test_a_login_sent_after_one_in_another_tab_leads_where_it_wanted(
    browser: httpx.AsyncClient, login: str, cookie: str, next_page: str, reached: str
) -> None:
    sent = await opened(browser, login)
    browser.cookies.set(cookie, "a-session-that-began-since")
    answer = await browser.post(login, data=sent | {"next": next_page, "password": "x"})
    assert (answer.status_code, answer.headers["location"]) == (303, reached)


SECRET = "kora-7-bryza-sowa-lipa"


@pytest.mark.parametrize("others", [1, 3])
@pytest.mark.parametrize("last", [True, False])
async def test_of_several_cookies_of_a_name_those_that_are_signed_together_count(
    tmp_path: Path, last: bool, others: int
) -> None:
    site, token = samples.site(tmp_path), new_token(SECRET, "the-session")
    foreign = [f"ebok=foreign-{n}; ebok_csrf=foreign-{n}" for n in range(others)]
    ours = f"ebok=the-session; ebok_csrf={token}"
    sent = "; ".join([*foreign, ours] if last else [ours, *foreign])
    asked = Request[Any, Any, Any](_scope("/bills", sent))
    visit = anonymous_visit(asked, site)
    assert (visit.session_token, visit.csrf_token, visit.cookies) == ("the-session", token, [])


async def test_a_session_begins_with_its_forms_token(tmp_path: Path) -> None:
    session, form = session_cookies(samples.site(tmp_path), "customer", "the-session")
    assert (session.key, session.value, form.key) == ("ebok", "the-session", "ebok_csrf")
    assert is_ours(form.value or "", SECRET, "the-session")


def test_of_a_browser_that_is_known_any_mark_that_fits_counts(tmp_path: Path) -> None:
    site = samples.site(tmp_path)
    mark = remembered(site, "customer", "100001").value or ""
    for sent in ([mark, "foreign.mark"], ["foreign.mark", mark]):
        assert tried_from(site, "customer", "100001", {"ebok_known": sent}, "::1").startswith("browser ")


def test_a_browser_that_sends_very_many_cookies_of_a_name_is_not_asked_for_all() -> None:
    sent = cookies_of(_scope("/", "; ".join(f"ebok={n}" for n in range(500))))
    assert len(sent["ebok"]) == MOST_OF_A_NAME


@pytest.mark.parametrize("door", ["", "/office"])
async def test_a_logout_sent_after_one_in_another_tab_leads_to_the_login_page(
    browser: httpx.AsyncClient, door: str
) -> None:
    answer = await browser.post(f"{door}/logout", data={"_csrf_token": "of the session that is over"})
    assert (answer.status_code, answer.headers["location"]) == (303, f"{door}/login")
    assert "Wylogowano" in (await browser.get(f"{door}/login")).text


@pytest.mark.parametrize(
    ("cookie", "token", "why"),
    [("ours", "", "nie przyszedł z naszej strony"), ("", "x", "plików cookie"), ("ours", "x", "w innej karcie")],
)
async def test_a_form_that_is_refused_is_told_which_cause_it_has(
    browser: httpx.AsyncClient, cookie: str, token: str, why: str
) -> None:
    await opened(browser)
    if not cookie:
        browser.cookies.clear()
    answer = await browser.post("/registration", data={"_csrf_token": token})
    assert (answer.status_code, why in breakable(answer.text)) == (403, True)


@pytest.mark.parametrize(
    ("referer", "href"),
    [
        ("http://office.example/readings/W-1?a=b#c", "/readings/W-1?a=b"),
        ("http://evil.example//evil.example/x", "/"),
        ("", "/"),
        ("http://[", "/"),
    ],
)
async def test_a_form_that_is_outdated_leads_back_to_its_page(
    browser: httpx.AsyncClient, referer: str, href: str
) -> None:
    answer = await browser.post("/readings/W-1", data={"_csrf_token": "x"}, headers={"referer": referer})
    assert answer.status_code == 403
    assert [e.get("href") for e in parse(answer.text).all("a") if e.get("class") == "button"] == [href]


async def test_the_doors_do_not_outdate_each_others_forms(browser: httpx.AsyncClient) -> None:
    sent = await opened(browser)
    await browser.get("/office/login")
    assert (await browser.post("/registration", data=sent)).status_code == 422


async def test_a_form_that_is_too_big_is_refused_before_it_is_read(browser: httpx.AsyncClient) -> None:
    answer = await browser.post("/login", data={"password": "a" * (LARGEST_FORM + 1)})
    assert answer.status_code == 413
    assert "Za dużo danych naraz" in answer.text


async def in_pieces(size: int) -> AsyncIterator[bytes]:
    """The body of a form that does not say beforehand how long it is."""
    for _ in range(size // 1024 + 1):
        yield b"a" * 1024


@pytest.mark.parametrize("path", ["/login", "/logout", "/password", "/readings/660", "/office/logout"])
async def test_a_form_that_does_not_say_how_big_it_is_is_refused_all_the_same(
    browser: httpx.AsyncClient, path: str
) -> None:
    headers = {"content-type": "application/x-www-form-urlencoded"}
    answer = await browser.post(path, content=in_pieces(LARGEST_FORM), headers=headers)
    assert answer.status_code == 413
    assert LARGEST_FORM <= 64 * 1024, "to read a form of megabytes takes seconds, in which no page is answered"


async def test_a_form_whose_body_does_not_come_is_given_up(
    browser: httpx.AsyncClient, monkeypatch: pytest.MonkeyPatch
) -> None:
    async def never() -> AsyncIterator[bytes]:
        yield b"password="
        await asyncio.sleep(60)

    monkeypatch.setattr(arrival, "SECONDS", 0.05)
    headers = {"content-type": "application/x-www-form-urlencoded"}
    async with asyncio.timeout(5):
        assert (await browser.post("/login", content=never(), headers=headers)).status_code == 408


WHOLE = b"GET /contact HTTP/1.1\r\nHost: office.example\r\n\r\n"


@pytest.mark.parametrize("said", [b"", b"G", WHOLE[:-2], WHOLE], ids=["nothing", "a letter", "half", "one request"])
async def test_a_connection_over_which_nothing_comes_is_ended(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, said: bytes
) -> None:
    monkeypatch.setattr(server, "HEAD_MILLISECONDS", 200)
    port = free_port()
    serving = server.server_at(web_application(samples.site(tmp_path)), "127.0.0.1", port)
    running = asyncio.create_task(serving.serve())

    async def answer() -> bytes | None:
        with contextlib.suppress(ConnectionRefusedError):  # it does not listen yet
            reader, writer = await asyncio.open_connection("127.0.0.1", port)
            writer.write(said)
            got = await reader.read()
            writer.close()
            return got[:12]
        return None

    try:
        async with asyncio.timeout(5):
            while (came := await answer()) is None:
                await asyncio.sleep(0.02)
        assert came == (b"HTTP/1.1 200" if said == WHOLE else b"")
    finally:
        serving.stop()  # type: ignore[no-untyped-call]  # granian says nothing of its types
        await running


async def test_a_form_of_very_many_fields_is_refused(browser: httpx.AsyncClient) -> None:
    body = "&".join(f"f{n}=1" for n in range(1000))
    headers = {"content-type": "application/x-www-form-urlencoded"}
    assert (await browser.post("/login", content=body, headers=headers)).status_code == 400


async def test_nothing_of_forms_and_cookies_is_kept_in_memory(browser: httpx.AsyncClient) -> None:
    parse_cookie_string.cache_clear()
    parse_url_encoded_form_data.cache_clear()
    await browser.post("/registration", data=await opened(browser) | {"name": "Anna"})
    kept = parse_cookie_string.cache_info().currsize, parse_url_encoded_form_data.cache_info().currsize
    assert kept == (0, 0)


@pytest.mark.parametrize(("text", "error"), [("Anna\0", "których nie widać"), ("a" * 5_000, "za długi")])
async def test_what_nobody_types_is_refused_at_its_field(browser: httpx.AsyncClient, text: str, error: str) -> None:
    answer = await browser.post("/registration", data=await opened(browser) | {"name": text})
    assert answer.status_code == 422
    beside = next(e for e in parse(answer.text).all() if e.get("id") == "error-name")
    assert error in beside.text


@pytest.mark.parametrize("path", ["/", "/login", "/terms", "/contact", "/registration", "/office/login"])
async def test_head_is_answered_as_get_without_a_body(browser: httpx.AsyncClient, path: str) -> None:
    got, head = await browser.get(path), await browser.head(path)
    assert (head.status_code, head.content) == (200, b"")
    assert head.headers["content-type"] == got.headers["content-type"]


async def test_a_method_that_a_page_has_not_is_answered_with_those_it_has(browser: httpx.AsyncClient) -> None:
    answer = await browser.put("/login")
    assert answer.status_code == 405
    assert {"GET", "POST"} <= set(answer.headers["allow"].split(", "))
    assert "Ta strona tego nie przyjmuje" in answer.text


async def test_by_https_cookies_are_the_hosts_own_and_browsers_stay_with_https(tmp_path: Path) -> None:
    application = web_application(samples.site(tmp_path, public_url="https://office.example"))
    async with httpx.AsyncClient(transport=in_process(application), base_url="https://office.example") as browser:
        answer = await browser.get("/registration")
        assert answer.headers["strict-transport-security"].startswith("max-age=")
        (cookie,) = answer.headers.get_list("set-cookie")
        assert cookie.startswith("__Host-ebok_csrf=")
        assert {"Secure", "HttpOnly", "Path=/"} <= set(cookie.split("; "))
        sent = hidden(parse(answer.text))
        assert (await browser.post("/registration", data=sent)).status_code == 422


@pytest.mark.parametrize("headers", [{"cookie": "=;;;a=b=c; ebok_language=uk;"}, {"cookie": "ebok_language"}, {}])
async def test_odd_cookies_do_no_harm(browser: httpx.AsyncClient, headers: Mapping[str, str]) -> None:
    assert (await browser.get("/contact", headers=headers)).status_code == 200


@pytest.mark.parametrize("name", ["ebok.css", "icons.svg"])
async def test_static_files_go_out_compressed_and_for_ever(browser: httpx.AsyncClient, name: str) -> None:
    plain = await browser.get(asset_href(name), headers={"accept-encoding": "identity"})
    compressed = await browser.get(asset_href(name), headers={"accept-encoding": "br, gzip"})
    assert "content-encoding" not in plain.headers
    assert compressed.headers["content-encoding"] == "gzip"
    assert int(compressed.headers["content-length"]) < int(plain.headers["content-length"]) / 2
    assert compressed.content == plain.content
    for answer in (plain, compressed):
        assert "immutable" in answer.headers["cache-control"]
        assert answer.headers["content-type"].count("charset") <= 1
        assert answer.headers["vary"] == "accept-encoding"


@pytest.fixture
async def cut_off(tmp_path: Path) -> AsyncIterator[httpx.AsyncClient]:
    """A browser of somebody who is logged in at an office whose own database is away."""
    site = samples.site(tmp_path)
    async with open_pools("postgresql://nobody@127.0.0.1:9/nothing") as pools:
        site.pools = pools
        transport = in_process(web_application(site), faults_are_pages=True)
        async with httpx.AsyncClient(transport=transport, base_url="http://office.example") as browser:
            token = new_token(site.settings.secret, "a-session")
            browser.cookies.update({"ebok": "a-session", "ebok_csrf": token})
            yield browser


async def test_what_was_typed_while_the_database_is_away_can_be_sent_again(cut_off: httpx.AsyncClient) -> None:
    typed = {"_csrf_token": cut_off.cookies["ebok_csrf"], "value": '312,5 "m3"', "read_on": "2026-11-22"}
    answer = await cut_off.post("/readings/660", data=typed)
    page = parse(answer.text)
    (form,) = [form for form in page.all("form") if form.get("action") == "/readings/660"]
    assert answer.status_code == 503
    assert hidden(form) == typed


async def test_a_question_that_met_an_absent_database_is_asked_again_as_it_was_asked(
    cut_off: httpx.AsyncClient,
) -> None:
    asked = {"value": "312,5", "step": "check"}
    answer = await cut_off.get("/readings/660", params=asked)
    (form,) = [form for form in parse(answer.text).all("form") if form.get("action") == "/readings/660"]
    assert answer.status_code == 503
    assert form.get("method") == "get"
    assert hidden(form) == asked


@pytest.mark.parametrize(("path", "back"), [("/readings/" + "6" * 1500, "/bills"), ("/readings/66", "/readings/66")])
async def test_nobody_is_kept_from_the_login_by_a_long_address(
    browser: httpx.AsyncClient, path: str, back: str
) -> None:
    answer = await browser.get(path)
    assert answer.headers["location"] == f"/login?next={back}"


async def test_a_password_is_not_repeated_by_any_page(cut_off: httpx.AsyncClient) -> None:
    typed = {"_csrf_token": cut_off.cookies["ebok_csrf"], "old_password": "kora-7", "new_password": "bryza-8"}
    answer = await cut_off.post("/password", data=typed)
    assert answer.status_code == 503
    assert "kora-7" not in answer.text
    assert [form for form in parse(answer.text).all("form") if form.get("action") == "/password"] == []
