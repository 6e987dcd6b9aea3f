"""What identity obeys of a utility's profile."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import Field, model_validator

from services.chassis.numbering import NumberPattern
from services.chassis.profile.fields import Days, FileWords, built
from services.chassis.profile.profile import Profile
from services.chassis.profile.sections import Group, Section

FieldName = Annotated[
    Literal[
        "name",
        "tax_id",
        "payer_code",
        "address",
        "invoice_number",
        "invoice_amount",
        "agreement_number",
        "email",
        "phone",
    ],
    built("name", "tax_id", "invoice_number", "agreement_number", "email"),
]
ConsentName = Annotated[
    Literal["data_processing", "terms", "marketing_objection", "correctness"], built("data_processing", "terms")
]

_LEADS = ("tax_id", "invoice_number", "agreement_number")
"""Fields that lead to a party; a name or an e-mail address alone does not."""


class RegistrationField(Group):
    """A field of the registration form; `tax_id` is NIP or PESEL. Source: W01, M08, K01."""

    name: FieldName
    required: bool


class Consent(Group):
    """A box to tick on the registration form. Source: W02, M08, K02, L09."""

    name: ConsentName
    required: bool


class Registration(Section):
    """How a customer comes to an account."""

    section: ClassVar[str] = "registration"

    variant: Literal["form", "office"]
    """The customer fills a form (W01, M08, K01, L09), or the office opens the account from a signed paper (T06)."""
    fields: tuple[RegistrationField, ...]
    """The form's fields in their order; what is not listed is neither asked for nor compared. Source: W01, M08, K01."""
    consents: tuple[Consent, ...]
    """The form's boxes in their order. Source: W02, K02."""
    human_check: Annotated[Literal["digits", "picture", "altcha", "none"], built("digits", "none")]
    """Two digits of five (W03), a code from a picture (M08, K03), a proof of work that asks nothing of the person."""
    verification_working_days: Days
    """How long the office may take, as the applicant is told. Source: W04 (3), L10 (5)."""
    call_after_working_days: Days
    """Working days without a message after which the applicant should call. Source: W04 (4)."""
    access_within_hours: int = Field(ge=0)
    """When access works at the latest after the message with the login data; 0: at once. Source: W04 (24)."""
    application_number: NumberPattern
    """Number of an application, so that clerk and caller can name it. Source: W04."""

    def requires(self, name: str) -> bool:
        """Whether the form has the field or box `name`, and cannot be sent without it."""
        asked: tuple[RegistrationField | Consent, ...] = (*self.fields, *self.consents)
        return any(item.name == name and item.required for item in asked)

    @model_validator(mode="after")
    def _call_after_the_office_s_time(self) -> Self:
        if self.call_after_working_days <= self.verification_working_days:
            raise ValueError("call_after_working_days must be more than verification_working_days")
        return self

    @model_validator(mode="after")
    def _names_each_once(self) -> Self:
        names = [field.name for field in self.fields]
        if len(set(names)) != len(names):
            raise ValueError("fields names a field twice")
        return self

    @model_validator(mode="after")
    def _form_leads_to_an_account(self) -> Self:
        if self.variant == "office":
            return self
        if not self.requires("email"):
            raise ValueError("fields must contain email as a required one: the answer goes there")
        if not self.requires("name"):
            raise ValueError("fields must contain name as a required one: clerks and e-mails call the applicant by it")
        if not any(map(self.requires, _LEADS)):
            raise ValueError(
                f"fields must contain {', '.join(_LEADS[:-1])} or {_LEADS[-1]} as a required one: "
                "a name and an e-mail address lead to no party"
            )
        if not self.requires("terms"):
            raise ValueError("consents must contain terms as a required one")
        return self


class PasswordPolicy(Group):
    """What a password must be. A utility's own rule is kept even where it is weaker than today's advice."""

    min_length: int = Field(ge=4, le=64)
    """Source: T08 (8), K07 (5). Today: 12 (CERT Polska), 15 without a second factor (NIST 800-63B-4)."""
    max_length: int = Field(default=128, ge=64)
    """Bounds the work of hashing; 64 or more must be allowed (NIST 800-63B-4)."""
    letter: bool
    """At least one letter. Source: T08, K07. Today's advice: no rules of composition."""
    digit: bool
    """At least one digit. Source: T08, K07. Today's advice: no rules of composition."""
    blocklist: FileWords = Field(default=frozenset(), repr=False)
    """Passwords that everybody knows: the lines of the file named. Today's advice; no utility had one."""


class Credentials(Section):
    """Logins and passwords."""

    section: ClassVar[str] = "credentials"

    identifier: Literal["payer_code", "invoice_prefix", "assigned"]
    """The party's code (W05), the first six digits of the invoice number (M10), or an individual one (T06, L10)."""
    password: PasswordPolicy
    login_delay_seconds: int = Field(ge=0, le=60)
    """Pause after a failed login, kept by identity and counted down on the screen. Source: W05 (5)."""
    temporary_password_days: int = Field(default=14, ge=1, le=366)
    """How long a temporary password works. No utility names a limit; today's advice wants one (OWASP)."""
    temporary_password_again: bool = False
    """Whether the temporary password, just typed to log in, is typed again where it is changed. Source: T07. W06 asks
    for none, W09 is of somebody who has a password of their own."""

    def check(self, profile: Profile) -> None:
        """An identifier made of the invoice's number needs that number from everybody who applies."""
        registration = profile.of(Registration)
        if (
            self.identifier == "invoice_prefix"
            and registration.variant == "form"
            and not registration.requires("invoice_number")
        ):
            raise ValueError("identifier is made of invoice_number, which registration.fields does not require")


SECTIONS = (Registration, Credentials)
