"""The registration form (W01 to W04)."""

from uuid import UUID

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from contracts.identity import ApplicationReceived, SubmitApplication
from contracts.message import Language
from gateway.applications.human_check import Answer, HumanCheck, give_back, judge, new_check, passed, use
from gateway.applications.queries import sent_application
from gateway.applications.views import RegistrationForm, RegistrationSent
from gateway.web.forms import Done, Form, Sent, judged, see_other, submit
from gateway.web.limits import LIMIT
from gateway.web.site import Site
from gateway.web.texts.languages import N_
from gateway.web.view import Html
from gateway.web.visitors.visit import START, Visit
from services.billing.profile import Settlement
from services.chassis.numbering import number
from services.identity.profile import Registration

HAS_ACCOUNT = N_("Masz już konto")
LOG_OUT_FIRST = N_("Zalogowano: %(name)s. Żeby złożyć wniosek o inne konto, najpierw się wyloguj.")
DIGITS: dict[Answer, str] = {
    "missing": N_("Przepisz dwie cyfry, o które prosimy. Są nad tymi polami."),
    "wrong": N_("Przepisane cyfry się nie zgadzają. Przepisz dwie cyfry, o które prosimy, z nowego zestawu."),
    "over": N_("Te cyfry straciły ważność. Przepisz dwie cyfry, o które prosimy, z nowego zestawu."),
}


@get("/registration")
async def registration_form(site: Site, visit: Visit) -> Html[RegistrationForm] | Redirect:
    """The empty form; whoever has an account and is logged in is told so."""
    _open(site)
    if visit.customer is not None:
        return see_other(
            START["customer"], site.say(visit, "info", HAS_ACCOUNT, LOG_OUT_FIRST, name=visit.customer.name)
        )
    return site.page(visit, shown_form(site, visit, Form()))


@post("/registration", status_code=200, opt={LIMIT: "registration"})
async def register(site: Site, visit: Visit, sent: Sent) -> Html[RegistrationForm] | Redirect:
    """Let identity take the application; while the digits are not right, only say all that is wrong with it."""
    _open(site)
    form = Form.sent(sent)
    application, secret = _application(form, site.profile.language(visit.lang)), site.settings.secret
    asks, token = _asks_for_digits(site), form.values.get("human_check_token", "")
    this_form = f"{form.key} {application.model_dump_json()}"
    typed = (form.value("human_check_1"), form.value("human_check_2"))
    answer = judge(secret, token, typed, form.key, visit.now) if asks else "right"
    if asks and answer == "right" and not await use(site.pool, secret, token, this_form, visit.now):
        answer = "over"  # for another form
    outcome: Done | Form
    if answer == "right":
        outcome = await submit(site, visit, form, application, names=_NAMES)
    else:
        check = application.model_copy(update={"check_only": True})
        outcome = await judged(site, visit, form, check, {"human_check": DIGITS[answer]}, names=_NAMES)
    if isinstance(outcome, Form):
        solved = asks and answer == "right"
        if solved and not outcome.unavailable:
            await give_back(site.pool, secret, token, this_form)
        shown = shown_form(site, visit, outcome, passed(secret, token, form.key) if solved else None)
        return site.page(visit, shown, status=outcome.status)
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
        call_after_working_days=registration.call_after_working_days,
        phones=site.profile.utility.registration_phones,
    )
    return site.page(visit, shown)


def _asks_for_digits(site: Site) -> bool:
    return site.profile.of(Registration).human_check == "digits"


def _open(site: Site) -> None:
    if site.profile.of(Registration).variant != "form":
        raise NotFoundException  # the office opens the accounts (T06)


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


def shown_form(site: Site, visit: Visit, form: Form, solved: HumanCheck | None = None) -> RegistrationForm:
    """The form with the profile's fields, and new digits to copy unless its check is `solved`."""
    registration = site.profile.of(Registration)
    check = solved or new_check(site.settings.secret, visit.now)
    return RegistrationForm(
        form=form,
        fields=registration.fields,
        consents=registration.consents,
        invoice_example=number(site.profile.of(Settlement).invoice_number, site.today, EXAMPLE_SERIAL),
        human_check=check if _asks_for_digits(site) else None,
        verification_days=registration.verification_working_days,
    )
