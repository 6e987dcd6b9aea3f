"""What an applicant tells, and whether it is what the utility knows (W01, W02, W04). Pure rules."""

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from uuid import UUID

from stdnum.exceptions import ValidationError as InvalidNumber
from stdnum.pl import nip, pesel

from contracts.identity import Check, SubmitApplication
from contracts.reply import FieldError
from services.chassis import emails
from services.identity.profile import Registration
from services.identity.refusals import reasons

LONGEST = 200
"""Characters of the longest sensible answer to any question of the form."""

SHOWN = 5
"""How many of a party's numbers a clerk is shown when none matches; a manager of houses has hundreds."""

_PESEL_DIGITS = 11
_NIP_DIGITS = 10


@dataclass(frozen=True)
class Claim:
    """What an applicant says about himself, tidied. A field that the utility does not ask for is empty."""

    name: str
    tax_id: str
    invoice_number: str
    agreement_number: str
    email: str

    @property
    def pesel(self) -> str | None:
        """The PESEL, when that is what was given."""
        return self.tax_id if len(self.tax_id) == _PESEL_DIGITS else None

    @property
    def nip(self) -> str | None:
        """The NIP, when that is what was given."""
        return self.tax_id if len(self.tax_id) == _NIP_DIGITS else None


@dataclass(frozen=True)
class Known:
    """A party as the utility knows it."""

    party_id: UUID
    name: str
    pesel: str | None = None
    nip: str | None = None
    email: str | None = None
    agreements: tuple[str, ...] = ()
    last_invoices: tuple[str, ...] = ()


@dataclass(frozen=True)
class Verification:
    """The party that the data point to, if any, and each datum beside the utility's own."""

    party: Known | None
    checks: tuple[Check, ...]


def number_key(number: str) -> str:
    """A document number as people may type it: case, spaces and the kind of separator do not count."""
    return re.sub(r"[\W_]+", "/", unicodedata.normalize("NFC", number).upper()).strip("/")


def subject_key(claim: Claim) -> str:
    """What an application is about, so that one e-mail address can apply for each such thing once at a time.

    The agreement; where the form asks for none, the person, or else the invoice.
    """
    return number_key(claim.agreement_number) or claim.tax_id or number_key(claim.invoice_number)


def name_key(name: str) -> tuple[str, ...]:
    """A name whatever the order of its words, its case and its punctuation; Polish letters count."""
    return tuple(sorted(re.findall(r"\w+", unicodedata.normalize("NFC", name).casefold())))


def email_key(email: str) -> str:
    """An e-mail address without regard to case."""
    return email.strip().casefold()


def read(form: SubmitApplication, registration: Registration) -> tuple[Claim, tuple[FieldError, ...]]:
    """The tidied answers and what is wrong with them, in words for the applicant, in the form's order.

    `registration` says which fields and consents are asked for, and which of them are required (W01, W02).
    """
    asked: dict[str, bool] = {field.name: field.required for field in registration.fields}
    claim = Claim(
        name=_tidy(form.name) if "name" in asked else "",
        tax_id=_digits(form.tax_id) if "tax_id" in asked else "",
        invoice_number=_tidy(form.invoice_number) if "invoice_number" in asked else "",
        agreement_number=_tidy(form.agreement_number) if "agreement_number" in asked else "",
        email=_address(form.email.strip()),
    )
    problems = (
        _problem_of_name(claim.name),
        _problem_of_tax_id(form.tax_id, claim.tax_id),
        _problem_of_invoice_number(claim.invoice_number),
        _problem_of_agreement_number(claim.agreement_number),
        _problem_of_email(claim.email),
    )
    wrong = (
        problem
        for problem in problems
        if problem and problem.field in asked and (asked[problem.field] or getattr(form, problem.field).strip())
    )
    return claim, (*wrong, *_consent_errors(form, registration))


def verify(claim: Claim, known: Iterable[Known]) -> Verification:
    """Compare `claim` with the parties that its numbers lead to; the party with the most matches is meant.

    Among equals the agreement's number counts most, then PESEL or NIP, then the invoice's number. Checks come in the
    form's order, one for each answer that was given.
    """
    party = max(known, key=lambda one: _strength(claim, one), default=None)
    if party is not None and not any(_strength(claim, party)[1:]):
        party = None
    return Verification(party, _checks(claim, party))


