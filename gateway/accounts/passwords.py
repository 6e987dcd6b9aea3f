"""Changing the password: the form and what becomes of it, the same at both doors (W06, W09)."""

from collections.abc import Sequence

from litestar.response import Redirect

from contracts.identity import Audience, ChangePassword, LoggedIn, PasswordChanged
from gateway.accounts.doors import session_cookies
from gateway.accounts.views import PasswordForm
from gateway.web.forms import Done, Form, Sent, judged, see_other, submit
from gateway.web.site import Site
from gateway.web.texts.languages import N_
from gateway.web.view import Html
from gateway.web.visitors.clerk import Clerk
from gateway.web.visitors.customer import Customer
from gateway.web.visitors.sessions import open_session
from gateway.web.visitors.visit import START, Visit
from services.identity.profile import Credentials

CHANGED = N_("Hasło jest zmienione")
USE_IT_NEXT_TIME = N_("Przy następnym logowaniu użyj nowego hasła. Identyfikator pozostaje bez zmian.")
CLERK_USES_IT_NEXT_TIME = N_("Przy następnym logowaniu użyj nowego hasła. Login pozostaje bez zmian.")
NOT_REPEATED = N_("Wpisz nowe hasło jeszcze raz.")
TYPED_DIFFERENTLY = N_("Oba nowe hasła muszą być takie same. Wpisz nowe hasło jeszcze raz w obu polach.")


async def change(site: Site, visit: Visit, who: Customer | Clerk, sent: Sent) -> Html[PasswordForm] | Redirect:
    """Let identity change the password, and go on in a new session: every older one has ended."""
    form = Form.sent(sent)
    if form.looked_at:
        return site.page(visit, shown_form(site, visit, who, form))
    outcome: Done | Form
    own = _own_errors(form)
    request = ChangePassword(
        account_id=who.account_id,
        old_password=form.values.get("old_password", "") if _asks_old(site, who) else "",
        new_password=form.values.get("new_password", ""),
        check_only=bool(own),
    )
    if own:
        outcome = await judged(site, visit, form, request, own)
    else:
        outcome = await submit(site, visit, form, request, once=False)
    if isinstance(outcome, Form):
        return site.page(visit, shown_form(site, visit, who, outcome), status=outcome.status)
    changed = outcome.event(PasswordChanged)
    audience: Audience = "customer" if isinstance(who, Customer) else "office"
    token = await open_session(site.pool, _same_person(who, audience, changed), visit.now)
    said = site.say(visit, "success", CHANGED, USE_IT_NEXT_TIME if audience == "customer" else CLERK_USES_IT_NEXT_TIME)
    redirect = see_other(START[audience], said)
    for cookie in session_cookies(site, audience, token):
        redirect.set_cookie(cookie)
    return redirect


def _own_errors(form: Form) -> dict[str, str]:
    """What the page itself sees: whether the new password was typed twice, and alike."""
    new, again = form.values.get("new_password", ""), form.values.get("new_password_again", "")
    if new == again:
        return {}
    return {"new_password_again": TYPED_DIFFERENTLY if again else NOT_REPEATED}


def _asks_old(site: Site, who: Customer | Clerk) -> bool:
    return not who.must_change_password or site.profile.of(Credentials).temporary_password_again


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
    _ = visit.translate
    rules = [_(N_("Co najmniej %(number)s znaków.")) % {"number": policy.min_length}]
    if policy.letter:
        rules.append(_(N_("Co najmniej jedna litera.")))
    if policy.digit:
        rules.append(_(N_("Co najmniej jedna cyfra.")))
    if policy.blocklist:
        rules.append(_(N_("Nie może to być hasło, które łatwo zgadnąć.")))
    return rules


def shown_form(site: Site, visit: Visit, who: Customer | Clerk, form: Form) -> PasswordForm:
    """The form for whoever changes the password; at both doors it is sent to its own page."""
    return PasswordForm(
        action=visit.path,
        form=form,
        forced=who.must_change_password,
        asks_old=_asks_old(site, who),
        policy=_policy(site, visit),
        identifier=who.identifier,
    )
