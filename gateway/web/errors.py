"""What a person sees when the page asked for cannot be shown."""

from dataclasses import dataclass
from typing import Any, Literal

import structlog
from litestar import Request
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from litestar.status_codes import HTTP_429_TOO_MANY_REQUESTS, HTTP_503_SERVICE_UNAVAILABLE
from litestar.types import Scope

from gateway.web.arrival import Cause, NotOurForm
from gateway.web.forms import Sent, see_other
from gateway.web.page import page_at
from gateway.web.recognition import anonymous_visit, came_from, login_href, provide_visit
from gateway.web.site import Site
from gateway.web.texts.languages import N_
from gateway.web.view import Html, View
from gateway.web.visitors.paths import door, local_path
from gateway.web.visitors.visit import (
    LOGIN_PAGES,
    LOGOUT_PAGES,
    START,
    LoginNeeded,
    PasswordChangeNeeded,
    RightNeeded,
    Visit,
)
from services.chassis.storage.database import is_away

log = structlog.get_logger()

LOGGED_OUT = N_("Wylogowano. Do zobaczenia.")


@dataclass(frozen=True)
class ErrorPage(View):
    """Every error, by its HTTP `status`; `retry_seconds` says how long to wait (429).

    In the `office` nothing is said that is for customers.
    `kept` is what was typed into a form that could not be looked at; it can be sent again to `action`, by `method`.
    """

    template = "errors/page.html"

    status: int
    retry_seconds: str | None
    office: bool
    kept: Sent
    action: str
    method: Literal["get", "post"] = "post"


@dataclass(frozen=True)
class NoRight(View):
    """A clerk came to a page that needs a right which none of the clerk's roles gives."""

    template = "errors/no_right.html"


@dataclass(frozen=True)
class OutdatedForm(View):
    """A form that is not of a page of this visit, and `why`; in the `office` words are a clerk's.

    `page_href` is the page that it stood on, empty when the browser does not say.
    """

    template = "errors/outdated_form.html"

    office: bool
    page_href: str
    why: Cause


def go_to_login(_: Request[Any, Any, Any], error: LoginNeeded) -> Redirect:
    """To the login page of the door, and back afterwards."""
    return Redirect(login_href(error), status_code=303, cookies=error.cookies)


def go_to_password(_: Request[Any, Any, Any], error: PasswordChangeNeeded) -> Redirect:
    """To the page that replaces the temporary password."""
    return Redirect(error.page, status_code=303)


def no_right(site: Site, request: Request[Any, Any, Any], _: RightNeeded) -> Html[NoRight]:
    """The page for a clerk who may not see the one asked for."""
    return site.page(anonymous_visit(request, site), NoRight(), status=403)


def outdated_form(site: Site, request: Request[Any, Any, Any], error: NotOurForm) -> Html[OutdatedForm] | Redirect:
    """The page for somebody whose form did not come from a page of this session.

    Whoever has meanwhile come in, or gone out, in another tab is where that form would have led, and is sent on there.
    """
    visit = anonymous_visit(request, site)
    if reached := _reached(request, visit):
        left = visit.path == LOGOUT_PAGES[door(visit.path)]
        return see_other(reached, site.say(visit, "info", LOGGED_OUT) if left else None)
    log.info("form.refused", path=visit.path, why=error.why)
    return site.page(visit, OutdatedForm(door(visit.path) == "office", came_from(request), error.why), status=403)


def _reached(request: Request[Any, Any, Any], visit: Visit) -> str:
    """Where the form leads when what it wanted is so already, else nothing.

    The cookie is believed: where its session is over, the page that follows asks for a login.
    """
    audience = door(visit.path)
    if visit.path == LOGIN_PAGES[audience] and visit.session_token:
        return local_path(_sent(request).get("next", ""), START[audience])
    if visit.path == LOGOUT_PAGES[audience] and not visit.session_token:
        return LOGIN_PAGES[audience]
    return ""


async def recognise(site: Site, error: Exception, scope: Scope) -> None:
    """Recognise whoever is shown an error page, so that it has their header and menu.

    Not where too many requests come, or the database may be what failed: that page must cost nothing.
    """
    status = error.status_code if isinstance(error, HTTPException) else 500
    if not isinstance(error, NotOurForm) and (status >= 500 or status == HTTP_429_TOO_MANY_REQUESTS):
        return
    request: Request[Any, Any, Any] = Request(scope)
    if anonymous_visit(request, site).connection is None:
        try:
            await provide_visit(request, site)
        except Exception as fault:
            log.warning("page.not_recognised", path=request.url.path, error=type(fault).__name__)


def not_allowed(site: Site, request: Request[Any, Any, Any], error: HTTPException) -> Html[ErrorPage] | Redirect:
    """To the page of a form, for whoever opens the address that the form was sent to: a bookmark, or a page anew."""
    if request.method in {"GET", "HEAD"}:
        return see_other(page_at(site.pages, request.scope["path"]))
    return error_page(site, request, error)


def error_page(site: Site, request: Request[Any, Any, Any], error: HTTPException) -> Html[ErrorPage]:
    """The page of an error that has an HTTP status."""
    visit = anonymous_visit(request, site)
    wait = (error.headers or {}).get("RateLimit-Reset")
    kept = _kept(request) if error.status_code == HTTP_503_SERVICE_UNAVAILABLE else {}
    method: Literal["get", "post"] = "post" if request.method == "POST" else "get"
    shown = ErrorPage(error.status_code, wait, door(visit.path) == "office", kept, visit.path, method)
    page = site.page(visit, shown, status=error.status_code)
    if wait:
        page.headers["retry-after"] = wait
    if allowed := (error.headers or {}).get("allow"):
        page.headers["allow"] = allowed
    return page


def fault_page(site: Site, request: Request[Any, Any, Any], error: Exception) -> Html[ErrorPage]:
    """The page of a fault: 503 while the database is away, else 500; the log has the reason."""
    anonymous_visit(request, site)  # so that the lines below carry the number that the page shows
    if is_away(error):
        log.warning("page.database_away", path=request.url.path, error=type(error).__name__)
        return error_page(site, request, HTTPException(status_code=503))
    log.error("page.failed", path=request.url.path, exc_info=error)
    return error_page(site, request, HTTPException(status_code=500))


def _kept(request: Request[Any, Any, Any]) -> Sent:
    """What was typed, to be sent again; nothing where there was a password, which no page ever repeats."""
    sent = _sent(request)
    return {} if any("password" in name for name in sent) else sent


def _sent(request: Request[Any, Any, Any]) -> Sent:
    """The fields of the form, as far as it was read."""
    sent: Sent = request.scope["state"].get("sent", {})
    return sent
