"""Every page in a real browser: nothing is cut off or covered on a phone, in big letters, zoomed, or spaced out."""

import re
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page

from tests.support.gallery import Gallery, opened
from tests.support.pages import breakable, parse

BIG_LETTERS = "html { font-size: 200% !important; }"
LONG = "krystyna.brzeczyszczykiewicz-lopuszanska@poczta.wierzbogrod.example"
SPACED_TEXT = "* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }"
"""WCAG 2.1, 1.4.12."""

STICKING_OUT = """() => {
  document.querySelectorAll('main details').forEach(one => { one.open = true })
  const all = [...document.querySelectorAll('body *')], room = document.documentElement.clientWidth
  const told = found => found.slice(0, 3).map(one => one.tagName + '.' + one.className).join(' ')
  const within = all.filter(one => one.checkVisibility() && /auto|scroll/.test(getComputedStyle(one).overflowX)
    && one.scrollWidth > one.clientWidth + 1)
  if (document.documentElement.scrollWidth <= room) return told(within)
  return told(all.filter(one => one.getBoundingClientRect().right > room + 1)) || 'something'
}"""
"""What widens the page, or scrolls sideways within it, all unfolded."""

BEYOND = """() => {
  const texts = [...document.querySelectorAll('main svg text')].map(one => [one, one.getBoundingClientRect()])
  const close = texts.filter(([one, a]) => one.checkVisibility() && texts.some(([other, b]) => one != other
    && other.checkVisibility() && a.left < b.right && b.left < a.right && a.top < b.bottom && b.top < a.bottom))
  const wide = [...document.querySelectorAll('.cards, .bill-list, .phone-list, .balance')].flatMap(one => [
    one, ...one.querySelectorAll('*')]).filter(one => one.checkVisibility() && !one.closest('.heard, svg'))
    .filter(one => one.clientWidth && one.scrollWidth > one.clientWidth + 1)
  return [...close.map(([one]) => one), ...wide].map(one => one.outerHTML.slice(0, 80))
}"""
"""Labels of a drawing that run into each other, and what is wider than its place."""

FIRST_AND_FOCUSED = """() => [
  document.querySelector('main :is(.error-summary, h1)').className == 'error-summary',
  document.activeElement.className == 'error-summary',
  document.title.startsWith('Błąd:'),
]"""
TOP_OF_FIELD = """() => Math.min(...[
  ...document.querySelector(location.hash).closest('.field').querySelectorAll('label, legend, .hint, .field-error'),
].map(one => one.getBoundingClientRect().top))"""

BROKEN = """() => [...document.querySelectorAll('h1, h2, h3, caption, .button, .field-error > span')]
  .filter(one => one.checkVisibility() && !one.closest('.heard')).flatMap(one => {
    const found = [], walk = document.createTreeWalker(one, NodeFilter.SHOW_TEXT), range = document.createRange()
    while (walk.nextNode()) for (const word of walk.currentNode.data.matchAll(/(?<![\\u00a0\\p{L}])\\p{L}+/gu)) {
      range.setStart(walk.currentNode, word.index)
      range.setEnd(walk.currentNode, word.index + word[0].length)
      const lines = [...range.getClientRects()].filter(line => line.width).map(line => Math.round(line.top))
      if (new Set(lines).size > 1 && !walk.currentNode.parentElement.closest('.heard')) found.push(word[0])
    }
    return found
  })"""
"""Words that go over two lines. Chromium knows no Polish hyphens, so here the layout must do; a word that is bound to
the one before ("w wiadomości") may be too long with it."""

WITHIN_TEXT = "p, dd, address, .terms, .notice, .error-summary, .skip-link, .heard, .choice"
"""Where a link is part of a sentence, or what is touched is its label too."""
SMALL = f"""() => [...document.querySelectorAll('a, button, summary, input:not([type=hidden]), select, textarea')]
  .filter(one => one.checkVisibility() && !one.closest('{WITHIN_TEXT}'))
  .filter(one => one.getBoundingClientRect().height < 43.5)
  .map(one => `${{one.tagName}}.${{one.className}} ${{one.innerText}} ${{one.getBoundingClientRect().height}}`)"""


