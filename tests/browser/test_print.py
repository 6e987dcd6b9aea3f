"""Every page on A4 paper: tables are tables, nothing is cut, covered or to be pressed, no heading is alone."""

from dataclasses import replace
from decimal import Decimal
from io import BytesIO

import pytest
from playwright.sync_api import Browser
from pypdf import PdfReader

from gateway.bills.samples import samples as samples_of_bills
from gateway.bills.views import BillList, OneBill
from gateway.readings.samples import samples as samples_of_readings
from gateway.readings.views import ReadingList
from tests.support import samples
from tests.support.gallery import Gallery, opened

WIDTH = 710
"""Of A4 between the margins of `@page`, in pixels of a style sheet."""

ODD = {
    "cut": """[...document.querySelectorAll('body *')].filter(shown)
      .filter(one => one.getBoundingClientRect().right > innerWidth + 1 || one.getBoundingClientRect().left < -1)""",
    "to be pressed": """[...document.querySelectorAll(
      'button, summary, .button, header nav, footer nav, .breadcrumb, .skip-link, .balance-bar')].filter(shown)""",
    "of no use": "[...document.querySelectorAll('.page-facts')].filter(shown)",
    "faint": """[...document.querySelectorAll('body *')].filter(shown)
      .filter(one => getComputedStyle(one).color.match(/\\d+/g).reduce((sum, part) => sum + Number(part), 0) > 300)""",
    "a card": """[...document.querySelectorAll('table')].filter(shown).flatMap(table => [
      ...[table, ...table.rows].filter(one => !/^(table|none)/.test(getComputedStyle(one).display)),
      ...[...table.querySelectorAll('thead')].filter(one => !shown(one))])""",
    "covered": """(() => {
      const lines = [...document.querySelectorAll('h1, h2, h3, p, li, dt, dd, caption, figcaption, th, td, text')]
        .filter(one => shown(one) && one.textContent.trim() && !one.querySelector('h3, p, li, dd'))
        .map(one => [one, one.getBoundingClientRect()])
      const over = (a, b) =>
        a.left < b.right - 1 && b.left < a.right - 1 && a.top < b.bottom - 1 && b.top < a.bottom - 1
      return lines.filter(([, a], at) => lines.slice(at + 1).some(([, b]) => over(a, b))).map(([one]) => one)
    })()""",
}
"""Elements that should not be on paper, or not so."""
LOOK = f"""() => {{
  const shown = one => one.checkVisibility() && !one.closest('.heard') && one.getBoundingClientRect().width > 0
  const told = found => found.map(one => one.outerHTML.slice(0, 80))
  return {{ {", ".join(f"{name!r}: told({script})" for name, script in ODD.items())} }}
}}"""


@pytest.fixture(scope="module")
def odd(browser: Browser, gallery: Gallery) -> dict[str, dict[str, list[str]]]:
    """What is odd with the pages when they are printed, by kind and page. The style guide is no page to print."""
    found: dict[str, dict[str, list[str]]] = {kind: {} for kind in ODD}
    with opened(browser, WIDTH, color_scheme="dark") as page:
        page.emulate_media(media="print")
        for path in gallery.pages:
            if path.startswith("/StyleGuide"):
                continue
            page.goto(gallery.address + path)
            for kind, elements in page.evaluate(LOOK).items():
                if elements:
                    found[kind][path] = elements
    return found


@pytest.mark.parametrize("kind", ODD)
def test_on_paper_nothing_is(odd: dict[str, dict[str, list[str]]], kind: str) -> None:
    assert odd[kind] == {}


@pytest.fixture(scope="module")
def sheets(browser: Browser, tmp_path_factory: pytest.TempPathFactory) -> dict[str, list[str]]:
    """The text of each sheet of pages of the length they have after years, of a firm with large bills."""
    who = samples.by_customer()
    site = samples.site(tmp_path_factory.mktemp("files"))
    bills = next(one for one in samples_of_bills(site, who) if isinstance(one, BillList))
    large = [
        bill._replace(
            charge=bill.charge + 21038,
            to_pay=bill.to_pay and bill.to_pay + 21000,
            interest=(bill.interest or Decimal(0)) + 1000,
        )
        for bill in bills.bills
    ]
    meters = next(one for one in samples_of_readings(site, who) if isinstance(one, ReadingList))
    one_bill = next(one for one in samples_of_bills(site, who) if isinstance(one, OneBill))
    views = {
        "bills": replace(bills, bills=(large * 7)[:20]),
        "readings": replace(meters, meters=list(meters.meters) * 2),
        "bill": replace(one_bill, pay_code_href=None),
    }
    texts = {}
    with (
        Gallery(site, {f"/{name}": site.page(who, view).content for name, view in views.items()}) as gallery,
        opened(browser, 360) as page,
    ):
        for name in views:
            page.goto(f"{gallery.address}/{name}")
            printed = PdfReader(BytesIO(page.pdf(format="A4", prefer_css_page_size=True)))
            texts[name] = [sheet.extract_text().replace("\N{NO-BREAK SPACE}", " ") for sheet in printed.pages]
    return texts


def test_a_list_of_bills_is_one_table_with_its_head_on_each_sheet(sheets: dict[str, list[str]]) -> None:
    with_bills = [sheet for sheet in sheets["bills"] if "FV/" in sheet]
    assert sum(sheet.count("FV/") for sheet in with_bills) == 20
    assert all("Wystawiono" in sheet for sheet in with_bills)
    assert sheets["bills"][0].count("FV/") >= 3
    assert len(sheets["bills"]) <= 4


def test_readings_stand_with_their_chart_below_the_heading_of_the_page(sheets: dict[str, list[str]]) -> None:
    first = sheets["readings"][0]
    assert "Liczniki i odczyty" in first
    assert "gru" in first
    assert "Historia odczytów" in first


def test_a_bill_tells_all_of_how_to_pay_on_its_first_sheet(sheets: dict[str, list[str]]) -> None:
    first = " ".join(sheets["bill"][0].split())
    assert "53 9999 0000 0000 0000 0000 2026" in first
    assert "FV/2026/11/000123, kod płatnika 100001" in first
    assert "Razem" in first


def test_no_sheet_ends_with_a_heading(sheets: dict[str, list[str]]) -> None:
    headings = (
        "licznik",
        "Zużycie (",
        "Historia odczytów",
        "Za co płacisz",
        "Odczyty, z których",
        "Data",
        "Opis, rodzaj",
    )
    for name, texts in sheets.items():
        for text in texts:
            last = text.strip().splitlines()[-1]
            assert not last.startswith(headings), f"{name}: {last}"
