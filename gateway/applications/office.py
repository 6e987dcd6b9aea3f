"""Applications for an account, as clerks see and decide them (W04)."""

from typing import Annotated
from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.params import Parameter
from litestar.response import Redirect

from contracts.identity import DecideApplication
from contracts.reply import Rejected
from gateway.applications.queries import (
    Application,
    ApplicationState,
    application,
    applications_page,
)
from gateway.web.clerk import Action, Clerk
from gateway.web.forms import Form, errors_of, field, key_of, new_key, see_other
from gateway.web.languages import N_
from gateway.web.rendering import MenuEntry, Message
from gateway.web.site import Site
from gateway.web.visit import Visit
from services.chassis.errors import Unavailable

STATES: dict[ApplicationState, str] = {
    "waiting": N_("Czekające"),
    "accepted": N_("Przyjęte"),
    "rejected": N_("Odrzucone"),
}
DONE = {
    "accepted": (N_("Wniosek przyjęty"), N_("Konto jest założone. Dane dostępowe są w drodze do klienta.")),
    "rejected": (N_("Wniosek odrzucony"), N_("Powód jest w drodze do wnioskującego.")),
}


@get("/office/applications")
async def application_list(
    site: Site,
    visit: Visit,
    clerk: Clerk,
    wanted: Annotated[ApplicationState, Parameter(query="state")] = "waiting",
    page: Annotated[int, Parameter(ge=1, le=10_000)] = 1,
    done: str = "",
) -> Response[str]:
    """Applications by state, those that wait longest first."""
    _ = site.templates.translate
    await clerk.note("applications.listed", None, now=visit.now, correlation_id=visit.request_id)
    rows, pages = await applications_page(clerk, wanted, page)
    said = DONE.get(done)
    return site.templates.page(
        visit,
        "applications/list.html",
        applications=rows,
        tabs=[
            MenuEntry(f"/office/applications?state={name}", _(visit, label), name == wanted)
            for name, label in STATES.items()
        ],
        page=page,
        pages=pages,
        base=f"/office/applications?state={wanted}&page=",
        message=Message("success", _(visit, said[0]), _(visit, said[1])) if said else None,
    )


@get("/office/applications/{application_id:uuid}")
async def application_detail(site: Site, visit: Visit, clerk: Clerk, application_id: UUID) -> Response[str]:
    """One application beside the data that it must match."""
    found = await _application(clerk, application_id)
    await clerk.note("application.viewed", application_id, now=visit.now, correlation_id=visit.request_id)
    return _detail(site, visit, found, key=new_key())


@post("/office/applications/{application_id:uuid}/accept", status_code=200)
async def accept_application(
    site: Site, visit: Visit, clerk: Clerk, application_id: UUID, data: Form
) -> Response[str] | Redirect:
    """Open the account and let the login data go out."""
    return await _decide(site, visit, clerk, application_id, "accepted", data)


@post("/office/applications/{application_id:uuid}/reject", status_code=200)
async def reject_application(
    site: Site, visit: Visit, clerk: Clerk, application_id: UUID, data: Form
) -> Response[str] | Redirect:
    """Reject, with a reason that the applicant is told."""
    return await _decide(site, visit, clerk, application_id, "rejected", data)


async def _decide(
    site: Site, visit: Visit, clerk: Clerk, application_id: UUID, decision: ApplicationState, data: dict[str, str]
) -> Response[str] | Redirect:
    found = await _application(clerk, application_id)
    seen = field(data, "version")
    request = DecideApplication.model_validate(
        {
            "application_id": application_id,
            "decision": decision,
            "reason": field(data, "reason"),
            "clerk_id": clerk.account_id,
            "version_seen": int(seen) if seen.isdecimal() else found.version,
        }
    )
    action: Action = "application.accept" if decision == "accepted" else "application.reject"
    await clerk.note(action, application_id, now=visit.now, correlation_id=visit.request_id)
    try:
        reply = await site.ask(request, correlation_id=visit.request_id, idempotency_key=key_of(data))
    except Unavailable:
        return _detail(site, visit, found, key=key_of(data), values=data, unavailable=True, status=503)
    if isinstance(reply, Rejected):
        now_found = await _application(clerk, application_id)
        status = 409 if reply.code in ("already_decided", "changed_meanwhile") else 422
        return _detail(site, visit, now_found, key=key_of(data), values=data, errors=errors_of(reply), status=status)
    return see_other(f"/office/applications?done={decision}")


async def _application(clerk: Clerk, application_id: UUID) -> Application:
    found = await application(clerk, application_id)
    if found is None:
        raise NotFoundException
    return found


def _detail(
    site: Site,
    visit: Visit,
    found: Application,
    *,
    key: str,
    values: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    unavailable: bool = False,
    status: int = 200,
) -> Response[str]:
    visit.path = f"/office/applications/{found.id}"  # the language switch comes back by GET, which the actions refuse
    return site.templates.page(
        visit,
        "applications/detail.html",
        status=status,
        application=found,
        checks=found.checks,
        party=found.party,
        values=values or {},
        errors=errors or {},
        idempotency_key=key,
        unavailable=unavailable,
        version=found.version,
    )
