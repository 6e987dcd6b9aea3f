"""Pages in other languages: what is shown, and how a person's choice holds."""

import re
from collections.abc import AsyncIterator, Iterator
from functools import cache
from pathlib import Path

import httpx
import pytest

from gateway.accounts import passwords
from gateway.applications import public as registration
from gateway.home.views import Contact
from gateway.messages import CATALOGUES
from gateway.pages import PAGES
from gateway.readings import samples as readings
from gateway.readings.views import ReadingList
from gateway.styleguide.public import style_guide
from gateway.web import samples as errors
from gateway.web.page import CustomerPage, OfficePage, Page
from gateway.web.server import web_application
from gateway.web.site import Site
from gateway.web.texts.languages import catalogue
from gateway.web.visitors.visit import Visit
from services.chassis.translating import CODES
from tests.support import samples
from tests.support.browser import in_process
from tests.support.pages import Element, breakable, faults, parse

AROUND = " ,.()\n"
TWO_PLACES = "%(first)s i %(second)s"
"""Its one word of its own, `i`, also stands in names."""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    return samples.site(tmp_path)


@pytest.fixture
async def browser(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    transport = in_process(web_application(site))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", follow_redirects=True) as one:
        yield one


def language_of(page: Element) -> str:
    return next(page.all("html")).get("lang")


def switch(page: Element) -> list[Element]:
    return [link for part in page.all("ul") if part.get("class") == "language-switch" for link in part.all("a")]


async def test_the_switch_names_each_language_in_its_own_words(browser: httpx.AsyncClient) -> None:
    links = switch(parse((await browser.get("/contact")).text))
    assert [(link.text, link.get("lang")) for link in links] == [
        ("Polski", "pl"), ("English", "en"), ("Українська", "uk"),
    ]  # fmt: skip
    assert [link.get("lang") for link in links if link.get("aria-current")] == ["pl"]


@pytest.mark.parametrize(("code", "heading"), [("en", "Contact"), ("uk", "Контакти"), ("pl", "Kontakt")])
async def test_a_language_once_chosen_holds_for_every_page(browser: httpx.AsyncClient, code: str, heading: str) -> None:
    page = parse((await browser.get("/contact")).text)
    chosen = next(link for link in switch(page) if link.get("lang") == code)

    answer = await browser.get(chosen.get("href"))

    assert answer.url.path == "/contact"
    assert [title.text for title in parse(answer.text).all("h1")] == [heading]
    kept = answer.history[0].headers["set-cookie"]
    assert kept.startswith(f"ebok_language={code};")
    assert {"httponly", "samesite=lax", "path=/", "max-age=31536000"} <= set(kept.lower().split("; "))
    for address in ("/", "/login", "/office/login", "/no-such-page"):
        later = parse((await browser.get(address)).text)
        assert language_of(later) == code
        assert [link.get("lang") for link in switch(later) if link.get("aria-current")] == [code]


async def test_the_first_visit_is_in_the_language_of_the_browser_and_a_choice_counts_for_more(
    browser: httpx.AsyncClient,
) -> None:
    browser.headers["accept-language"] = "uk-UA,uk;q=0.9"
    assert language_of(parse((await browser.get("/login")).text)) == "uk"
    await browser.get("/language/pl")
    assert language_of(parse((await browser.get("/login")).text)) == "pl"


async def test_a_language_that_the_utility_does_not_offer_is_not_kept(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/language/de?next=/contact")
    assert "ebok_language" not in answer.history[0].headers.get("set-cookie", "")
    assert language_of(parse(answer.text)) == "pl"
    browser.cookies.set("ebok_language", "de")
    assert language_of(parse((await browser.get("/contact")).text)) == "pl"


async def test_the_switch_leads_to_no_other_site(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/language/en", params={"next": "https://elsewhere.example/"}, follow_redirects=False)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "address",
    ["/", "/terms", "/contact", "/login", "/office/login", "/registration", "/no-such-page"],
)
async def test_an_open_page_has_no_polish_left(browser: httpx.AsyncClient, code: str, address: str) -> None:
    browser.cookies.set("ebok_language", code)
    assert_translated((await browser.get(address)).text, code)


@pytest.mark.parametrize("code", CODES)
async def test_a_form_that_was_refused_says_why_in_the_chosen_language(browser: httpx.AsyncClient, code: str) -> None:
    browser.cookies.set("ebok_language", code)
    form = parse((await browser.get("/registration")).text)
    sent = {entry.get("name"): entry.get("value") for entry in form.all("input") if entry.get("type") == "hidden"}

    answer = await browser.post("/registration", data=sent | {"human_check_1": "x", "human_check_2": "x"})

    assert answer.status_code == 422
    assert_translated(answer.text, code)
    wrong = breakable(catalogue(code).gettext(registration.DIGITS["wrong"]))
    assert wrong in parse(answer.text).text


def assert_translated(html: str, code: str) -> None:
    """Nothing on the page is a text that has a translation, and the page is one that ours must be."""
    page = parse(html)
    assert language_of(page) == code
    assert faults(page) == []
    texts, translations = polish(code)
    left = {said for said in shown(page, code) if any(text.fullmatch(said.strip(AROUND)) for text in texts)}
    assert left - translations == set()


@cache
def polish(code: str) -> tuple[list[re.Pattern[str]], set[str]]:
    """What the Polish texts look like on a page, whatever stands in their placeholders; and what translates them."""
    pairs = {str(message.id): str(message.string) for message in CATALOGUES.read(code) if message.id}
    texts = [text.strip(AROUND) for text, translation in pairs.items() if text not in (translation, TWO_PLACES)]
    return [re.compile(re.sub(r"%\\\(\w+\\\)s", ".+", re.escape(text))) for text in texts], set(pairs.values())


def shown(element: Element, code: str) -> Iterator[str]:
    """What a person sees or hears of the page, but for parts that are marked as being in another language."""
    for child in element.inside:
        if isinstance(child, str):
            yield child
        elif child.get("lang") in ("", code):
            yield from (child.get(name) for name in ("aria-label", "data-label", "alt", "title") if child.get(name))
            yield from shown(child, code)


SHOWN = [page for page in PAGES if samples.views_of(page)]
FOR_PEOPLE = [page for page in SHOWN if page.function is not style_guide]
"""The style guide is for developers: its samples are Polish in every language."""


def visitors(page: Page, code: str) -> list[Visit]:
    if isinstance(page, CustomerPage):
        return [samples.by_customer(code)]
    if isinstance(page, OfficePage):
        return [samples.by_clerk(code)]
    return [samples.visit(code), samples.by_customer(code)]


@pytest.mark.parametrize("page", SHOWN, ids=samples.name)
def test_each_view_of_a_page_has_a_sample_and_they_are_pages_as_ours_must_be(site: Site, page: Page) -> None:
    for who in visitors(page, "pl"):
        for view, shown in samples.samples_of(page, site, who):
            assert shown, f"{view.__name__} has no sample in samples.py beside its page"
            for sample in shown:
                assert faults(parse(site.page(who, sample).content)) == []


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("page", FOR_PEOPLE, ids=samples.name)
def test_no_sample_of_a_page_has_polish_left(site: Site, page: Page, code: str) -> None:
    for who in visitors(page, code):
        for _, shown in samples.samples_of(page, site, who):
            for sample in shown:
                assert_translated(site.page(who, sample).content, code)


@pytest.mark.parametrize("code", CODES)
def test_no_error_page_has_polish_left(site: Site, code: str) -> None:
    who = samples.visit(code)
    for view in errors.samples(site, who):
        assert_translated(site.page(who, view).content, code)


def test_the_rules_for_a_new_password_are_sentences_in_the_readers_language(site: Site) -> None:
    rules = passwords._policy(site, samples.visit("en"))
    assert rules == ["At least 12\u00a0characters.", "It must not be a\u00a0password that is easy to guess."]


@pytest.mark.parametrize(("code", "axis"), [("en", ["Jan", "Feb", "Mar"]), ("uk", ["січ", "лют", "бер"])])
def test_a_chart_names_months_in_the_readers_language_and_writes_figures_as_in_poland(
    site: Site, code: str, axis: list[str]
) -> None:
    who = samples.by_customer(code)
    meters = next(view for view in readings.samples(site, who) if isinstance(view, ReadingList))
    page = parse(site.page(who, meters).content)
    table = next(part for part in page.all("details") if part.get("class") == "chart-table")
    assert [cell.text for cell in table.all("th") if cell.get("scope") == "row"][:3] == axis
    assert "1\u00a0116,3\u00a0GJ" in page.text
    assert "31.10.2026" in page.text


def test_the_language_switch_comes_back_to_the_page_that_the_form_is_on(site: Site) -> None:
    sent_to = samples.by_clerk()
    sent_to.path = "/office/applications/7/accept"
    page = site.page(sent_to, Contact(), path="/office/applications/7")
    links = [link.get("href") for link in switch(parse(page.content))]
    assert links == [f"/language/{code}?next=/office/applications/7" for code in ("pl", "en", "uk")]
