"""The utility profile: what differs between utilities, as data.

One TOML file a utility; which one, the deployment says (`deploy.profiles`). Code asks `profile.readings.window`, never
which utility it is.
The letters and numbers after "Source" are requirements of the utilities that this product replaces: T MPEC Tarnów,
W MPEC Włocławek, M MPWiK, K KPEC Bydgoszcz, L MPWiK Lębork.
"""

import json
import tomllib
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Annotated, Any, Literal, Self

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    ValidationInfo,
    model_validator,
)
from stdnum import iban
from stdnum.exceptions import ValidationError as InvalidNumber
from stdnum.pl import nip, regon

from services.chassis.numbering import NumberPattern


class ProfileError(ValueError):
    """A profile that cannot be used; the text names the file, each wrong `section.field`, and what is wrong with it."""


def _text_of(name: object, info: ValidationInfo) -> object:
    folder = (info.context or {}).get("folder")
    if folder is None or not isinstance(name, str):
        return name
    file: Path = folder / name
    if not file.is_file():
        raise ValueError(f"there is no file {name} beside the profile")
    return file.read_text(encoding="utf-8")


def _words_of(text: object) -> object:
    if not isinstance(text, str):
        return text
    lines = (line.strip() for line in text.splitlines())
    return frozenset(line.casefold() for line in lines if line and not line.startswith("#"))


def _nip(value: str) -> str:
    try:
        return nip.validate(value)
    except InvalidNumber as error:
        raise ValueError(f"is no NIP: {error}") from error


def _regon(value: str) -> str:
    try:
        return regon.validate(value)
    except InvalidNumber as error:
        raise ValueError(f"is no REGON: {error}") from error


def _nrb(value: str) -> str:
    digits = "".join(value.split())
    try:
        iban.validate("PL" + digits, check_country=False)
    except InvalidNumber as error:
        raise ValueError(f"is no account number (NRB): {error}") from error
    if len(digits) != 26 or not digits.isdigit():
        raise ValueError("an account number (NRB) has 26 digits")
    return digits


def _unique(names: tuple[str, ...]) -> tuple[str, ...]:
    if len(set(names)) != len(names):
        raise ValueError("names something twice")
    return names


def _built(*values: str) -> AfterValidator:
    def check(value: str) -> str:
        if value not in values:
            raise ValueError(f"{value!r} is not built yet; there is {' or '.join(map(repr, values))}")
        return value

    return AfterValidator(check)


Text = Annotated[str, Field(min_length=1)]
Days = Annotated[int, Field(ge=0, le=366)]
Email = Annotated[str, Field(pattern=r"^[^@\s]+@[^@\s]+\.[^@\s]+$")]


