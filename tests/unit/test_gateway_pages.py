"""Which pages are for whom: denied unless the page is on the public list."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator

import pytest
from litestar.handlers import HTTPRouteHandler

import gateway
from gateway import pages
from gateway.web.customer import Customer


def handlers_of_all_modules() -> Iterator[HTTPRouteHandler]:
    for module in pkgutil.walk_packages(gateway.__path__, "gateway."):
        if ".migrations" in module.name or module.name == "gateway.pages":
            continue
        for _, thing in inspect.getmembers(importlib.import_module(module.name)):
            if isinstance(thing, HTTPRouteHandler):
                yield thing


def test_every_page_stands_on_one_of_the_three_lists() -> None:
    listed = [*pages.PUBLIC_PAGES, *pages.CUSTOMER_PAGES, *pages.OFFICE_PAGES]
    assert {str(handler) for handler in handlers_of_all_modules()} == {str(handler) for handler in listed}
    assert len(listed) == len({str(handler) for handler in listed})


@pytest.mark.parametrize("handler", pages.CUSTOMER_PAGES, ids=str)
def test_a_customers_page_asks_for_the_customer(handler: HTTPRouteHandler) -> None:
    assert "customer" in inspect.signature(handler.fn).parameters


@pytest.mark.parametrize("handler", pages.OFFICE_PAGES, ids=str)
def test_a_page_of_the_office_asks_for_the_clerk(handler: HTTPRouteHandler) -> None:
    assert "clerk" in inspect.signature(handler.fn).parameters
    assert all(path.startswith("/office") for path in handler.paths)


async def test_a_query_that_compares_no_party_is_refused_in_a_customers_scope() -> None:
    customer = Customer.__new__(Customer)
    with pytest.raises(ValueError, match="party_id"):
        await customer.fetch("SELECT * FROM invoice")
