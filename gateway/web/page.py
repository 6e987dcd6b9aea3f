"""What the list of pages says of each page: its function, its door, the right it needs, and its place in the menu."""

import re
from collections.abc import Iterable, Sequence
from copy import copy
from dataclasses import dataclass

from litestar.handlers import HTTPRouteHandler

from gateway.rights import RIGHT, Right
from gateway.web.view import Link
from gateway.web.visitors.visit import Visit


@dataclass(frozen=True)
class MenuEntry:
    """A page's entry in the main menu of its door; `label` is a Polish text marked with `N_`.

    The entry is current on its page, and on the pages below that one unless `below` is False. `counted`: beside it
    stands how many things wait for somebody with the page's right (the view `office_waiting`).
    """

    label: str
    below: bool = True
    counted: bool = False

    def is_current(self, own: str, path: str) -> bool:
        """Whether the entry of the page at `own` is current while the page at `path` is open."""
        return path == own or (self.below and path.startswith(f"{own}/"))


@dataclass(frozen=True)
class PublicPage:
    """A page for everybody. Its menu entry stands in the customers' menu."""

    function: HTTPRouteHandler
    menu: MenuEntry | None = None


@dataclass(frozen=True)
class CustomerPage:
    """A page for customers who are logged in; its function asks for `customer`."""

    function: HTTPRouteHandler
    menu: MenuEntry | None = None


@dataclass(frozen=True)
class OfficePage:
    """A page for clerks who have the right; its function asks for `clerk`, its path begins with `/office`."""

    function: HTTPRouteHandler
    right: Right
    menu: MenuEntry | None = None


Page = PublicPage | CustomerPage | OfficePage


def routes(pages: Iterable[Page]) -> list[HTTPRouteHandler]:
    """The functions of `pages`, each with the right that it needs."""
    made = []
    for page in pages:
        function = page.function
        if isinstance(page, OfficePage):
            function = copy(function)  # the list decides, not the function
            function.opt = {**function.opt, RIGHT: page.right}
        made.append(function)
    return made


_PARAMETER = re.compile(r"\{\w+:(\w+)\}")
_PATTERNS = {"uuid": "[0-9A-Fa-f-]{36}", "str": "[^/]+", "path": ".+"}


def page_at(pages: Iterable[Page], path: str) -> str:
    """`path`, or where only forms are sent to it (as to `…/reject`), the address above it at which there is a page."""
    shown = [page.function for page in pages if "GET" in page.function.http_methods]
    patterns = [
        re.compile(_PARAMETER.sub(lambda parameter: _PATTERNS[parameter[1]], one))
        for function in shown
        for one in function.paths
    ]
    while not any(pattern.fullmatch(path) for pattern in patterns) and path != "/":
        path = path.rpartition("/")[0] or "/"
    return path


def menu(pages: Iterable[Page], visit: Visit) -> Sequence[Link]:
    """The main menu for whoever is logged in, in the order of the list: what they may not see is not in it."""
    return [
        Link(path, visit.translate(entry.label), entry.is_current(path, visit.path), _count(page, visit))
        for page in pages
        if (entry := page.menu) and _is_in_menu(page, visit)
        for path in page.function.paths
    ]


def _count(page: Page, visit: Visit) -> int | None:
    if visit.clerk is None or not isinstance(page, OfficePage) or not page.menu or not page.menu.counted:
        return None
    return visit.clerk.waiting(page.right) or None


def _is_in_menu(page: Page, visit: Visit) -> bool:
    if visit.customer is not None:
        return not isinstance(page, OfficePage) and not visit.customer.must_change_password
    if visit.clerk is not None:
        return isinstance(page, OfficePage) and visit.clerk.may(page.right) and not visit.clerk.must_change_password
    return False
