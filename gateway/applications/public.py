"""The registration form (W01 to W04)."""

from uuid import UUID

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from contracts.identity import ApplicationReceived, SubmitApplication
from contracts.message import Language
from gateway.applications.human_check import give_back, new_check, passes, use
from gateway.applications.queries import sent_application
from gateway.applications.views import RegistrationForm, RegistrationSent
from gateway.web.forms import Done, Form, Sent, see_other, submit
from gateway.web.limits import LIMIT
from gateway.web.site import Site
from gateway.web.texts.languages import N_
from gateway.web.view import Html
from gateway.web.visitors.visit import Visit
from services.billing.profile import Settlement
from services.chassis.numbering import number
from services.identity.profile import Registration

WRONG_DIGITS = N_("Przepisane cyfry się nie zgadzają. Przepisz dwie cyfry, o które prosimy, z nowego zestawu.")


@get("/registration")
async def registration_form(site: Site, visit: Visit) -> Html[RegistrationForm]:
    """The empty form."""
    _open(site)
    return site.page(visit, shown_form(site, visit, Form()))


@post("/registration", status_code=200, opt={LIMIT: "registration"})
async def register(site: Site, visit: Visit, sent: Sent) -> Html[RegistrationForm] | Redirect:
    """Check the digits and let identity take the application."""
    _open(site)
    form = Form.sent(sent)
    application = _application(form, site.profile.language(visit.lang))
    outcome: Done | Form
    this_form = f"{form.key} {application.model_dump_json()}"
    if await _is_human(site, visit, form, this_form):
        outcome = await submit(site, visit, form, application, names=_NAMES)
    else:
        outcome = form.wrong(visit, {"human_check": WRONG_DIGITS})
    if isinstance(outcome, Form):
        if outcome.code:
            await give_back(site.pool, sent.get("human_check_token", ""), this_form)
        return site.page(visit, shown_form(site, visit, outcome), status=outcome.status)
    return see_other(f"/registration/sent/{outcome.event(ApplicationReceived).application_id}")


@get("/registration/sent/{application_id:uuid}")
async def registration_sent(site: Site, visit: Visit, application_id: UUID) -> Html[RegistrationSent]:
    """What happens next, and whom to call (W04). The address is known only to the person who applied."""
    sent = await sent_application(site.pool, application_id)
    if sent is None:
        raise NotFoundException
    registration = site.profile.of(Registration)
    shown = RegistrationSent(
        number=sent.number,
        email=sent.email,
        verification_days=registration.verification_working_days,
        access_hours=registration.access_within_hours,
        call_after_days=registration.call_after_days,
        phones=site.profile.utility.registration_phones,
    )
    return site.page(visit, shown)


def _open(site: Site) -> None:
    if site.profile.of(Registration).variant != "form":
        raise NotFoundException  # the office opens the accounts (T06)


async def _is_human(site: Site, visit: Visit, form: Form, sent: str) -> bool:
    if site.profile.of(Registration).human_check == "none":
        return True
    token = form.values.get("human_check_token", "")
    typed = (form.value("human_check_1"), form.value("human_check_2"))
    return passes(site.settings.secret, token, typed, visit.now) and await use(site.pool, token, sent, visit.now)


def _application(form: Form, language: Language) -> SubmitApplication:
    return SubmitApplication(
        name=form.value("name"),
        tax_id=form.value("tax_id"),
        invoice_number=form.value("invoice_number"),
        agreement_number=form.value("agreement_number"),
        email=form.value("email"),
        data_processing_consent=form.ticked("data_processing"),
        terms_accepted=form.ticked("terms"),
        language=language,
    )


_NAMES = {"data_processing_consent": "data_processing", "terms_accepted": "terms"}
"""What the form calls otherwise than the request does: the profile's words for consents."""


EXAMPLE_SERIAL = 123
"""Of the invoice whose number is shown as an example."""


def shown_form(site: Site, visit: Visit, form: Form) -> RegistrationForm:
    """The form with the profile's fields, and new digits to copy."""
    registration = site.profile.of(Registration)
    return RegistrationForm(
        form=form,
        fields=registration.fields,
        consents=registration.consents,
        invoice_example=number(site.profile.of(Settlement).invoice_number, site.today, EXAMPLE_SERIAL),
        human_check=new_check(site.settings.secret, visit.now) if registration.human_check == "digits" else None,
        verification_days=registration.verification_working_days,
    )
