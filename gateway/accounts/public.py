"""Logging in and out, at both doors (W05, W06, W08)."""

from typing import Any

from litestar import Request, Response, get, post
from litestar.response import Redirect

from contracts.identity import Audience, LoggedIn, LogIn
from contracts.reply import Rejected
from gateway.accounts.doors import PATHS, START, session_cookie
from gateway.web.forms import Form, field, local_path, see_other
from gateway.web.languages import N_
from gateway.web.limits import LIMIT
from gateway.web.sessions import end_session, open_session
from gateway.web.site import Site
from gateway.web.visit import PASSWORD_PAGES, SESSION_COOKIES, Visit
from services.chassis.errors import Unavailable
from services.identity.profile import Credentials, Registration

LOGGED_OUT = N_("Wylogowano. Do zobaczenia.")
PASSWORD_CHANGED = N_("Hasło jest zmienione. Zaloguj się nowym hasłem.")
AWAY = N_("Logowanie chwilowo nie działa. Spróbuj jeszcze raz za kilka minut.")

_NOTICES = {"out": LOGGED_OUT, "password": PASSWORD_CHANGED}


@get("/login")
async def login_form(site: Site, visit: Visit, next: str = "", notice: str = "") -> Response[str]:
    """The customers' login page."""
    return _form(site, visit, "customer", next=next, notice=_NOTICES.get(notice, ""))


@post("/login", status_code=200, opt={LIMIT: "login"})
async def log_in(site: Site, visit: Visit, request: Request[Any, Any, Any], data: Form) -> Response[str] | Redirect:
    """Open a session for a customer."""
    return await _log_in(site, visit, request, "customer", data)


@post("/logout", status_code=303)
async def log_out(site: Site, request: Request[Any, Any, Any]) -> Redirect:
    """End the customer's session."""
    return await _log_out(site, request, "customer", "/login?notice=out")


@get("/office/login")
async def office_login_form(site: Site, visit: Visit, next: str = "", notice: str = "") -> Response[str]:
    """The clerks' login page."""
    return _form(site, visit, "office", next=next, notice=_NOTICES.get(notice, ""))


@post("/office/login", status_code=200, opt={LIMIT: "login"})
async def office_log_in(
    site: Site, visit: Visit, request: Request[Any, Any, Any], data: Form
) -> Response[str] | Redirect:
    """Open a session for a clerk."""
    return await _log_in(site, visit, request, "office", data)


@post("/office/logout", status_code=303)
async def office_log_out(site: Site, request: Request[Any, Any, Any]) -> Redirect:
    """End the clerk's session."""
    return await _log_out(site, request, "office", "/office/login?notice=out")


async def _log_in(
    site: Site, visit: Visit, request: Request[Any, Any, Any], audience: Audience, data: dict[str, str]
) -> Response[str] | Redirect:
    attempt = LogIn(audience=audience, identifier=field(data, "identifier"), password=data.get("password", ""))
    wanted = data.get("next", "")
    try:
        reply = await site.ask(attempt, correlation_id=visit.request_id)
    except Unavailable:
        return _form(site, visit, audience, next=wanted, values=data, notice=AWAY, status=503)
    if isinstance(reply, Rejected) and reply.code != "wrong_credentials":
        reasons = " ".join(error.text for error in reply.errors)
        return _form(site, visit, audience, next=wanted, values=data, notice=reasons, status=422)
    if isinstance(reply, Rejected):
        return _form(site, visit, audience, next=wanted, values=data, wrong=True, status=422)
    login = next(event for event in reply if isinstance(event, LoggedIn))
    token = await open_session(site.pool, login, visit.now, request.cookies.get(SESSION_COOKIES[audience]))
    start = PASSWORD_PAGES[audience] if login.must_change_password else local_path(wanted, START[audience])
    redirect = see_other(start)
    redirect.set_cookie(session_cookie(site, audience, token))
    return redirect


async def _log_out(site: Site, request: Request[Any, Any, Any], audience: Audience, page: str) -> Redirect:
    token = request.cookies.get(SESSION_COOKIES[audience])
    if token:
        await end_session(site.pool, token)
    redirect = see_other(page)
    redirect.delete_cookie(SESSION_COOKIES[audience], path=PATHS[audience])
    return redirect


def _form(
    site: Site,
    visit: Visit,
    audience: Audience,
    *,
    next: str,
    values: dict[str, str] | None = None,
    wrong: bool = False,
    notice: str = "",
    status: int = 200,
) -> Response[str]:
    common = {
        "values": {"identifier": field(values or {}, "identifier")},
        "wrong": wrong,
        "wait_seconds": site.profile.of(Credentials).login_delay_seconds if wrong else 0,
        "next": local_path(next, ""),
        "notice_text": site.templates.translate(visit, notice) if notice else "",
    }
    if audience == "office":
        return site.templates.page(visit, "accounts/office_login.html", status=status, **common)
    return site.templates.page(
        visit,
        "accounts/login.html",
        status=status,
        registration_open=site.profile.of(Registration).variant == "form",
        phones=site.profile.utility.registration_phones,
        **common,
    )
