"""Which pages are for whom: the list decides, and denies what it does not name."""

import importlib
import inspect
import pkgutil
from collections.abc import Iterator
from typing import get_args, get_origin

import pytest
from litestar import Response
from litestar.handlers import HTTPRouteHandler
from litestar.response import Redirect

import gateway
from gateway.applications.office import application_list
from gateway.bills.customer import bill, bill_list
from gateway.home.office import office_home
from gateway.home.public import contact
from gateway.pages import PAGES
from gateway.rights import OF_ROLE
from gateway.web.page import CustomerPage, MenuEntry, OfficePage, Page, PublicPage, menu
from gateway.web.view import Html
from gateway.web.visitors.visit import Visit
from services.identity.staff import Role
from tests.support import samples

CUSTOMER_PAGES = [page for page in PAGES if isinstance(page, CustomerPage)]
OFFICE_PAGES = [page for page in PAGES if isinstance(page, OfficePage)]


def handlers_of_all_modules() -> Iterator[HTTPRouteHandler]:
    for module in pkgutil.walk_packages(gateway.__path__, "gateway."):
        if ".migrations" in module.name or module.name == "gateway.pages":
            continue
        for _, thing in inspect.getmembers(importlib.import_module(module.name)):
            if isinstance(thing, HTTPRouteHandler):
                yield thing


def test_every_page_function_stands_on_the_list_once() -> None:
    listed = [str(page.function) for page in PAGES]
    assert {str(handler) for handler in handlers_of_all_modules()} == set(listed)
    assert len(listed) == len(set(listed))


@pytest.mark.parametrize("page", CUSTOMER_PAGES, ids=samples.name)
def test_a_customers_page_asks_for_the_customer(page: Page) -> None:
    assert "customer" in inspect.signature(page.function.fn).parameters


@pytest.mark.parametrize("page", OFFICE_PAGES, ids=samples.name)
def test_a_page_of_the_office_asks_for_the_clerk(page: Page) -> None:
    assert "clerk" in inspect.signature(page.function.fn).parameters
    assert all(path.startswith("/office") for path in page.function.paths)


def test_a_page_of_the_office_without_a_right_cannot_be_put_on_the_list() -> None:
    with pytest.raises(TypeError, match="right"):
        OfficePage(OFFICE_PAGES[0].function)  # type: ignore[call-arg]  # mypy refuses it too


@pytest.mark.parametrize("page", PAGES, ids=samples.name)
def test_a_page_says_which_views_it_shows(page: Page) -> None:
    without_a_view = {kind for kind in samples.returned(page) if get_origin(kind) is not Html}
    assert without_a_view <= {Redirect, Response[bytes]}


A_FEW = (
    CustomerPage(bill_list, MenuEntry("Rachunki")),
    CustomerPage(bill),
    PublicPage(contact, MenuEntry("Kontakt")),
    OfficePage(office_home, "own_account", MenuEntry("Biuro", below=False)),
    OfficePage(application_list, "applications", MenuEntry("Wnioski")),
)


def labels(visit: Visit, *, current: bool = False) -> list[str]:
    return [link.label for link in menu(A_FEW, visit) if link.current or not current]


def test_the_menu_of_a_door_is_made_of_its_pages_that_have_an_entry_in_the_order_of_the_list() -> None:
    assert labels(samples.by_customer()) == ["Rachunki", "Kontakt"]
    assert labels(samples.by_clerk()) == ["Biuro", "Wnioski"]
    assert labels(samples.visit()) == []


def test_a_clerk_without_the_right_has_no_menu_entry_for_the_page() -> None:
    assert labels(samples.by_clerk(roles=())) == ["Biuro"]


@pytest.mark.parametrize(
    ("path", "entry"),
    [
        ("/bills", ["Rachunki"]),
        ("/bills/7", ["Rachunki"]),
        ("/billseye", []),
        ("/contact", ["Kontakt"]),
        ("/password", []),
    ],
)
def test_the_entry_of_the_page_that_is_open_or_above_it_is_the_current_one(path: str, entry: list[str]) -> None:
    visit = samples.by_customer()
    visit.path = path
    assert labels(visit, current=True) == entry


@pytest.mark.parametrize(
    ("path", "entry"),
    [("/office", ["Biuro"]), ("/office/password", []), ("/office/applications/7", ["Wnioski"])],
)
def test_the_offices_start_is_above_all_its_pages_and_current_only_on_its_own(path: str, entry: list[str]) -> None:
    visit = samples.by_clerk()
    visit.path = path
    assert labels(visit, current=True) == entry


def test_every_role_that_a_clerk_can_be_given_has_its_rights() -> None:
    assert set(OF_ROLE) == set(get_args(Role))
