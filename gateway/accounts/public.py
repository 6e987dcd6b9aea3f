"""Logging in and out, at both doors (W05, W06, W08)."""

from typing import Any

from litestar import Request, get, post
from litestar.response import Redirect

from contracts.identity import Audience, LoggedIn, LogIn
from gateway.accounts.doors import no_session_cookie, session_cookies
from gateway.accounts.known_browser import remembered, tried_from
from gateway.accounts.views import Attempt, Login, OfficeLogin
from gateway.web.forms import Form, Sent, local_path, see_other, submit
from gateway.web.limits import LIMIT, address_of
from gateway.web.site import Site
from gateway.web.texts.languages import N_
from gateway.web.view import Html
from gateway.web.visitors.cookies import LANGUAGE, cookies_of
from gateway.web.visitors.sessions import end_session, open_session
from gateway.web.visitors.visit import LOGIN_PAGES, PASSWORD_PAGES, START, Visit
from services.identity.profile import Credentials, Registration

LOGGED_OUT = N_("Wylogowano. Do zobaczenia.")
PASSWORD_CHANGED = N_("Hasło jest zmienione. Zaloguj się nowym hasłem.")
AWAY = N_("Logowanie chwilowo nie działa. Spróbuj jeszcze raz za kilka minut.")

_NOTICES = {"out": LOGGED_OUT, "password": PASSWORD_CHANGED}


@get("/login")
async def login_form(site: Site, visit: Visit, next: str = "", notice: str = "") -> Html[Login]:
    """The customers' login page."""
    return site.page(visit, login(site, visit, Form({"next": next}), _NOTICES.get(notice, "")))


@post("/login", status_code=200, opt={LIMIT: "login"})
async def log_in(site: Site, visit: Visit, request: Request[Any, Any, Any], sent: Sent) -> Html[Login] | Redirect:
    """Open a session for a customer."""
    outcome = await _log_in(site, visit, request, "customer", Form.sent(sent))
    if isinstance(outcome, Form):
        return site.page(visit, login(site, visit, outcome), status=outcome.status)
    return outcome


@post("/logout", status_code=303)
async def log_out(site: Site, visit: Visit) -> Redirect:
    """End the customer's session."""
    return await _log_out(site, visit, "customer")


@get("/office/login")
async def office_login_form(site: Site, visit: Visit, next: str = "", notice: str = "") -> Html[OfficeLogin]:
    """The clerks' login page."""
    return site.page(visit, office_login(site, visit, Form({"next": next}), _NOTICES.get(notice, "")))


@post("/office/login", status_code=200, opt={LIMIT: "login"})
async def office_log_in(
    site: Site, visit: Visit, request: Request[Any, Any, Any], sent: Sent
) -> Html[OfficeLogin] | Redirect:
    """Open a session for a clerk."""
    outcome = await _log_in(site, visit, request, "office", Form.sent(sent))
    if isinstance(outcome, Form):
        return site.page(visit, office_login(site, visit, outcome), status=outcome.status)
    return outcome


@post("/office/logout", status_code=303)
async def office_log_out(site: Site, visit: Visit) -> Redirect:
    """End the clerk's session."""
    return await _log_out(site, visit, "office")


def login(site: Site, visit: Visit, form: Form, notice: str = "") -> Login:
    """The customers' login; `notice` is a Polish text to say above it."""
    return Login(
        attempt=_attempt(site, visit, form, notice),
        registration_open=site.profile.of(Registration).variant == "form",
        phones=site.profile.utility.registration_phones,
    )


def office_login(site: Site, visit: Visit, form: Form, notice: str = "") -> OfficeLogin:
    """The clerks' login; `notice` is a Polish text to say above it."""
    return OfficeLogin(_attempt(site, visit, form, notice))


def _attempt(site: Site, visit: Visit, form: Form, notice: str) -> Attempt:
    wrong = form.code == "wrong_credentials"
    return Attempt(
        identifier=form.value("identifier"),
        next=local_path(form.values.get("next", ""), ""),
        wrong=wrong,
        wait_seconds=site.profile.of(Credentials).login_delay_seconds if wrong else 0,
        notice=" ".join(form.errors.values()) or visit.translate(AWAY if form.unavailable else notice),
    )


async def _log_in(
    site: Site, visit: Visit, request: Request[Any, Any, Any], audience: Audience, form: Form
) -> Redirect | Form:
    identifier, cookies = form.value("identifier"), cookies_of(request.scope)
    address = address_of(request, site.settings.client_address_header)
    attempt = LogIn(
        audience=audience,
        identifier=identifier,
        password=form.values.get("password", ""),
        tried_from=tried_from(site, audience, identifier, cookies, address),
        language=site.profile.language(visit.lang) if LANGUAGE in cookies else None,  # else nobody chose it
    )
    outcome = await submit(site, visit, form, attempt, once=False)
    if isinstance(outcome, Form):
        return outcome
    login = outcome.event(LoggedIn)
    token = await open_session(site.pool, login, visit.now, visit.session_token)
    wanted = local_path(form.values.get("next", ""), START[audience])
    redirect = see_other(PASSWORD_PAGES[audience] if login.must_change_password else wanted)
    for cookie in (*session_cookies(site, audience, token), remembered(site, audience, login.identifier)):
        redirect.set_cookie(cookie)
    return redirect


async def _log_out(site: Site, visit: Visit, audience: Audience) -> Redirect:
    if visit.session_token:
        await end_session(site.pool, visit.session_token)
    redirect = see_other(f"{LOGIN_PAGES[audience]}?notice=out")
    redirect.set_cookie(no_session_cookie(site, audience))
    return redirect
