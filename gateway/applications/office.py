"""Applications for an account, as clerks see and decide them (W04)."""

import re
from collections.abc import Sequence
from typing import Annotated
from uuid import UUID

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.params import Parameter, QueryParameter
from litestar.response import Redirect

from contracts.identity import DecideApplication
from gateway.applications.queries import (
    Application,
    ApplicationState,
    application,
    applications_page,
)
from gateway.applications.views import ApplicationList, OneApplication
from gateway.web.forms import Form, Sent, see_other, submit
from gateway.web.site import Site
from gateway.web.texts.languages import N_
from gateway.web.view import Html, Link, Message
from gateway.web.visitors.clerk import Action, Clerk
from gateway.web.visitors.visit import Visit

STATES: dict[ApplicationState, str] = {
    "waiting": N_("Czekające"),
    "accepted": N_("Przyjęte"),
    "rejected": N_("Odrzucone"),
}
DONE = {
    "accepted": (N_("Wniosek przyjęty"), N_("Konto jest założone. Dane dostępowe są w drodze do klienta.")),
    "rejected": (N_("Wniosek odrzucony"), N_("Powód jest w drodze do wnioskującego.")),
}
_A_VERSION = re.compile(r"[0-9]{1,9}")

MEANWHILE = frozenset({"already_decided", "changed_meanwhile"})
"""Refusals because another clerk was first: the page then shows how the application stands now."""


@get("/office/applications")
async def application_list(
    site: Site,
    visit: Visit,
    clerk: Clerk,
    wanted: Annotated[ApplicationState, QueryParameter(name="state")] = "waiting",
    page: Annotated[int, Parameter(ge=1, le=10_000)] = 1,
    done: str = "",
) -> Html[ApplicationList]:
    """Applications by state, those that wait longest first."""
    _ = visit.translate
    await clerk.note("applications.listed", None, now=visit.now, correlation_id=visit.request_id)
    rows, pages = await applications_page(clerk, wanted, page)
    if page > 1 and not rows:
        raise NotFoundException
    said = DONE.get(done)
    shown = ApplicationList(
        applications=rows,
        tabs=tabs(visit, wanted),
        page=page,
        pages=pages,
        base=f"/office/applications?state={wanted}&page=",
        message=Message("success", _(said[0]), _(said[1])) if said else None,
    )
    return site.page(visit, shown)


@get("/office/applications/{application_id:uuid}")
async def application_detail(site: Site, visit: Visit, clerk: Clerk, application_id: UUID) -> Html[OneApplication]:
    """One application beside the data that it must match."""
    found = await _application(clerk, application_id)
    await clerk.note("application.viewed", application_id, now=visit.now, correlation_id=visit.request_id)
    return site.page(visit, OneApplication(found, Form()))


@post("/office/applications/{application_id:uuid}/accept", status_code=200)
async def accept_application(
    site: Site, visit: Visit, clerk: Clerk, application_id: UUID, sent: Sent
) -> Html[OneApplication] | Redirect:
    """Open the account and let the login data go out."""
    return await _decide(site, visit, clerk, application_id, "accepted", Form.sent(sent))


@post("/office/applications/{application_id:uuid}/reject", status_code=200)
async def reject_application(
    site: Site, visit: Visit, clerk: Clerk, application_id: UUID, sent: Sent
) -> Html[OneApplication] | Redirect:
    """Reject, with a reason that the applicant is told."""
    return await _decide(site, visit, clerk, application_id, "rejected", Form.sent(sent))


async def _decide(
    site: Site, visit: Visit, clerk: Clerk, application_id: UUID, decision: ApplicationState, form: Form
) -> Html[OneApplication] | Redirect:
    found = await _application(clerk, application_id)
    seen = form.value("version")
    request = DecideApplication.model_validate(
        {
            "application_id": application_id,
            "decision": decision,
            "reason": form.value("reason"),
            "clerk_id": clerk.account_id,
            "version_seen": int(seen) if _A_VERSION.fullmatch(seen) else found.version,
        }
    )
    action: Action = "application.accept" if decision == "accepted" else "application.reject"
    await clerk.note(action, application_id, now=visit.now, correlation_id=visit.request_id)
    outcome = await submit(site, visit, form, request)
    if isinstance(outcome, Form):
        shown = OneApplication(await _application(clerk, application_id), outcome)
        status = 409 if outcome.code in MEANWHILE else outcome.status
        return site.page(visit, shown, status=status, path=f"/office/applications/{application_id}")
    return see_other(f"/office/applications?done={decision}")


def tabs(visit: Visit, wanted: ApplicationState) -> Sequence[Link]:
    """Links to the lists of all states, of which `wanted` is shown."""
    return [
        Link(f"/office/applications?state={name}", visit.translate(label), name == wanted)
        for name, label in STATES.items()
    ]


async def _application(clerk: Clerk, application_id: UUID) -> Application:
    found = await application(clerk, application_id)
    if found is None:
        raise NotFoundException
    return found
