"""The bills in a real browser: short enough for a thumb, whole within their frame, and ready to be paid."""

from collections.abc import Iterator
from dataclasses import replace
from decimal import Decimal

import pytest
from playwright.sync_api import Browser

from gateway.bills import samples as bills
from gateway.bills.queries import PER_PAGE
from gateway.bills.views import BillList, OneBill
from tests.support import samples
from tests.support.gallery import Gallery, opened

GAP = """() => {
  const frame = document.querySelector('.table-frame--bills'), edge = frame.getBoundingClientRect().right
  return Math.max(...[...frame.querySelectorAll('td, td *')].map(one => one.getBoundingClientRect().right)) - edge
}"""
LINES = "element => [...element.children].map(half => half.getClientRects().length)"


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    """The bills of a firm: a full page with amounts of five digits, and one that is late."""
    site, visit = samples.site(tmp_path_factory.mktemp("files")), samples.by_customer(balance="28000.00")
    shown = bills.samples(site, visit)
    listed = next(view for view in shown if isinstance(view, BillList))
    grown = [
        bill._replace(charge=bill.charge * 90, payment=Decimal("18400.00"), to_pay=bill.to_pay * 90)
        for bill in listed.bills
    ]
    late = next(view for view in shown if isinstance(view, OneBill) and view.bill.state == "overdue")
    many = replace(listed, bills=(grown * PER_PAGE)[:PER_PAGE])
    some = site.page(visit, listed).content
    pages = {"/some-bills": some, "/bills": site.page(visit, many).content, "/bill": site.page(visit, late).content}
    with Gallery(site, pages) as made:
        yield made


def test_b9_a_page_of_bills_is_less_than_six_screens_of_a_phone_and_shows_no_magnifier(
    browser: Browser, gallery: Gallery
) -> None:
    with opened(browser, 360, height=740) as page:
        page.goto(f"{gallery.address}/bills")
        assert page.evaluate("document.documentElement.scrollHeight") < 6 * 740
        assert not page.locator(".bill-list th .icon").first.is_visible()


def test_on_a_phone_what_is_left_of_a_partly_paid_bill_is_said_to_be_that(browser: Browser, gallery: Gallery) -> None:
    label = "one => getComputedStyle(one, '::before').content.replaceAll('\"', '').trim()"
    with opened(browser, 360) as page:
        page.goto(f"{gallery.address}/some-bills")
        said = {
            row.locator("small").inner_text().split(",")[0].strip(): row.locator(".to-pay").evaluate(label)
            for row in page.locator(".bill-list tbody tr").all()
            if "paid" not in (row.get_attribute("class") or "").split()
        }
    assert said == {"Faktura FV/2026/11/000123": "", "Faktura FV/2026/10/000087": "Pozostało"}


@pytest.mark.parametrize("width", [1121, 1233, 1265, 1280, 1440])
def test_w11_the_table_of_a_firms_bills_stays_within_its_frame(browser: Browser, gallery: Gallery, width: int) -> None:
    with opened(browser, width) as page:
        page.goto(f"{gallery.address}/bills")
        assert page.locator(".bill-list thead").is_visible()
        assert page.locator(".bill-list th .icon").first.is_visible()
        assert page.evaluate(GAP) < 0


@pytest.mark.parametrize("path", ["/bills", "/bill"])
@pytest.mark.parametrize("width", [320, 360, 1280])
def test_the_account_breaks_at_most_in_its_middle(browser: Browser, gallery: Gallery, path: str, width: int) -> None:
    with opened(browser, width) as page:
        page.goto(gallery.address + path)
        assert page.locator(".account").evaluate(LINES) == [1, 1]
        assert page.locator(".account").inner_text() == "53 9999 0000 0000 0000 0000 2026"
