"""Logging in and out, at both doors (W05, W06, W08)."""

from dataclasses import replace
from typing import Any

from litestar import Request, get, post
from litestar.response import Redirect

from contracts.identity import Audience, LoggedIn, LogIn
from gateway.accounts.doors import no_session_cookie, session_cookies
from gateway.accounts.known_browser import remembered, tried_from
from gateway.accounts.views import Attempt, Login, OfficeLogin
from gateway.web.errors import LOGGED_OUT
from gateway.web.forms import Form, Sent, see_other, submit
from gateway.web.limits import LIMIT, address_of
from gateway.web.site import Site
from gateway.web.texts.languages import N_
from gateway.web.view import Html
from gateway.web.visitors.cookies import LANGUAGE, cookies_of
from gateway.web.visitors.paths import local_path
from gateway.web.visitors.sessions import end_session, open_session
from gateway.web.visitors.visit import LOGIN_PAGES, PASSWORD_PAGES, START, Visit
from services.identity.profile import Credentials, Registration

NO_IDENTIFIER = N_("Wpisz identyfikator. Jest w wiadomości, którą przysłaliśmy.")
NO_LOGIN = N_("Wpisz login.")
NO_PASSWORD = N_("Wpisz hasło.")
WRONG_AT_OFFICE = N_("Login lub hasło są nieprawidłowe.")


@get("/login")
async def login_form(site: Site, visit: Visit, next: str = "") -> Html[Login] | Redirect:
    """The customers' login page; whoever is logged in goes on."""
    if visit.customer is not None:
        return see_other(local_path(next, START["customer"]))
    return site.page(visit, login(site, Form({"next": next})))


@post("/login", status_code=200, opt={LIMIT: "login"})
async def log_in(site: Site, visit: Visit, request: Request[Any, Any, Any], sent: Sent) -> Html[Login] | Redirect:
    """Open a session for a customer."""
    outcome = await _log_in(site, visit, request, "customer", Form.sent(sent))
    if isinstance(outcome, Form):
        return site.page(visit, login(site, outcome), status=outcome.status)
    return outcome


@post("/logout", status_code=303)
async def log_out(site: Site, visit: Visit) -> Redirect:
    """End the customer's session."""
    return await _log_out(site, visit, "customer")


@get("/office/login")
async def office_login_form(site: Site, visit: Visit, next: str = "") -> Html[OfficeLogin] | Redirect:
    """The clerks' login page; whoever is logged in goes on."""
    if visit.clerk is not None:
        return see_other(local_path(next, START["office"]))
    return site.page(visit, office_login(site, visit, Form({"next": next})))


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


def login(site: Site, form: Form) -> Login:
    """The customers' login."""
    return Login(
        attempt=_attempt(site, form),
        registration_open=site.profile.of(Registration).variant == "form",
        phones=site.profile.utility.registration_phones,
    )


def office_login(site: Site, visit: Visit, form: Form) -> OfficeLogin:
    """The clerks' login, with words of its own."""
    if form.code == _WRONG:
        form = replace(form, errors={"": visit.translate(WRONG_AT_OFFICE)})
    return OfficeLogin(_attempt(site, form))


_WRONG = "wrong_credentials"


def _attempt(site: Site, form: Form) -> Attempt:
    return Attempt(
        form=form,
        next=local_path(form.values.get("next", ""), ""),
        wait_seconds=site.profile.of(Credentials).login_delay_seconds if form.code == _WRONG else 0,
    )


async def _log_in(
    site: Site, visit: Visit, request: Request[Any, Any, Any], audience: Audience, form: Form
) -> Redirect | Form:
    if form.looked_at:
        return form
    identifier, cookies = form.value("identifier"), cookies_of(request.scope)
    missing = {}
    if not identifier:
        missing["identifier"] = NO_IDENTIFIER if audience == "customer" else NO_LOGIN
    if not form.values.get("password"):
        missing["password"] = NO_PASSWORD
    if missing:
        return form.wrong(visit, missing)
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
    redirect = see_other(LOGIN_PAGES[audience], site.say(visit, "info", LOGGED_OUT))
    redirect.set_cookie(no_session_cookie(site, audience))
    return redirect
