"""Chromium and a sample of every page, once for all tests of a file."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, sync_playwright

from gateway.pages import PAGES
from gateway.web.page import CustomerPage, OfficePage
from tests.support import samples
from tests.support.chromium import launched
from tests.support.gallery import Gallery

LONG = "bardzo.dlugi.adres.poczty.elektronicznej.pani.anny@poczta.wierzbogrod.example"


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright, launched(playwright) as opened:
        yield opened


@pytest.fixture(scope="module")
def gallery(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Gallery]:
    """A sample of every view of every page, as whom it is for sees it."""
    site = samples.site(tmp_path_factory.mktemp("files"))
    pages = {}
    for page in PAGES:
        path = next(iter(page.function.paths))
        who = samples.visit(path=path)
        if isinstance(page, CustomerPage):
            who = samples.by_customer(name=LONG)
        if isinstance(page, OfficePage):
            who = samples.by_clerk()
        who.path = path
        for view, shown in samples.samples_of(page, site, who):
            for number, sample in enumerate(shown):
                pages[f"/{view.__name__}/{number}"] = site.page(who, sample).content
    with Gallery(site, pages) as made:
        yield made
