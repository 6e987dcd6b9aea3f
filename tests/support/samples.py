"""Every page of the list with its samples, as the style guide has them, and the people who look at them."""

from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from obstore.store import LocalStore

from gateway.app import build
from gateway.pages import PAGES
from gateway.web.page import Page
from gateway.web.samples import NOW, TODAY
from gateway.web.site import Site
from gateway.web.view import Html, View
from gateway.web.visitors.clerk import Clerk
from gateway.web.visitors.customer import Customer
from gateway.web.visitors.sessions import Session
from gateway.web.visitors.visit import Visit
from services.chassis.process import Process
from services.chassis.settings import Settings
from tests.support.profiles import a_profile

NO_DATABASE: Any = None
"""Pages that only show samples read no database."""

_ID = UUID(int=7)


def site(folder: Path, **settings: Any) -> Site:
    """A site of a utility with everything on, over an empty object store in `folder`, no database, no broker."""
    gateway = Process(
        build(Settings(secret="kora-7-bryza-sowa-lipa", amqp_url="amqp://nobody@127.0.0.1:9/", **settings), a_profile())
    )
    return Site(gateway, NO_DATABASE, LocalStore(folder), PAGES)


def visit(lang: str = "pl", path: str = "/here", **who: Any) -> Visit:
    """A visit of nobody who is known, or of `customer` or `clerk`."""
    return Visit("request-id", path, lang, "token", NOW, started=0.0, **who)


def by_customer(lang: str = "pl", *, name: str = "Anna Żółć", balance: str = "12.30") -> Visit:
    """A visit of a customer who owes `balance` PLN."""
    session = Session(
        _ID, "customer", _ID, "100001", name, (), must_change_password=False, balance=Decimal(balance),
        balance_on=TODAY, data_updated_at=NOW,
    )  # fmt: skip
    return visit(lang, customer=Customer(session, NO_DATABASE))


def by_clerk(lang: str = "pl", roles: tuple[str, ...] = ("clerk",)) -> Visit:
    """A visit of a clerk with `roles`."""
    session = Session(
        _ID, "office", None, "biuro", "Ewa Biurko", roles, must_change_password=False,
        balance=Decimal(0), balance_on=TODAY, data_updated_at=NOW,
    )  # fmt: skip
    return visit(lang, clerk=Clerk(session, NO_DATABASE))


def name(page: Page) -> str:
    """The page's name in a test's report."""
    return str(page.function).removeprefix("gateway.")


def returned(page: Page) -> list[Any]:
    """What a page function says it returns: each of the choices."""
    hint = get_type_hints(page.function.fn)["return"]
    return list(get_args(hint)) if get_origin(hint) in (Union, UnionType) else [hint]


def views_of(page: Page) -> list[type[View]]:
    """The views that a page function says it shows; none for one that only sends on or gives a file."""
    return [get_args(choice)[0] for choice in returned(page) if get_origin(choice) is Html]


def samples_of(page: Page, site: Site, visit: Visit) -> Iterator[tuple[type[View], list[View]]]:
    """Each view of the page with its samples, from `samples.py` beside the page."""
    beside = page.function.fn.__module__.rpartition(".")[0]
    for view in views_of(page):
        samples = import_module(f"{beside}.samples").samples(site, visit)
        yield view, [sample for sample in samples if type(sample) is view]
