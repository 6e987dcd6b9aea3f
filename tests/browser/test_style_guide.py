"""The visual language in a real browser under the gateway's content policy: both schemes, all widths."""

import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, ClassVar, Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, sync_playwright

from gateway.failures.samples import samples as failures
from gateway.styleguide.samples import style_guide
from gateway.web.assets import asset_at, asset_href
from tests.support import samples

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
)
CHROMIUM = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


class Handler(BaseHTTPRequestHandler):
    """Serves rendered pages and the gateway's static files with the gateway's policy."""

    pages: ClassVar[dict[str, bytes]]

    def do_GET(self) -> None:
        asset = asset_at(self.path)
        self.send_response(200 if asset or self.path in self.pages else 404)
        self.send_header("Content-Type", asset.media_type if asset else "text/html; charset=utf-8")
        self.send_header("Content-Security-Policy", POLICY)
        self.end_headers()
        self.wfile.write(asset.content if asset else self.pages.get(self.path, b""))

    def log_message(self, *_: Any) -> None:
        """Keep the test's output quiet."""


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = samples.site(tmp_path_factory.mktemp("files"))
    html = site.page(samples.visit(path="/styleguide"), style_guide("pl")).content
    clerk = samples.by_clerk()
    long_words = {f"/{number}": site.page(clerk, view).content for number, view in enumerate(failures(site, clerk))}
    Handler.pages = {path: page.encode() for path, page in {"/": html, **long_words}.items()}
    with ThreadingHTTPServer(("127.0.0.1", 0), Handler) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}/"
        server.shutdown()


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path="/usr/bin/chromium", args=CHROMIUM)
        yield opened
        opened.close()


def opened_page(browser: Browser, address: str, width: int, scheme: Literal["light", "dark"], **options: Any) -> Page:
    context = browser.new_context(viewport={"width": width, "height": 800}, color_scheme=scheme, **options)
    page = context.new_page()
    page.goto(address)
    return page


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation(browser: Browser, address: str, width: int, scheme: Literal["light", "dark"]) -> None:
    # axe is a script of the test: the policy that keeps scripts out is lifted for it alone.
    page = opened_page(browser, address, width, scheme, bypass_csp=True)
    found = Axe().run(page).response["violations"]
    page.context.close()
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


@pytest.mark.parametrize("width", [320, 360, 768, 1024, 1280])
def test_nothing_is_wider_than_the_window(browser: Browser, address: str, width: int) -> None:
    page = opened_page(browser, address, width, "light")
    wider = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    page.context.close()
    assert wider <= 0


@pytest.mark.parametrize("width", [320, 360, 1024, 1280])
def test_long_words_of_mail_servers_widen_no_page(browser: Browser, address: str, width: int) -> None:
    paths = [path.lstrip("/") for path in Handler.pages if path != "/"]
    page = opened_page(browser, address, width, "light")
    wider = {}
    for path in paths:
        page.goto(address + path)
        wider[path] = page.evaluate("document.documentElement.scrollWidth - window.innerWidth")
    page.context.close()
    assert len(wider) > 5
    assert {path: by for path, by in wider.items() if by > 0} == {}


def test_the_page_breaks_no_rule_of_the_policy_and_asks_no_other_host(browser: Browser, address: str) -> None:
    context = browser.new_context()
    page = context.new_page()
    said: list[str] = []
    asked: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address)
    page.wait_for_load_state("networkidle")
    context.close()
    assert said == []
    loaded = {address.rstrip("/") + asset_href(name) for name in ("ebok.css", "icons.svg", "mark.svg")}
    assert loaded <= set(asked)
    assert [url for url in asked if not url.startswith(address)] == []


def test_the_first_tab_leads_to_a_visible_skip_link_and_it_skips_to_the_content(browser: Browser, address: str) -> None:
    page = opened_page(browser, address, 1280, "light")
    page.keyboard.press("Tab")
    link = page.locator(".skip-link")
    box = link.bounding_box()
    assert box is not None
    assert box["y"] >= 0
    assert link.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
    page.keyboard.press("Enter")
    assert page.evaluate("document.activeElement.id") == "content"
    page.context.close()


def test_an_error_in_the_summary_leads_to_its_field(browser: Browser, address: str) -> None:
    page = opened_page(browser, address, 1280, "light")
    page.locator(".error-summary a").first.click()
    assert page.evaluate("document.activeElement.id") == "field-sample_nip"
    page.context.close()


def test_on_paper_there_are_no_buttons_and_no_menu(browser: Browser, address: str) -> None:
    page = opened_page(browser, address, 1280, "dark")
    page.emulate_media(media="print")
    shown = page.locator(".button:visible, .language-switch:visible, .breadcrumb:visible").count()
    ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    page.context.close()
    assert shown == 0
    assert ground == "rgb(255, 255, 255)"
