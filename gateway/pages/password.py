"""Changing the password, at both doors (W06, W09)."""

from collections.abc import Sequence

from litestar import Response, get, post
from litestar.response import Redirect

from contracts.identity import Audience, ChangePassword, LoggedIn, PasswordChanged
from contracts.reply import Rejected
from gateway.clerk import Clerk
from gateway.customer import Customer
from gateway.languages import N_
from gateway.pages.forms import Form, errors_of, new_key, see_other
from gateway.pages.login import session_cookie
from gateway.sessions import open_session
from gateway.site import Site
from gateway.visit import Visit
from services.chassis.errors import Unavailable

TYPED_DIFFERENTLY = N_("Oba nowe hasła muszą być takie same. Wpisz nowe hasło jeszcze raz w obu polach.")


@get("/password")
async def password_form(site: Site, visit: Visit, customer: Customer) -> Response[str]:
    """The customer's form; after the first login it is the only page."""
    return _form(site, visit, customer)


@post("/password", status_code=200)
async def change_password(site: Site, visit: Visit, customer: Customer, data: Form) -> Response[str] | Redirect:
    """Change the customer's password."""
    return await _change(site, visit, customer, data)


@get("/office/password")
async def office_password_form(site: Site, visit: Visit, clerk: Clerk) -> Response[str]:
    """The clerk's form."""
    return _form(site, visit, clerk)


@post("/office/password", status_code=200)
async def change_office_password(site: Site, visit: Visit, clerk: Clerk, data: Form) -> Response[str] | Redirect:
    """Change the clerk's password."""
    return await _change(site, visit, clerk, data)


async def _change(site: Site, visit: Visit, who: Customer | Clerk, data: dict[str, str]) -> Response[str] | Redirect:
    """Let identity change the password, and go on in a new session: every older one has ended."""
    if data.get("new_password", "") != data.get("new_password_again", ""):
        errors = {"new_password_again": site.templates.translate(visit, TYPED_DIFFERENTLY)}
        return _form(site, visit, who, errors=errors, status=422)
    request = ChangePassword(
        account_id=who.account_id,
        old_password=data.get("old_password", ""),
        new_password=data.get("new_password", ""),
    )
    try:
        reply = await site.ask(request, correlation_id=visit.request_id)
    except Unavailable:
        return _form(site, visit, who, unavailable=True, status=503)
    if isinstance(reply, Rejected):
        return _form(site, visit, who, errors=errors_of(reply), status=422)
    changed = next(event for event in reply if isinstance(event, PasswordChanged))
    audience: Audience = "customer" if isinstance(who, Customer) else "office"
    token = await open_session(site.pool, _same_person(who, audience, changed), visit.now)
    redirect = see_other("/bills?notice=password" if audience == "customer" else "/office")
    redirect.set_cookie(session_cookie(site, audience, token))
    return redirect


def _same_person(who: Customer | Clerk, audience: Audience, changed: PasswordChanged) -> LoggedIn:
    return LoggedIn(
        account_id=who.account_id,
        audience=audience,
        party_id=who.party_id if isinstance(who, Customer) else None,
        identifier=who.identifier,
        name=who.name,
        roles=() if isinstance(who, Customer) else who.roles,
        must_change_password=False,
        logged_in_at=changed.changed_at,
        version=changed.version,
    )


def _policy(site: Site, visit: Visit) -> Sequence[str]:
    policy = site.profile.credentials.password
    _ = site.templates.translate
    rules = [_(visit, N_("Co najmniej %(number)s znaków.")) % {"number": policy.min_length}]
    if policy.letter:
        rules.append(_(visit, N_("Co najmniej jedna litera.")))
    if policy.digit:
        rules.append(_(visit, N_("Co najmniej jedna cyfra.")))
    if policy.blocklist:
        rules.append(_(visit, N_("Nie może to być hasło, które łatwo zgadnąć.")))
    return rules


def _form(
    site: Site,
    visit: Visit,
    who: Customer | Clerk,
    *,
    errors: dict[str, str] | None = None,
    unavailable: bool = False,
    status: int = 200,
) -> Response[str]:
    return site.templates.page(
        visit,
        "identity/change_password.html",
        status=status,
        action=visit.path,
        forced=who.must_change_password,
        errors=errors or {},
        policy=_policy(site, visit),
        idempotency_key=new_key(),
        identifier=who.identifier,
        unavailable=unavailable,
    )
