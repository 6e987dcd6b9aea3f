"""Recognising who asks: from a request to the visit, and to the customer or the clerk whom a page is for."""

import re
import time
from collections.abc import Mapping
from datetime import timedelta
from typing import Any
from urllib.parse import quote, unquote

import structlog
from litestar import Request
from litestar.datastructures import Cookie
from structlog.contextvars import bind_contextvars

from contracts.identity import Audience
from gateway.profile import Sessions
from gateway.rights import RIGHT, Right
from gateway.web.page import Page, page_at
from gateway.web.site import Site
from gateway.web.texts.languages import N_, preferred
from gateway.web.typed import in_address
from gateway.web.visitors import cookies, form_tokens
from gateway.web.visitors.clerk import Clerk
from gateway.web.visitors.customer import Customer
from gateway.web.visitors.paths import door, local_path
from gateway.web.visitors.scoped import ScopedConnection
from gateway.web.visitors.sessions import LONGEST, Ended, Why, ended_session, find_session
from gateway.web.visitors.visit import (
    LOGIN_PAGES,
    PASSWORD_PAGES,
    START,
    LoginNeeded,
    PasswordChangeNeeded,
    RightNeeded,
    Visit,
)
from services.chassis.ids import new_id
from services.chassis.profile.languages import Languages

log = structlog.get_logger()

_REQUEST_ID = re.compile(r"^[\w-]{8,64}$")
_PATH = re.compile(r"https?://[^/#]*(/[^#]*).*")
"""Of an address, whatever its site: the path is only ever used as one of ours."""

ENDED: dict[Why, str] = {
    "idle": N_("Wylogowaliśmy Cię po %(minutes)s minutach bez działania"),
    "long": N_("Wylogowaliśmy Cię po %(hours)s godzinach"),
    "changed": N_("Wylogowaliśmy Cię, bo zmieniło się hasło do tego konta"),
}
BACK_AND_KEPT = N_("Zaloguj się, a wrócisz do strony „%(page)s”. To, co było wpisane, jest zachowane.")
BACK = N_("Zaloguj się, a wrócisz do strony „%(page)s”.")
KEPT = N_("Zaloguj się, a wrócisz do swojej strony. To, co było wpisane, jest zachowane.")
AGAIN = N_("Zaloguj się jeszcze raz.")


def anonymous_visit(request: Request[Any, Any, Any], site: Site) -> Visit:
    """The visit before anybody is recognised; also what error pages fall back on. Made once for a request."""
    known: Visit | None = request.scope["state"].get("visit")
    if known is not None:
        return known
    headers = request.headers  # made anew each time that it is asked for
    given = headers.get("x-request-id", "")
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
        lang=wanted if wanted in languages.offered else _preferred(headers, languages),
        csrf_token=csrf_token,
        session_token=session_token,
        said=sent.get(site.cookie(cookies.SAID[audience]), [""])[-1],
        typed=sent.get(site.cookie(cookies.TYPED), [""])[-1],
        now=site.clock(),
        started=time.perf_counter(),
    )
    if not visit.csrf_token:
        visit.csrf_token = form_tokens.new_token(site.settings.secret, visit.session_token)
        visit.cookies.append(form_cookie(site, audience, visit.csrf_token))
    request.scope["state"]["visit"] = visit
    return visit


def _preferred(headers: Mapping[str, str], languages: Languages) -> str:
    """What the browser asks for, until the person chooses."""
    return preferred(headers.get("accept-language", ""), languages.offered, languages.default)


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
    session = await find_session(visit.connection, visit.session_token, audience, visit.now, _idle(site))
    if session is not None and audience == "customer":
        visit.customer = Customer(session, visit.connection)
    elif session is not None:
        visit.clerk = Clerk(session, visit.connection)
    return visit


async def provide_customer(request: Request[Any, Any, Any], site: Site, visit: Visit) -> Customer:
    """The customer, for pages that need one; redirects others to the login page."""
    if visit.customer is None:
        raise await _login_needed(request, site, visit, "customer")
    if visit.customer.must_change_password and visit.path != PASSWORD_PAGES["customer"]:
        raise PasswordChangeNeeded("customer")
    return visit.customer


async def provide_clerk(request: Request[Any, Any, Any], site: Site, visit: Visit) -> Clerk:
    """The clerk, for pages of the office; redirects others to the office's login page.

    Refuses a clerk without the right that the list of pages asks for, and every clerk where it asks for none.
    """
    clerk = visit.clerk
    if clerk is None:
        raise await _login_needed(request, site, visit, "office")
    if clerk.must_change_password and visit.path != PASSWORD_PAGES["office"]:
        raise PasswordChangeNeeded("office")
    right: Right | None = request.route_handler.opt.get(RIGHT)
    if right is None or not clerk.may(right):
        log.warning("page.refused", path=visit.path, right=right, clerk_id=str(clerk.account_id))
        await clerk.note("page.refused", None, now=visit.now, correlation_id=visit.request_id)
        raise RightNeeded
    return clerk


LONGEST_BACK = 500
"""Characters of the longest address that somebody comes back to: a form's field holds twice as many."""


def came_from(request: Request[Any, Any, Any]) -> str:
    """The path of the page that a form stood on; empty when the browser does not say."""
    found = _PATH.fullmatch(request.headers.get("referer", ""))
    return local_path(found[1], "") if found else ""


async def _login_needed(request: Request[Any, Any, Any], site: Site, visit: Visit, audience: Audience) -> LoginNeeded:
    """Where to come back to after the login: the page asked for, or the page of the form that was sent.

    Whoever was logged in is told what ended that, and what was typed is kept.
    """
    back = visit.path
    if request.method == "POST":
        back = page_at(site.pages, unquote(came_from(request).partition("?")[0]) or visit.path)
    ended = None
    if visit.session_token and visit.connection is not None:
        ended = await ended_session(visit.connection, visit.session_token, audience, visit.now, _idle(site))
    if ended is None:
        return LoginNeeded(audience, back)
    sent = request.scope["state"].get("sent", {}) if request.method == "POST" else in_address(request)
    kept = site.keep_typed(visit, ended.account_id, back, sent)
    return LoginNeeded(audience, back, [_why(site, visit, ended, back, kept=bool(kept)), *kept])


def _why(site: Site, visit: Visit, ended: Ended, back: str, *, kept: bool) -> Cookie:
    page = next((one.menu.label for one in site.pages if one.menu and one.menu.is_current(_path(one), back)), "")
    words = BACK_AND_KEPT if page and kept else BACK if page else KEPT if kept else AGAIN
    values = {
        "minutes": site.profile.of(Sessions).idle_minutes,
        "hours": LONGEST // timedelta(hours=1),
        "page": visit.translate(page),
    }
    return site.say(visit, "info", ENDED[ended.why], words, **values)


def _path(page: Page) -> str:
    return next(iter(page.function.paths))


def _idle(site: Site) -> timedelta:
    return timedelta(minutes=site.profile.of(Sessions).idle_minutes)


def login_href(needed: LoginNeeded) -> str:
    """Where to log in, and to come back from; from an address that no page of ours has, to the start."""
    back = needed.back if len(needed.back) <= LONGEST_BACK else START[needed.audience]
    return f"{LOGIN_PAGES[needed.audience]}?next={quote(back)}"