class _Section(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Utility(_Section):
    """Who the utility is, as its customers read it. Source: W17."""

    name: Text
    """Full name in the register of companies, as invoices carry it."""
    short_name: Text
    """What people call it; stands in the pages' header and in the subjects of e-mails."""
    address: tuple[Text, ...] = Field(min_length=1)
    """Lines of the postal address."""
    phones: tuple[Text, ...] = Field(min_length=1)
    """General telephone numbers."""
    registration_phones: tuple[Text, ...] = Field(min_length=1)
    """Whom to call about an application or a forgotten password. Source: W04, W07."""
    email: Email
    """Address that customers write to; e-mails to them come from it."""
    nip: Annotated[str, AfterValidator(_nip)]
    regon: Annotated[str, AfterValidator(_regon)]
    website: Annotated[str, Field(pattern=r"^https?://\S+$")]
    bank_account: Annotated[str, AfterValidator(_nrb)] | None = None
    """NRB that invoices ask to pay to; without it they name no account. Source: W11."""
    media: Annotated[tuple[Literal["heat", "water", "sewage"], ...], AfterValidator(_unique)] = Field(min_length=1)
    """What the utility supplies. Source: the five utilities' own trades."""


RegistrationFieldName = Literal[
    "name", "tax_id", "payer_code", "address", "invoice_number", "invoice_amount", "agreement_number", "email", "phone"
]
ConsentName = Literal["data_processing", "terms", "marketing_objection", "correctness"]


class RegistrationField(_Section):
    """A field of the registration form; `tax_id` is NIP or PESEL. Source: W01, M08, K01."""

    name: RegistrationFieldName
    required: bool


class Consent(_Section):
    """A box to tick on the registration form. Source: W02, M08, K02, L09."""

    name: ConsentName
    required: bool


class Registration(_Section):
    """How a customer comes to an account."""

    variant: Literal["form", "office"]
    """The customer fills a form (W01, M08, K01, L09), or the office opens the account from a signed paper (T06)."""
    fields: tuple[RegistrationField, ...]
    """The form's fields in their order. Source: W01, M08, K01."""
    consents: tuple[Consent, ...]
    """The form's boxes in their order. Source: W02, K02."""
    human_check: Annotated[Literal["digits", "picture", "altcha", "none"], _built("digits", "none")]
    """Two digits of five (W03), a code from a picture (M08, K03), a proof of work that asks nothing of the person."""
    verified_by: Annotated[Literal["clerk", "self"], _built("clerk")]
    """A clerk compares the data (W04, K06, L10), or the right data and a link in an e-mail suffice (M08, M09)."""
    verification_working_days: Days
    """How long the office may take, as the applicant is told. Source: W04 (3), L10 (5)."""
    call_after_days: Days
    """Calendar days without a message after which the applicant should call. Source: W04 (4)."""
    access_within_hours: int = Field(ge=0)
    """When access works at the latest after the message with the login data. Source: W04 (24)."""
    application_number: NumberPattern
    """Number of an application, so that clerk and caller can name it. Source: W04."""
    terms: Annotated[str, BeforeValidator(_text_of)] = Field(repr=False, min_length=1)
    """Terms of use (regulamin): the file's text, an HTML fragment without h1. Source: T10, W02, M08, K02, L12."""

    @model_validator(mode="after")
    def _form_can_be_sent(self) -> Self:
        names = [field.name for field in self.fields]
        if len(set(names)) != len(names):
            raise ValueError("fields names a field twice")
        required = {item.name for item in self.fields + self.consents if item.required}
        if self.variant == "form" and "email" not in required:
            raise ValueError("fields must contain email as a required one: the answer goes there")
        if self.variant == "form" and "terms" not in required:
            raise ValueError("consents must contain terms as a required one")
        return self


class PasswordPolicy(_Section):
    """What a password must be. A utility's own rule is kept even where it is weaker than today's advice."""

    min_length: int = Field(ge=4, le=64)
    """Source: T08 (8), K07 (5). Today: 12 (CERT Polska), 15 without a second factor (NIST 800-63B-4)."""
    max_length: int = Field(default=128, ge=64)
    """Bounds the work of hashing; 64 or more must be allowed (NIST 800-63B-4)."""
    letter: bool
    """At least one letter. Source: T08, K07. Today's advice: no rules of composition."""
    digit: bool
    """At least one digit. Source: T08, K07. Today's advice: no rules of composition."""
    blocklist: Annotated[frozenset[str], BeforeValidator(_words_of), BeforeValidator(_text_of)] = Field(
        default=frozenset(), repr=False
    )
    """Passwords that everybody knows, casefolded: the lines of the file named. Today's advice; no utility had one."""


class Credentials(_Section):
    """Logins and passwords."""

    identifier: Literal["payer_code", "invoice_prefix", "assigned"]
    """The party's code (W05), the first six digits of the invoice number (M10), or an individual one (T06, L10)."""
    password: PasswordPolicy
    delivery: Annotated[Literal["email", "post"], _built("email")]
    """How the first password travels. Source: T06, W04, L10 (e-mail); K06 (post)."""
    reset: Annotated[Literal["self", "office"], _built("office")]
    """Who replaces a forgotten password: the customer by e-mail (K09), or a clerk after a call (W07)."""
    login_delay_seconds: int = Field(ge=0, le=60)
    """Pause after a failed login, counted down on the screen. Source: W05 (5)."""
    temporary_password_days: int = Field(default=14, ge=1, le=366)
    """How long a temporary password works. No utility names a limit; today's advice wants one (OWASP)."""


class ReadingWindow(_Section):
    """Days of the month on which customers may submit a reading, both included. Source: L02."""

    first_day: int = Field(ge=1, le=31)
    last_day: int = Field(ge=1, le=31)
    """31 means the last day of the month, however long it is."""

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first_day > self.last_day:
            raise ValueError("first_day must not be after last_day")
        return self


class Readings(_Section):
    """Readings that customers submit. Source: M02, L02, L03."""

    submission: bool
    """Customers submit readings at all. Source: M02, L02; the heat utilities read their meters themselves."""
    window: ReadingWindow | None = None
    """Without it any day will do."""
    frequency: Literal["any", "monthly"] = "any"
    """`monthly`: at most one reading in a calendar month. Source: L02."""
    missed_window: Annotated[Literal["none", "two_month_settlement"], _built("none")] = "none"
    """What follows when a window passes without a reading. Source: L03."""
    absurd_factor: Decimal = Field(default=Decimal(5), gt=1)
    """A daily consumption above this many times the meter's usual one is asked back. Source: M02."""


class VatRate(_Section):
    """VAT in percent on supplies of a medium from a day on; law changes it on days of its own, not with the tariff."""

    medium: Literal["heat", "water"]
    """`water` includes sewage and both standing charges."""
    valid_from: date
    percent: Decimal = Field(ge=0, le=100)


class Settlement(_Section):
    """Invoices. Source: W11, W12, M01."""

    payment_days: Days
    """Days from issue to the due date. Source: W11 (due date)."""
    invoice_number: NumberPattern
    """Source: W11; M10 wants six digits at its beginning."""
    interest_divisor: Literal[365, 366] = 365
    """Days of a year in late-payment interest; the Civil Code (art. 481) does not fix it. Source: W11 (interest)."""
    vat: tuple[VatRate, ...] = Field(min_length=1)
    """Source: W12 (net, VAT, gross)."""


class Collections(_Section):
    """What customers see of the collection of their debts."""

    shown: bool
    """Steps under way and court proceedings are shown. Source: W14."""
    invoices_listed: bool
    """Invoices in collections stay on the bills list. Source: W11; K13 leaves them out."""


class Letters(_Section):
    """Letters and cases."""

    number: NumberPattern
    """Source: K16, such as PR/2012/09/03069."""
    bill_mail_days: int = Field(default=30, ge=1, le=366)
    """A "new bill" e-mail goes out for invoices issued at most so many days ago; loaded history mails nobody."""


class Features(_Section):
    """Pages and parts of pages that a utility switches on."""

    balance_bar: bool
    """The balance stands in the bottom bar of every page. Source: W08."""
    page_times: bool
    """Every page tells how old its data are and how long it took to make. Source: K17."""
    style_guide: bool
    """The living style guide is served; for developers, so in `demo` alone. Source: issue "Foundation"."""


LanguageCode = Literal["pl", "en", "uk"]


class Languages(_Section):
    """Languages of the pages. Source: design (Polish is the default; English and Ukrainian complete it)."""

    default: LanguageCode
    offered: Annotated[tuple[LanguageCode, ...], AfterValidator(_unique)]

    @model_validator(mode="after")
    def _default_is_offered(self) -> Self:
        if self.default not in self.offered:
            raise ValueError("offered must contain the default")
        return self


class Profile(_Section):
    """Everything that differs between utilities."""

    name: Text
    """The file's name without its ending; no code may compare it."""
    utility: Utility
    registration: Registration
    credentials: Credentials
    readings: Readings
    settlement: Settlement
    collections: Collections
    letters: Letters
    features: Features
    languages: Languages

    @model_validator(mode="after")
    def _vat_of_every_medium(self) -> Self:
        supplied = {"water" if medium == "sewage" else medium for medium in self.utility.media}
        if missing := supplied - {rate.medium for rate in self.settlement.vat}:
            raise ValueError(f"settlement.vat has no rate of {min(missing)}, which utility.media names")
        return self


def read_profile(file: Path) -> Profile:
    """Read and check the profile in a TOML file; its name is the file's without `.toml`.

    Files that it names (terms, blocklist) are read from beside it. Raises `ProfileError`.
    """
    try:
        data = tomllib.loads(file.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{file}: is no TOML: {error}") from error
    except (OSError, UnicodeDecodeError) as error:
        raise ProfileError(f"{file}: cannot be read: {error}") from error
    if "name" in data:
        raise ProfileError(f"{file}: name: a profile's name is its file's name; leave it out")
    data["name"] = file.name.removesuffix(".toml")
    try:
        # Strict JSON mode refuses "14" for 14 and 1 for true, yet reads lists as tuples and text as dates.
        return Profile.model_validate_json(json.dumps(data, default=str), strict=True, context={"folder": file.parent})
    except ValidationError as error:
        raise ProfileError("\n".join(f"{file}: {_told(problem)}" for problem in error.errors())) from error


def _told(problem: Any) -> str:
    place = "".join(f"[{step}]" if isinstance(step, int) else f".{step}" for step in problem["loc"]).lstrip(".")
    match problem["type"]:
        case "missing":
            return f"{place}: is missing"
        case "extra_forbidden":
            return f"{place}: there is no such setting"
        case "value_error":
            return f"{place}: {problem['ctx']['error']}".lstrip(": ")
    said = problem["msg"].removeprefix("Input ")
    given = "" if isinstance(problem["input"], dict | list) else f", not {problem['input']!r}"
    return f"{place}: {said}{given}"