def too_wide(page: Page, gallery: Gallery) -> dict[str, str]:
    """Pages that scroll sideways, each with what sticks out."""
    found = {}
    for path in gallery.pages:
        page.goto(gallery.address + path)
        out = page.evaluate(STICKING_OUT)
        if out:
            found[path] = out
    return found


@pytest.mark.parametrize("width", [320, 640, 1024, 1265])
def test_no_page_scrolls_sideways(browser: Browser, gallery: Gallery, width: int) -> None:
    with opened(browser, width) as page:
        assert too_wide(page, gallery) == {}


def with_style(page: Page, style: str) -> None:
    """Let every page that is opened have the reader's own `style` too."""
    page.add_init_script(f"""document.addEventListener('DOMContentLoaded', () => {{
        const sheet = new CSSStyleSheet()
        sheet.replaceSync({style!r})
        document.adoptedStyleSheets.push(sheet)
    }})""")


@pytest.mark.parametrize("style", [BIG_LETTERS, SPACED_TEXT], ids=["big letters", "spaced text"])
def test_no_page_scrolls_sideways_with_the_readers_own_letters(browser: Browser, gallery: Gallery, style: str) -> None:
    with opened(browser, 360) as page:
        with_style(page, style)
        assert too_wide(page, gallery) == {}


@pytest.mark.parametrize("style", [BIG_LETTERS, SPACED_TEXT], ids=["big letters", "spaced text"])
def test_in_the_readers_own_letters_a_figure_stays_within_its_place(
    browser: Browser, gallery: Gallery, style: str
) -> None:
    found = {}
    with opened(browser, 360) as page:
        with_style(page, style)
        for name in ("BillList/0", "BillList/1", "OneBill/1", "Contact/0", "ApplicationList/0", "ReadingList/0"):
            page.goto(f"{gallery.address}/{name}")
            if out := page.evaluate(BEYOND):
                found[name] = out
    assert found == {}


def test_in_big_letters_no_word_of_a_heading_a_button_or_an_error_is_broken(browser: Browser, gallery: Gallery) -> None:
    found = {}
    with opened(browser, 360) as page:
        with_style(page, BIG_LETTERS)
        for path in gallery.pages:
            page.goto(gallery.address + path)
            if words := [] if path.startswith("/StyleGuide") else page.evaluate(BROKEN):
                found[path] = words
    assert found == {}


def test_what_an_application_is_compared_with_is_as_wide_as_what_it_says(browser: Browser, gallery: Gallery) -> None:
    with opened(browser, 1280) as page:
        page.goto(f"{gallery.address}/OneApplication/0")
        page.locator(".comparison td span").nth(0).evaluate(f"one => one.textContent = {LONG!r}.repeat(2)")
        widths = page.locator(".comparison thead th").evaluate_all("all => all.map(one => one.clientWidth)")
    assert widths[1] == widths[2]
    assert widths[1] < 400


def test_in_forced_colours_the_open_tab_alone_is_marked(browser: Browser, gallery: Gallery) -> None:
    with opened(browser, 1280, forced_colors="active") as page:
        page.goto(f"{gallery.address}/ApplicationList/0")
        ground = page.evaluate("getComputedStyle(document.body).backgroundColor")
        lines = page.locator(".tabs a").evaluate_all("all => all.map(one => getComputedStyle(one).borderBottomColor)")
        assert lines[0] != ground
        assert set(lines[1:]) == {ground}


def test_on_a_phone_the_heading_begins_within_the_first_120_pixels(browser: Browser, gallery: Gallery) -> None:
    with opened(browser, 360) as page:
        low = {}
        for path in gallery.pages:
            page.goto(gallery.address + path)
            top = page.evaluate("document.querySelector('.error-summary, h1').getBoundingClientRect().top")
            if top > 120:
                low[path] = top
        assert low == {}


