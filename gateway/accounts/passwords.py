"""Changing the password: the form and what becomes of it, the same at both doors (W06, W09)."""

from collections.abc import Sequence

from litestar import Response
from litestar.response import Redirect

from contracts.identity import Audience, ChangePassword, LoggedIn, PasswordChanged
from contracts.reply import Rejected
from gateway.accounts.doors import session_cookie
from gateway.web.clerk import Clerk
from gateway.web.customer import Customer
from gateway.web.forms import errors_of, new_key, see_other
from gateway.web.languages import N_
from gateway.web.sessions import open_session
from gateway.web.site import Site
from gateway.web.visit import Visit
from services.chassis.errors import Unavailable
from services.identity.profile import Credentials

TYPED_DIFFERENTLY = N_("Oba nowe hasła muszą być takie same. Wpisz nowe hasło jeszcze raz w obu polach.")


async def change(site: Site, visit: Visit, who: Customer | Clerk, data: dict[str, str]) -> Response[str] | Redirect:
    """Let identity change the password, and go on in a new session: every older one has ended."""
    if data.get("new_password", "") != data.get("new_password_again", ""):
        errors = {"new_password_again": site.templates.translate(visit, TYPED_DIFFERENTLY)}
        return form(site, visit, who, errors=errors, status=422)
    request = ChangePassword(
        account_id=who.account_id,
        old_password=data.get("old_password", ""),
        new_password=data.get("new_password", ""),
    )
    try:
        reply = await site.ask(request, correlation_id=visit.request_id)
    except Unavailable:
        return form(site, visit, who, unavailable=True, status=503)
    if isinstance(reply, Rejected):
        return form(site, visit, who, errors=errors_of(reply), status=422)
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
    policy = site.profile.of(Credentials).password
    _ = site.templates.translate
    rules = [_(visit, N_("Co najmniej %(number)s znaków.")) % {"number": policy.min_length}]
    if policy.letter:
        rules.append(_(visit, N_("Co najmniej jedna litera.")))
    if policy.digit:
        rules.append(_(visit, N_("Co najmniej jedna cyfra.")))
    if policy.blocklist:
        rules.append(_(visit, N_("Nie może to być hasło, które łatwo zgadnąć.")))
    return rules


def form(
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
        "accounts/change_password.html",
        status=status,
        action=visit.path,
        forced=who.must_change_password,
        errors=errors or {},
        policy=_policy(site, visit),
        idempotency_key=new_key(),
        identifier=who.identifier,
        unavailable=unavailable,
    )
