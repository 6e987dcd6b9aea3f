"""Applications for an account, as clerks see and decide them (W04)."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Annotated, Literal
from uuid import UUID

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import Parameter, QueryParameter
from litestar.response import Redirect

from contracts.identity import DecideApplication, RejectionReason
from gateway.applications.queries import (
    PER_PAGE,
    Application,
    ApplicationState,
    Counts,
    Fit,
    Order,
    application,
    applications_page,
)
from gateway.applications.ready_reasons import LABELS, chosen, in_polish, suggested
from gateway.applications.views import ApplicationList, OneApplication
from gateway.web.forms import Form, Sent, see_other, submit
from gateway.web.site import Site
from gateway.web.texts.languages import N_
from gateway.web.view import Html, Link
from gateway.web.visitors.clerk import Action, Clerk
from gateway.web.visitors.visit import Visit
from services.correspondence.rejections import REJECTIONS

STATES: dict[ApplicationState, str] = {
    "waiting": N_("Czekające"),
    "accepted": N_("Przyjęte"),
    "rejected": N_("Odrzucone"),
}
FITS: dict[Fit, str] = {
    "agrees": N_("zgodne"),
    "differs": N_("z różnicami"),
    "nobody": N_("nie znaleziono odbiorcy"),
    "account": N_("konto już jest"),
}
EVERY_FIT = N_("wszystkie")
ORDERS: dict[Order, str] = {"oldest": N_("od najstarszych"), "newest": N_("od najnowszych")}
DONE = {
    "accepted": (N_("Wniosek przyjęty"), N_("Konto jest założone. Dane dostępowe są w drodze do klienta.")),
    "rejected": (N_("Wniosek odrzucony"), N_("Powód jest w drodze do wnioskującego.")),
}
NEXT = N_("Następny wniosek")

NOT_IN_SPITE = N_("Coś się nie zgadza. Zaznacz, że przyjmujesz wniosek mimo różnic, albo go odrzuć.")
NO_SUCH_REASON = N_("Wybierz powód z listy.")

OWN_WORDS = N_("Piszę własny powód")

_A_VERSION = re.compile(r"[0-9]{1,9}")

SEEN_NONE = 0
"""The version that is seen in a form without one: no application has it, so identity refuses the decision."""

MEANWHILE = frozenset({"already_decided", "changed_meanwhile"})
"""Refusals because another clerk was first: the page then shows how the application stands now."""


@get("/office/applications")
async def application_list(
    site: Site,
    visit: Visit,
    clerk: Clerk,
    wanted: Annotated[ApplicationState, QueryParameter(name="state")] = "waiting",
    fit: Fit | None = None,
    order: Order | None = None,
    page: Annotated[int, Parameter(ge=1, le=10_000)] = 1,
) -> Html[ApplicationList]:
    """Applications by state: those that wait longest first, of the decided ones the newest, or the other way round.

    Those that wait can be cut to one `fit`.
    """
    await clerk.note("applications.listed", None, now=visit.now, correlation_id=visit.request_id)
    listed = Listed(wanted, fit if wanted == "waiting" else None, order)
    found = await applications_page(clerk, wanted, listed.fit, listed.shown_order, page, visit.now)
    if page > 1 and not found.rows:
        raise NotFoundException
    counts = found.counts
    total = counts.waiting.get(listed.fit, 0) if listed.fit else counts.of_state.get(wanted, 0)
    shown = ApplicationList(
        applications=found.rows,
        waiting=wanted == "waiting",
        tabs=tabs(visit, listed, counts),
        fits=fits(visit, listed, counts) if wanted == "waiting" else (),
        orders=orders(visit, listed),
        oldest_first=listed.shown_order == "oldest",
        page=page,
        pages=max(1, -(-total // PER_PAGE)),
        base=listed.pages_href,
    )
    return site.page(visit, shown)


@get("/office/applications/{application_id:uuid}")
async def application_detail(site: Site, visit: Visit, clerk: Clerk, application_id: UUID) -> Html[OneApplication]:
    """One application beside the data that it must match."""
    found = await _application(visit, clerk, application_id)
    await clerk.note("application.viewed", application_id, now=visit.now, correlation_id=visit.request_id)
    form = Form({"ready_reason": suggested(found) or "", **site.typed_before(visit, clerk.account_id)})
    return site.page(visit, one_application(visit, found, form))


@post("/office/applications/{application_id:uuid}/accept", status_code=200)
async def accept_application(
    site: Site, visit: Visit, clerk: Clerk, application_id: UUID, sent: Sent
) -> Html[OneApplication] | Redirect:
    """Open the account and let the login data go out; where something differs, only by a deliberate tick."""
    form = Form.sent(sent)
    found = await _application(visit, clerk, application_id)
    if found.state == "waiting" and found.fit == "differs" and not form.ticked("in_spite"):
        form = form.wrong(visit, {"in_spite": NOT_IN_SPITE})
    return await _decide(site, visit, clerk, found, "accepted", form, None)


@post("/office/applications/{application_id:uuid}/reject", status_code=200)
async def reject_application(
    site: Site, visit: Visit, clerk: Clerk, application_id: UUID, sent: Sent
) -> Html[OneApplication] | Redirect:
    """Reject, with a reason that the applicant is told: a ready one, the clerk's own words, or both."""
    form, reason = Form.sent(sent), None
    found = await _application(visit, clerk, application_id)
    try:
        reason = chosen(form.value("ready_reason"))
    except KeyError:
        form = form.wrong(visit, {"ready_reason": NO_SUCH_REASON})
    return await _decide(site, visit, clerk, found, "rejected", form, reason)


