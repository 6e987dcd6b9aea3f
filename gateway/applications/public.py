"""The registration form (W01 to W04)."""

from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from contracts.identity import ApplicationReceived, SubmitApplication
from contracts.reply import Rejected
from gateway.applications.human_check import give_back, new_check, passes, use
from gateway.web.forms import Form, errors_of, field, key_of, new_key, see_other
from gateway.web.languages import N_
from gateway.web.limits import LIMIT
from gateway.web.site import Site
from gateway.web.visit import Visit
from services.chassis.errors import Unavailable
from services.identity.profile import Registration

WRONG_DIGITS = N_("Przepisane cyfry się nie zgadzają. Przepisz dwie cyfry, o które prosimy, z nowego zestawu.")


@get("/registration")
async def registration_form(site: Site, visit: Visit) -> Response[str]:
    """The empty form."""
    _open(site)
    return _form(site, visit, key=new_key())


@post("/registration", status_code=200, opt={LIMIT: "registration"})
async def register(site: Site, visit: Visit, data: Form) -> Response[str] | Redirect:
    """Check the digits and let identity take the application."""
    _open(site)
    key, application = key_of(data), _application(data)
    if not await _is_human(site, visit, data, f"{key} {application.model_dump_json()}"):
        errors = {"human_check": site.templates.translate(visit, WRONG_DIGITS)}
        return _form(site, visit, key=key, values=data, errors=errors, status=422)
    try:
        reply = await site.ask(application, correlation_id=visit.request_id, idempotency_key=key)
    except Unavailable:
        return _form(site, visit, key=key, values=data, unavailable=True, status=503)
    if isinstance(reply, Rejected):
        await give_back(site.pool, data.get("human_check_token", ""))
        return _form(site, visit, key=key, values=data, errors=errors_of(reply), status=422)
    received = next(event for event in reply if isinstance(event, ApplicationReceived))
    return see_other(f"/registration/sent/{received.application_id}")


@get("/registration/sent/{application_id:uuid}")
async def registration_sent(site: Site, visit: Visit, application_id: UUID) -> Response[str]:
    """What happens next, and whom to call (W04). The address is known only to the person who applied."""
    row = await site.pool.fetchrow("SELECT number, email FROM application WHERE application_id = $1", application_id)
    if row is None:
        raise NotFoundException
    profile = site.profile
    return site.templates.page(
        visit,
        "applications/registration_sent.html",
        number=row["number"],
        email=row["email"],
        verification_days=profile.of(Registration).verification_working_days,
        access_hours=profile.of(Registration).access_within_hours,
        call_after_days=profile.of(Registration).call_after_days,
        phones=profile.utility.registration_phones,
    )


def _open(site: Site) -> None:
    if site.profile.of(Registration).variant != "form":
        raise NotFoundException  # the office opens the accounts (T06)


async def _is_human(site: Site, visit: Visit, data: dict[str, str], form: str) -> bool:
    if site.profile.of(Registration).human_check == "none":
        return True
    token = data.get("human_check_token", "")
    typed = (field(data, "human_check_1"), field(data, "human_check_2"))
    return passes(site.settings.secret, token, typed, visit.now) and await use(site.pool, token, form, visit.now)


def _application(data: dict[str, str]) -> SubmitApplication:
    return SubmitApplication(
        name=field(data, "name"),
        tax_id=field(data, "tax_id"),
        invoice_number=field(data, "invoice_number"),
        agreement_number=field(data, "agreement_number"),
        email=field(data, "email"),
        data_processing_consent=data.get("data_processing") == "yes",
        terms_accepted=data.get("terms") == "yes",
    )


_FORM_NAMES = {"data_processing_consent": "data_processing", "terms_accepted": "terms"}


def _form(
    site: Site,
    visit: Visit,
    *,
    key: str,
    values: dict[str, str] | None = None,
    errors: dict[str, str] | None = None,
    unavailable: bool = False,
    status: int = 200,
) -> Response[str]:
    registration = site.profile.of(Registration)
    return site.templates.page(
        visit,
        "applications/registration.html",
        status=status,
        fields=registration.fields,
        consents=registration.consents,
        values=values or {},
        errors={_FORM_NAMES.get(name, name): text for name, text in (errors or {}).items()},
        human_check=new_check(site.settings.secret, visit.now) if registration.human_check == "digits" else None,
        idempotency_key=key,
        verification_days=registration.verification_working_days,
        unavailable=unavailable,
    )
