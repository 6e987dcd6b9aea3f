"""What the pages of applications for an account show (W01 to W04)."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.applications.human_check import HumanCheck
from gateway.applications.queries import Application, ApplicationRow
from gateway.web.forms import Form
from gateway.web.view import Link, View
from services.identity.profile import Consent, RegistrationField


@dataclass(frozen=True)
class RegistrationForm(View):
    """The registration form: a field for each of `fields` and `consents`, and `human_check` (W01 to W03).

    `invoice_example` is a number of an invoice by the utility's pattern.
    """

    template = "applications/registration.html"

    form: Form
    fields: Sequence[RegistrationField]
    consents: Sequence[Consent]
    invoice_example: str
    human_check: HumanCheck | None
    verification_days: int


@dataclass(frozen=True)
class RegistrationSent(View):
    """What happens next with the application `number`, and whom to call (W04). Days are working days."""

    template = "applications/registration_sent.html"

    number: str
    email: str
    verification_days: int
    access_hours: int
    call_after_working_days: int
    phones: Sequence[str]


@dataclass(frozen=True)
class ApplicationList(View):
    """Applications of one state, those that wait perhaps only of one fit.

    `tabs` lead to the other states, `fits` (none for decided ones) and `orders` to other cuts of the same, `base` to
    the list's other pages.
    """

    template = "applications/list.html"

    applications: Sequence[ApplicationRow]
    waiting: bool
    tabs: Sequence[Link]
    fits: Sequence[Link]
    orders: Sequence[Link]
    oldest_first: bool
    page: int
    pages: int
    base: str


@dataclass(frozen=True)
class OneApplication(View):
    """An application beside the data that it must match (W04), with the forms of the decision.

    `reason` is what a rejected one's ready reason is called; empty where it has none that is known. `told` has what
    each ready reason is called, and what the applicant reads of it in Polish.
    Fields: in_spite (a tick, where something differs); ready_reason (one of `choices`, by its code) and reason.
    """

    template = "applications/detail.html"

    application: Application
    reason: str
    told: Sequence[tuple[str, str]]
    choices: Sequence[tuple[str, str]]
    form: Form
