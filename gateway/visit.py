"""One request of one person: who it is, in which language, and the id that follows what it causes."""

import math
import re
import time
from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from urllib.parse import quote

from litestar import Request
from litestar.datastructures import Cookie
from litestar.utils.scope.state import ScopeState
from structlog.contextvars import bind_contextvars

from contracts.identity import Audience
from gateway.clerk import Clerk
from gateway.customer import Customer
from gateway.sessions import find_session
from gateway.site import Site
from services.chassis.ids import new_id

SESSION_COOKIES: dict[Audience, str] = {"customer": "ebok", "office": "ebok_office"}
PASSWORD_PAGES: dict[Audience, str] = {"customer": "/password", "office": "/office/password"}
LANGUAGE_COOKIE = "ebok_language"

_REQUEST_ID = re.compile(r"^[\w-]{8,64}$")


class LoginNeeded(Exception):
    """The page is for people who are logged in; `back` is where they wanted to go."""

    def __init__(self, audience: Audience, back: str) -> None:
        super().__init__(audience)
        self.audience = audience
        self.back = back


class PasswordChangeNeeded(Exception):
    """The temporary password must be replaced first (W06)."""

    def __init__(self, audience: Audience) -> None:
        super().__init__(audience)
        self.page = PASSWORD_PAGES[audience]


@dataclass(slots=True)
class Visit:
    """What every page knows about its request. `request_id` is the correlation id of everything that it causes."""

    request_id: str
    path: str
    lang: str
    csrf_token: str
    now: datetime
    started: float
    customer: Customer | None = None
    clerk: Clerk | None = None
    cookies: list[Cookie] = field(default_factory=list)

    @property
    def milliseconds(self) -> int:
        """How long the page has taken so far, counted in begun milliseconds."""
        return math.ceil((time.perf_counter() - self.started) * 1000)


def door(path: str) -> Audience:
    """Which door a path belongs to."""
    return "office" if path == "/office" or path.startswith("/office/") else "customer"


def anonymous_visit(request: Request[Any, Any, Any], site: Site) -> Visit:
    """The visit before anybody is recognised; also what error pages fall back on. Made once for a request."""
    known: Visit | None = request.scope["state"].get("visit")
    if known is not None:
        return known
    given = request.headers.get("x-request-id", "")
    request_id = given if _REQUEST_ID.match(given) else str(new_id())
    bind_contextvars(correlation_id=request_id)
    wanted = request.cookies.get(LANGUAGE_COOKIE, "")
    languages = site.profile.languages
    visit = Visit(
        request_id=request_id,
        path=request.scope["path"],  # `request.url` would be put together only to be taken apart
        lang=wanted if wanted in languages.offered else languages.default,
        csrf_token=str(ScopeState.from_scope(request.scope).csrf_token or ""),
        now=site.clock(),
        started=time.perf_counter(),
    )
    request.scope["state"]["visit"] = visit
    return visit


async def provide_visit(request: Request[Any, Any, Any], site: Site) -> Visit:
    """The visit with whoever the session's cookie stands for."""
    visit = anonymous_visit(request, site)
    audience = door(visit.path)
    token = request.cookies.get(SESSION_COOKIES[audience])
    session = await find_session(site.pool, token, audience, visit.now) if token else None
    if session is not None and audience == "customer":
        visit.customer = Customer(session, site.pool)
    elif session is not None:
        visit.clerk = Clerk(session, site.pool)
    return visit


async def provide_customer(visit: Visit) -> Customer:
    """The customer, for pages that need one; redirects others to the login page."""
    if visit.customer is None:
        raise LoginNeeded("customer", visit.path)
    if visit.customer.must_change_password and visit.path != PASSWORD_PAGES["customer"]:
        raise PasswordChangeNeeded("customer")
    return visit.customer


async def provide_clerk(visit: Visit) -> Clerk:
    """The clerk, for pages of the office; redirects others to the office's login page."""
    if visit.clerk is None:
        raise LoginNeeded("office", visit.path)
    if visit.clerk.must_change_password and visit.path != PASSWORD_PAGES["office"]:
        raise PasswordChangeNeeded("office")
    return visit.clerk


def login_href(needed: LoginNeeded) -> str:
    """Where to log in, and to come back from."""
    page = "/office/login" if needed.audience == "office" else "/login"
    return f"{page}?next={quote(needed.back)}"