def _tidy(text: str) -> str:
    return " ".join(unicodedata.normalize("NFC", text).split())


def _address(text: str) -> str:
    try:
        return emails.address(text)
    except ValueError:
        return text  # as it was typed, for the error beside it


def _digits(text: str) -> str:
    compact = re.sub(r"[\s.\-\u2010-\u2015]", "", text)
    return compact[2:] if compact[:2].upper() == "PL" else compact


def _problem_of_name(name: str) -> FieldError | None:
    return _problem_of_length("name", name) if name else reasons.error("name_missing", "name")


def _problem_of_invoice_number(number: str) -> FieldError | None:
    if not number_key(number):
        return reasons.error("invoice_number_missing", "invoice_number")
    return _problem_of_length("invoice_number", number)


def _problem_of_agreement_number(number: str) -> FieldError | None:
    if not number_key(number):
        return reasons.error("agreement_number_missing", "agreement_number")
    return _problem_of_length("agreement_number", number)


def _problem_of_length(field: str, text: str) -> FieldError | None:
    return reasons.error("too_long", field, longest=LONGEST) if len(text) > LONGEST else None


def _problem_of_tax_id(typed: str, digits: str) -> FieldError | None:
    if not typed.strip():
        return reasons.error("tax_id_missing", "tax_id")
    if not digits.isdecimal() or not digits.isascii():
        return reasons.error("tax_id_not_digits", "tax_id")
    if len(digits) not in (_PESEL_DIGITS, _NIP_DIGITS):
        return reasons.error("tax_id_length", "tax_id", digits=len(digits))
    number, module = ("PESEL", pesel) if len(digits) == _PESEL_DIGITS else ("NIP", nip)
    try:
        module.validate(digits)
    except InvalidNumber:
        return reasons.error("tax_id_mistyped", "tax_id", number=number)
    return None


def _problem_of_email(email: str) -> FieldError | None:
    if not email:
        return reasons.error("email_missing", "email")
    try:
        emails.address(email)
    except ValueError:
        return reasons.error("email_malformed", "email")
    return None


def _consent_errors(form: SubmitApplication, registration: Registration) -> Iterator[FieldError]:
    if registration.requires("data_processing") and not form.data_processing_consent:
        yield reasons.error("data_processing_not_agreed", "data_processing_consent")
    if registration.requires("terms") and not form.terms_accepted:
        yield reasons.error("terms_not_accepted", "terms_accepted")


def _strength(claim: Claim, party: Known) -> tuple[int, bool, bool, bool]:
    matches = {check.field for check in _checks(claim, party) if check.matches}
    return len(matches), "agreement_number" in matches, "tax_id" in matches, "invoice_number" in matches


def _checks(claim: Claim, party: Known | None) -> tuple[Check, ...]:
    tax_id = (party.pesel if claim.pesel else party.nip) if party else None
    comparisons = (
        _compare("name", claim.name, (party.name,) if party else (), name_key),
        _compare("tax_id", claim.tax_id, (tax_id,) if tax_id else (), str),
        _compare("invoice_number", claim.invoice_number, party.last_invoices if party else (), number_key),
        _compare("agreement_number", claim.agreement_number, party.agreements if party else (), number_key),
        _compare("email", claim.email, (party.email,) if party and party.email else (), email_key),
    )
    return tuple(check for check in comparisons if check.given)


def _compare(field: str, given: str, expected: tuple[str, ...], key: Callable[[str], object]) -> Check:
    """The utility's own datum that matches, else all that it has (a manager of houses has many agreements)."""
    same = next((one for one in expected if key(one) == key(given)), None)
    more = f" i {len(expected) - SHOWN} innych" if len(expected) > SHOWN else ""
    shown = same or ", ".join(expected[:SHOWN]) + more or None
    return Check(field=field, given=given, expected=shown, matches=same is not None)