def test_what_is_wrong_with_a_form_comes_first_has_the_focus_and_leads_to_the_whole_field(
    browser: Browser, gallery: Gallery
) -> None:
    wrong = [path for path, html in gallery.pages.items() if 'class="error-summary"' in html and "Guide" not in path]
    assert {path.split("/")[1] for path in wrong} >= {"RegistrationForm", "PasswordForm"}
    odd: dict[str, object] = {}
    with opened(browser, 360, height=640) as page:
        for path in wrong:
            page.goto(gallery.address + path)
            found = page.evaluate(FIRST_AND_FOCUSED)
            if not all(found):
                odd[path] = found
            for link in page.locator(".error-summary a").all():
                link.click()
                if (top := page.evaluate(TOP_OF_FIELD)) < 0:
                    odd[f"{path} {link.inner_text()}"] = top
    assert odd == {}


@pytest.mark.parametrize(("width", "height"), [(360, 740), (320, 225), (1280, 400)])
def test_in_a_small_window_the_balance_covers_nothing(
    browser: Browser, gallery: Gallery, width: int, height: int
) -> None:
    with opened(browser, width, height=height) as page:
        page.goto(f"{gallery.address}/ReadingForm/0")
        assert page.locator(".balance-bar").evaluate("bar => getComputedStyle(bar).position") == "static"


def test_w08_on_a_desktop_the_balance_stays_at_the_bottom_of_the_window(browser: Browser, gallery: Gallery) -> None:
    with opened(browser, 1280) as page:
        page.goto(f"{gallery.address}/ReadingForm/0")
        assert page.locator(".balance-bar").evaluate("bar => getComputedStyle(bar).position") == "sticky"


def test_on_a_phone_the_menu_opens_without_a_script_and_holds_all_that_a_desktop_shows(
    browser: Browser, gallery: Gallery
) -> None:
    with opened(browser, 360, java_script_enabled=False) as page:
        page.goto(f"{gallery.address}/BillList/0")
        logout = page.get_by_role("button", name="Wyloguj")
        assert not logout.is_visible()
        page.get_by_text("Menu", exact=True).click()
        assert logout.is_visible()
        assert page.get_by_role("link", name="Liczniki i odczyty").is_visible()
        assert page.get_by_role("link", name="English").is_visible()


def test_on_a_desktop_the_menu_is_always_there_for_eyes_keyboard_and_screen_reader(
    browser: Browser, gallery: Gallery
) -> None:
    with opened(browser, 1280) as page:
        page.goto(f"{gallery.address}/BillList/0")
        assert not page.get_by_text("Menu", exact=True).is_visible()
        reached = []
        for _ in range(9):
            page.keyboard.press("Tab")
            reached.append(breakable(page.evaluate("document.activeElement.innerText.trim()")))
        assert {"Liczniki i odczyty", "Kontakt", "Zmień hasło", "Wyloguj", "English"} <= set(reached)
        heard = page.locator("header").aria_snapshot()
        assert re.search(r"navigation .Menu główne.", heard)


def test_what_has_happened_is_announced_once(gallery: Gallery) -> None:
    announced = {
        path: [one.get("class") for one in parse(html).all() if one.get("role") in {"alert", "status"}]
        for path, html in gallery.pages.items()
    }
    assert {path: all_ for path, all_ in announced.items() if len(all_) > 1 and "Guide" not in path} == {}


def test_what_is_touched_on_a_phone_is_big_enough(browser: Browser, gallery: Gallery) -> None:
    """44 px high, for a trembling hand."""
    with opened(browser, 360) as page:
        small = {}
        for path in gallery.pages:
            page.goto(gallery.address + path)
            if found := page.evaluate(SMALL):
                small[path] = found
        assert small == {}


@pytest.mark.parametrize(("width", "scheme"), [(360, "dark"), (1280, "light")])
def test_axe_finds_no_violation(
    browser: Browser, gallery: Gallery, width: int, scheme: Literal["light", "dark"]
) -> None:
    violations = {}
    # axe is a script of the test: the policy that keeps scripts out is lifted for it alone.
    with opened(browser, width, color_scheme=scheme, bypass_csp=True) as page:
        for path in gallery.pages:
            if not path.endswith(("/0", "/1")):  # the others differ in words
                continue
            page.goto(gallery.address + path)
            if found := Axe().run(page).response["violations"]:
                violations[path] = [(one["id"], one["nodes"][0]["html"]) for one in found]
    assert violations == {}