async def _decide(
    site: Site,
    visit: Visit,
    clerk: Clerk,
    found: Application,
    decision: Literal["accepted", "rejected"],
    form: Form,
    reason_code: RejectionReason | None,
) -> Html[OneApplication] | Redirect:
    seen = form.value("version")
    own_words = form.value("reason") if decision == "rejected" else ""
    request = DecideApplication(
        application_id=found.id,
        decision=decision,
        reason=in_polish(reason_code, own_words),
        reason_code=reason_code,
        own_words=own_words,
        clerk_id=clerk.account_id,
        version_seen=int(seen) if _A_VERSION.fullmatch(seen) else SEEN_NONE,
    )
    action: Action = "application.accept" if decision == "accepted" else "application.reject"
    await clerk.note(action, found.id, now=visit.now, correlation_id=visit.request_id)
    outcome = await submit(site, visit, form, request)
    if isinstance(outcome, Form):
        shown = one_application(visit, await _application(visit, clerk, found.id), outcome)
        status = 409 if outcome.code in MEANWHILE else outcome.status
        return site.page(visit, shown, status=status, path=_href(found.id))
    after = await _application(visit, clerk, found.id)
    links = [(_href(after.id), f"{after.number}, {after.name}")]
    if after.next_id:
        links.append((_href(after.next_id), visit.translate(NEXT)))
    return see_other("/office/applications", site.say(visit, "success", *DONE[decision], links))


@dataclass(frozen=True, slots=True)
class Listed:
    """Which list of applications is shown; its address holds all of it but what goes without saying."""

    state: ApplicationState = "waiting"
    fit: Fit | None = None
    order: Order | None = None

    @property
    def shown_order(self) -> Order:
        """The order, by default the one in which work is done."""
        return self.order or ("oldest" if self.state == "waiting" else "newest")

    @property
    def href(self) -> str:
        """The address of the list's first page."""
        chosen = (("state", self.state), ("fit", self.fit), ("order", self.order))
        return "/office/applications?" + "&".join(f"{name}={value}" for name, value in chosen if value)

    @property
    def pages_href(self) -> str:
        """The address of the list's other pages, up to their number."""
        return f"{self.href}&page="


def tabs(visit: Visit, listed: Listed, counts: Counts) -> Sequence[Link]:
    """Links to the lists of all states."""
    return [
        Link(Listed(state).href, visit.translate(label), state == listed.state, counts.of_state.get(state, 0))
        for state, label in STATES.items()
    ]


def fits(visit: Visit, listed: Listed, counts: Counts) -> Sequence[Link]:
    """Links that cut the list of those that wait; only to what there is, or is shown."""
    total = counts.of_state.get("waiting", 0)
    everything = Link(replace(listed, fit=None).href, visit.translate(EVERY_FIT), listed.fit is None, total)
    return [
        everything,
        *(
            Link(replace(listed, fit=fit).href, visit.translate(label), fit == listed.fit, counts.waiting.get(fit, 0))
            for fit, label in FITS.items()
            if fit in counts.waiting or fit == listed.fit
        ),
    ]


def orders(visit: Visit, listed: Listed) -> Sequence[Link]:
    """Links that turn the list round."""
    return [
        Link(replace(listed, order=order).href, visit.translate(label), order == listed.shown_order)
        for order, label in ORDERS.items()
    ]


def one_application(visit: Visit, found: Application, form: Form) -> OneApplication:
    """The application with its forms; ready reasons are called in the clerk's language."""
    labels: dict[str, str] = {code: visit.translate(label) for code, label in LABELS.items()}
    told = [(labels[code], rejection.words) for code, rejection in REJECTIONS.items()]
    choices = [("", visit.translate(OWN_WORDS)), *labels.items()]
    return OneApplication(found, labels.get(found.reason_code or "", ""), told, choices, form)


def _href(application_id: UUID) -> str:
    return f"/office/applications/{application_id}"


async def _application(visit: Visit, clerk: Clerk, application_id: UUID) -> Application:
    found = await application(clerk, application_id, visit.now)
    if found is None:
        raise NotFoundException
    return found
