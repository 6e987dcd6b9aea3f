"""Recognising who asks: from a request to the visit, and to the customer or the clerk whom a page is for."""

import re
import time
from typing import Any
from urllib.parse import quote

import structlog
from litestar import Request
from litestar.datastructures import Cookie
from structlog.contextvars import bind_contextvars

from contracts.identity import Audience
from gateway.rights import RIGHT, Right
from gateway.web.site import Site
from gateway.web.texts.languages import preferred
from gateway.web.visitors import cookies, form_tokens
from gateway.web.visitors.clerk import Clerk
from gateway.web.visitors.customer import Customer
from gateway.web.visitors.scoped import ScopedConnection
from gateway.web.visitors.sessions import find_session
from gateway.web.visitors.visit import (
    LOGIN_PAGES,
    PASSWORD_PAGES,
    LoginNeeded,
    PasswordChangeNeeded,
    RightNeeded,
    Visit,
)
from services.chassis.ids import new_id
from services.chassis.profile.languages import Languages

log = structlog.get_logger()

_REQUEST_ID = re.compile(r"^[\w-]{8,64}$")


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
    path = request.scope["path"]  # `request.url` would be put together only to be taken apart
    audience = door(path)
    sent = cookies.cookies_of(request.scope)
    wanted = sent.get(cookies.LANGUAGE, [""])[-1]
    session_token, csrf_token = _tokens(site, audience, sent)
    languages = site.profile.of(Languages)
    visit = Visit(
        request_id=request_id,
        path=path,
        lang=wanted if wanted in languages.offered else _preferred(request, languages),
        csrf_token=csrf_token,
        session_token=session_token,
        now=site.clock(),
        started=time.perf_counter(),
    )
    if not visit.csrf_token:
        visit.csrf_token = form_tokens.new_token(site.settings.secret, visit.session_token)
        visit.cookies.append(form_cookie(site, audience, visit.csrf_token))
    request.scope["state"]["visit"] = visit
    return visit


def _preferred(request: Request[Any, Any, Any], languages: Languages) -> str:
    """What the browser asks for, until the person chooses."""
    return preferred(request.headers.get("accept-language", ""), languages.offered, languages.default)


def _tokens(site: Site, audience: Audience, sent: cookies.Sent) -> tuple[str, str]:
    """The tokens of the session and of its forms: those that are signed together; none of forms where none fits."""
    sessions = sent.get(site.cookie(cookies.SESSION[audience]), [""])
    forms = sent.get(site.cookie(cookies.FORM[audience]), [])
    for session in reversed(sessions):
        for form in reversed(forms):
            if form_tokens.is_ours(form, site.settings.secret, session):
                return session, form
    return sessions[-1], ""


def form_cookie(site: Site, audience: Audience, token: str) -> Cookie:
    """The cookie that carries the token of forms."""
    name = site.cookie(cookies.FORM[audience])
    return Cookie(name, value=token, httponly=True, samesite="lax", secure=site.secure)


async def provide_visit(request: Request[Any, Any, Any], site: Site) -> Visit:
    """The visit with whoever the session's cookie stands for."""
    visit = anonymous_visit(request, site)
    audience = door(visit.path)
    if not visit.session_token:
        return visit
    visit.connection = ScopedConnection(site.pools.of(audience))
    session = await find_session(visit.connection, visit.session_token, audience, visit.now)
    if session is not None and audience == "customer":
        visit.customer = Customer(session, visit.connection)
    elif session is not None:
        visit.clerk = Clerk(session, visit.connection)
    return visit


async def provide_customer(visit: Visit) -> Customer:
    """The customer, for pages that need one; redirects others to the login page."""
    if visit.customer is None:
        raise LoginNeeded("customer", visit.path)
    if visit.customer.must_change_password and visit.path != PASSWORD_PAGES["customer"]:
        raise PasswordChangeNeeded("customer")
    return visit.customer


async def provide_clerk(request: Request[Any, Any, Any], visit: Visit) -> Clerk:
    """The clerk, for pages of the office; redirects others to the office's login page.

    Refuses a clerk without the right that the list of pages asks for, and every clerk where it asks for none.
    """
    clerk = visit.clerk
    if clerk is None:
        raise LoginNeeded("office", visit.path)
    if clerk.must_change_password and visit.path != PASSWORD_PAGES["office"]:
        raise PasswordChangeNeeded("office")
    right: Right | None = request.route_handler.opt.get(RIGHT)
    if right is None or not clerk.may(right):
        log.warning("page.refused", path=visit.path, right=right, clerk_id=str(clerk.account_id))
        await clerk.note("page.refused", None, now=visit.now, correlation_id=visit.request_id)
        raise RightNeeded
    return clerk


def login_href(needed: LoginNeeded) -> str:
    """Where to log in, and to come back from."""
    return f"{LOGIN_PAGES[needed.audience]}?next={quote(needed.back)}"
