"""The visual language in a real browser under the gateway's content policy: every component in both schemes."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser

from gateway.styleguide.samples import style_guide
from gateway.web.assets import asset_href
from tests.support import samples
from tests.support.gallery import Gallery, opened


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    site = samples.site(tmp_path_factory.mktemp("files"))
    with Gallery(site, {"/": site.page(samples.visit(path="/styleguide"), style_guide("pl")).content}) as gallery:
        yield f"{gallery.address}/"


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("width", [360, 1280])
def test_axe_finds_no_violation(browser: Browser, address: str, width: int, scheme: Literal["light", "dark"]) -> None:
    # axe is a script of the test: the policy that keeps scripts out is lifted for it alone.
    with opened(browser, width, color_scheme=scheme, bypass_csp=True) as page:
        page.goto(address)
        found = Axe().run(page).response["violations"]
    assert [(one["id"], one["nodes"][0]["html"]) for one in found] == []


def test_the_page_breaks_no_rule_of_the_policy_and_asks_no_other_host(browser: Browser, address: str) -> None:
    said: list[str] = []
    asked: list[str] = []
    with opened(browser, 1280) as page:
        page.on("console", lambda message: said.append(message.text))
        page.on("request", lambda request: asked.append(request.url))
        page.goto(address)
        page.wait_for_load_state("networkidle")
    assert said == []
    loaded = {address.rstrip("/") + asset_href(name) for name in ("ebok.css", "icons.svg", "mark.svg")}
    assert loaded <= set(asked)
    assert [url for url in asked if not url.startswith(address)] == []


def test_the_first_tab_leads_to_a_visible_skip_link_and_it_skips_to_the_content(browser: Browser, address: str) -> None:
    with opened(browser, 1280) as page:
        page.goto(address)
        page.keyboard.press("Tab")
        link = page.locator(".skip-link")
        box = link.bounding_box()
        assert box is not None
        assert box["y"] >= 0
        assert link.evaluate("link => getComputedStyle(link).outlineStyle") == "solid"
        page.keyboard.press("Enter")
        assert page.evaluate("document.activeElement.id") == "content"


def test_an_error_in_the_summary_leads_to_its_field(browser: Browser, address: str) -> None:
    with opened(browser, 1280) as page:
        page.goto(address)
        page.locator(".error-summary a").first.click()
        assert page.evaluate("document.activeElement.id") == "field-sample_nip"


def test_on_paper_there_are_no_buttons_and_no_menu(browser: Browser, address: str) -> None:
    with opened(browser, 1280, color_scheme="dark") as page:
        page.goto(address)
        page.emulate_media(media="print")
        shown = page.locator(".button:visible, .language-switch:visible, .breadcrumb:visible").count()
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
    assert shown == 0
    assert ground == "rgb(255, 255, 255)"
