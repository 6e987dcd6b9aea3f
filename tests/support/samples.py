"""Every page of the list with its samples, as the style guide has them, and the people who look at them."""

from collections.abc import Iterator
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from types import UnionType
from typing import Any, Union, get_args, get_origin, get_type_hints
from uuid import UUID

from litestar.handlers import HTTPRouteHandler
from obstore.store import LocalStore

from gateway.app import build
from gateway.web.clerk import Clerk
from gateway.web.customer import Customer
from gateway.web.samples import NOW, TODAY
from gateway.web.sessions import Session
from gateway.web.site import Site
from gateway.web.view import Html, View
from gateway.web.visit import Visit
from services.chassis.process import Process
from services.chassis.settings import Settings
from tests.support.profiles import a_profile

NO_DATABASE: Any = None
"""Pages that only show samples read no database."""

_ID = UUID(int=7)


def site(folder: Path, **settings: Any) -> Site:
    """A site of a utility with everything on, over no database and an empty object store in `folder`."""
    gateway = Process(build(Settings(secret="kora-7-bryza-sowa-lipa", **settings), a_profile()))
    return Site(gateway, NO_DATABASE, LocalStore(folder))


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


def by_clerk(lang: str = "pl", *roles: str) -> Visit:
    """A visit of a clerk with `roles`, of an ordinary one when none are given."""
    session = Session(
        _ID, "office", None, "biuro", "Ewa Biurko", roles or ("clerk",), must_change_password=False,
        balance=Decimal(0), balance_on=TODAY, data_updated_at=NOW,
    )  # fmt: skip
    return visit(lang, clerk=Clerk(session, NO_DATABASE))


def views_of(page: HTTPRouteHandler) -> list[type[View]]:
    """The views that a page function says it shows; none for one that only sends on or gives a file."""
    returned = get_type_hints(page.fn)["return"]
    choices = get_args(returned) if get_origin(returned) in (Union, UnionType) else (returned,)
    return [get_args(choice)[0] for choice in choices if get_origin(choice) is Html]


def samples_of(page: HTTPRouteHandler, site: Site, visit: Visit) -> Iterator[tuple[type[View], list[View]]]:
    """Each view of the page with its samples, from `samples.py` beside the page."""
    beside = page.fn.__module__.rpartition(".")[0]
    for view in views_of(page):
        samples = import_module(f"{beside}.samples").samples(site, visit)
        yield view, [sample for sample in samples if type(sample) is view]
