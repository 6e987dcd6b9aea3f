"""What applicants type, and whether it is what the utility knows."""

from uuid import UUID

import pytest

from contracts.identity import SubmitApplication
from services.chassis.profile.profile import Profile
from services.identity.applications import Claim, Known, name_key, number_key, read, verify
from services.identity.profile import Registration
from tests.support.profiles import a_profile

ANNA = UUID(int=1)
FIRM = UUID(int=2)

RIGHT = {
    "name": "Anna Przykładowa",
    "tax_id": "93111698132",
    "invoice_number": "FV/2026/10/000101",
    "agreement_number": "UC/2019/0123",
    "email": "anna@poczta.example",
    "data_processing_consent": True,
    "terms_accepted": True,
}
CLAIM = Claim("Anna Przykładowa", "93111698132", "FV/2026/10/000101", "UC/2019/0123", "anna@poczta.example")
KNOWN = Known(
    ANNA,
    "Anna Przykładowa",
    pesel="93111698132",
    email="anna@poczta.example",
    agreements=("UC/2019/0123", "UW/2019/0456"),
    last_invoices=("FV/2026/10/000101", "FV/2026/10/000102"),
)


@pytest.fixture(scope="module")
def profile() -> Profile:
    return a_profile()


def asking(**required: bool | None) -> Profile:
    """A profile whose form requires every field, but for those said here: required, asked for, or not (None)."""
    every = dict.fromkeys(("name", "tax_id", "invoice_number", "agreement_number", "email"), True) | required
    fields = [{"name": name, "required": needed} for name, needed in every.items() if needed is not None]
    return a_profile(registration={"fields": fields})


def errors(profile: Profile, **changes: object) -> dict[str, str]:
    _, wrong = read(SubmitApplication.model_validate(RIGHT | changes), profile.of(Registration))
    return {one.field: one.text for one in wrong}


def test_a_right_form_has_no_errors_and_is_tidied(profile: Profile) -> None:
    form = RIGHT | {"name": "  Anna   Przykładowa ", "tax_id": "931116 98132", "email": " anna@poczta.example "}
    claim, wrong = read(SubmitApplication.model_validate(form), profile.of(Registration))
    assert wrong == ()
    assert claim == CLAIM
    assert claim.pesel == "93111698132"
    assert claim.nip is None


def test_an_empty_form_tells_at_each_field_what_to_do(profile: Profile) -> None:
    nothing = dict.fromkeys(("name", "tax_id", "invoice_number", "agreement_number", "email"), "")
    found = errors(profile, **nothing, data_processing_consent=False, terms_accepted=False)
    assert list(found) == [
        "name",
        "tax_id",
        "invoice_number",
        "agreement_number",
        "email",
        "data_processing_consent",
        "terms_accepted",
    ]
    assert "ostatniej faktury" in found["invoice_number"]


@pytest.mark.parametrize(
    ("typed", "told"),
    [
        ("93111698133", "PESEL jest pomyłka"),
        ("1220781343", "NIP jest pomyłka"),
        ("9311169813", "NIP jest pomyłka"),
        ("931116981", "Tu jest 9"),
        ("93111698I32", "samych cyfr"),
        ("９３１１１６９８１３２", "samych cyfr"),
        ("   ", "Wpisz PESEL"),
        ("---", "samych cyfr"),
        ("PL", "samych cyfr"),
    ],
)
def test_a_wrong_pesel_or_nip_is_told(profile: Profile, typed: str, told: str) -> None:
    assert told in errors(profile, tax_id=typed)["tax_id"]


def test_each_wrong_answer_has_its_code_and_what_its_words_need(profile: Profile) -> None:
    form = RIGHT | {"name": "x" * 201, "tax_id": "931116981", "agreement_number": "", "terms_accepted": False}
    _, wrong = read(SubmitApplication.model_validate(form), profile.of(Registration))
    assert [(one.field, one.code, one.parameters) for one in wrong] == [
        ("name", "too_long", {"longest": "200"}),
        ("tax_id", "tax_id_length", {"digits": "9"}),
        ("agreement_number", "agreement_number_missing", {}),
        ("terms_accepted", "terms_not_accepted", {}),
    ]


@pytest.mark.parametrize("field", ["invoice_number", "agreement_number"])
def test_a_number_without_a_letter_or_digit_is_no_number(profile: Profile, field: str) -> None:
    assert "Wpisz pełny numer" in errors(profile, **{field: "---"})[field]


@pytest.mark.parametrize("typed", ["122-078-13-42", "PL 122 078 13 42", "1220781342"])
def test_a_nip_may_be_typed_as_on_an_invoice(profile: Profile, typed: str) -> None:
    claim, wrong = read(SubmitApplication.model_validate(RIGHT | {"tax_id": typed}), profile.of(Registration))
    assert wrong == ()
    assert claim.nip == "1220781342"


@pytest.mark.parametrize(
    "typed",
    [
        "anna",
        "anna@poczta",
        "anna@@poczta.example",
        "an na@poczta.example",
        "anna@poczta..example",
        ".anna@poczta.example",
        "anna@poczta.example\nBcc: wszyscy@poczta.example",
        "Anna <anna@poczta.example>",
        "ania@" + "a" * 250 + ".example",
    ],
)
def test_a_wrong_email_address_is_told(profile: Profile, typed: str) -> None:
    assert "e-mail" in errors(profile, email=typed)["email"]


@pytest.mark.parametrize("field", ["name", "invoice_number", "agreement_number"])
def test_a_far_too_long_answer_is_told(profile: Profile, field: str) -> None:
    assert "za długie" in errors(profile, **{field: "x" * 201})[field]


@pytest.mark.parametrize("field", ["tax_id", "invoice_number", "agreement_number"])
def test_a_field_that_must_be_given_is_missed_at_that_field(field: str) -> None:
    assert list(errors(asking(**{field: True}), **{field: ""})) == [field]


@pytest.mark.parametrize("field", ["tax_id", "invoice_number", "agreement_number"])
def test_a_field_that_need_not_be_given_may_be_empty_but_what_is_given_must_be_right(field: str) -> None:
    profile = asking(**{field: False})
    assert errors(profile, **{field: " "}) == {}
    assert list(errors(profile, **{field: "x" * 201})) == [field]
    claim, _ = read(SubmitApplication.model_validate(RIGHT | {field: ""}), profile.of(Registration))
    assert field not in {check.field for check in verify(claim, [KNOWN]).checks}
    claim, _ = read(SubmitApplication.model_validate(RIGHT), profile.of(Registration))
    assert field in {check.field for check in verify(claim, [KNOWN]).checks if check.matches}


@pytest.mark.parametrize("field", ["tax_id", "invoice_number", "agreement_number"])
def test_a_field_that_the_utility_does_not_ask_for_is_neither_missed_nor_compared(field: str) -> None:
    claim, wrong = read(
        SubmitApplication.model_validate(RIGHT | {field: "junk"}), asking(**{field: None}).of(Registration)
    )
    assert wrong == ()
    assert getattr(claim, field) == ""
    assert field not in {check.field for check in verify(claim, [KNOWN]).checks}


@pytest.mark.parametrize("answer", ["data_processing_consent", "terms_accepted"])
def test_a_consent_that_the_utility_requires_is_missed_at_its_box(profile: Profile, answer: str) -> None:
    assert list(errors(profile, **{answer: False})) == [answer]


@pytest.mark.parametrize("consents", [[], [{"name": "data_processing", "required": False}]])
def test_a_consent_that_is_not_required_may_be_withheld(consents: list[dict[str, object]]) -> None:
    terms = {"name": "terms", "required": True}
    assert errors(a_profile(registration={"consents": [*consents, terms]}), data_processing_consent=False) == {}


@pytest.mark.parametrize(
    "typed", ["uc/2019/0123", " UC / 2019 / 0123 ", "UC-2019-0123", "UC 2019 0123", "uc_2019.0123"]
)
def test_numbers_match_whatever_case_spaces_and_separators(typed: str) -> None:
    assert number_key(typed) == number_key("UC/2019/0123")


def test_numbers_with_their_parts_cut_elsewhere_differ() -> None:
    assert number_key("12/3/2019") != number_key("1/23/2019")


def test_names_match_whatever_order_case_and_punctuation_but_polish_letters_count() -> None:
    assert name_key("PRZYKŁADOWA  Anna") == name_key("Anna Przykładowa")
    assert name_key("Wspólnota „Płocka 30”") == name_key("wspólnota płocka 30")
    assert name_key("Anna Przykladowa") != name_key("Anna Przykładowa")


def test_right_data_lead_to_the_party_and_all_match() -> None:
    verification = verify(CLAIM, [KNOWN])
    assert verification.party == KNOWN
    assert [check.field for check in verification.checks] == [
        "name",
        "tax_id",
        "invoice_number",
        "agreement_number",
        "email",
    ]
    assert all(check.matches for check in verification.checks)


def test_a_difference_shows_what_the_utility_has() -> None:
    claim = Claim("Anna Przykładowa", "93111698132", "FV/2026/09/000007", "UC/2019/0123", "inna@poczta.example")
    checks = {check.field: check for check in verify(claim, [KNOWN]).checks}
    assert not checks["invoice_number"].matches
    assert checks["invoice_number"].expected == "FV/2026/10/000101, FV/2026/10/000102"
    assert not checks["email"].matches
    assert checks["email"].expected == "anna@poczta.example"


def test_what_the_utility_does_not_have_is_no_match_and_expected_by_nothing() -> None:
    checks = {
        check.field: check
        for check in verify(CLAIM, [Known(ANNA, "Anna Przykładowa", agreements=("UC/2019/0123",))]).checks
    }
    assert checks["tax_id"].expected is None
    assert not checks["tax_id"].matches


def test_a_nip_is_never_compared_with_a_pesel() -> None:
    firm = Known(FIRM, "Firma", nip="1220781342", pesel=None, agreements=("UC/2019/0123",))
    checks = {check.field: check for check in verify(CLAIM, [firm]).checks}
    assert checks["tax_id"].expected is None


def test_of_two_parties_the_one_with_more_matches_is_meant_whatever_their_order() -> None:
    stranger = Known(FIRM, "Ktoś Inny", agreements=("UC/2019/0123",))
    assert verify(CLAIM, [stranger, KNOWN]).party == KNOWN
    assert verify(CLAIM, [KNOWN, stranger]).party == KNOWN


def test_among_equals_the_agreement_counts_more_than_the_invoice() -> None:
    claim = Claim("", "", "FV/1", "UC/1", "a@poczta.example")
    by_invoice = Known(ANNA, "A", last_invoices=("FV/1",))
    by_agreement = Known(FIRM, "B", agreements=("UC/1",))
    assert verify(claim, [by_invoice, by_agreement]).party == by_agreement


def test_a_name_or_an_email_alone_points_to_nobody() -> None:
    verification = verify(CLAIM, [Known(ANNA, "Anna Przykładowa", email="anna@poczta.example")])
    assert verification.party is None
    assert not any(check.matches for check in verification.checks)


def test_a_manager_of_many_houses_is_shown_in_short() -> None:
    many = Known(FIRM, "Zarządca", pesel="93111698132", agreements=tuple(f"UC/2019/{n:04}" for n in range(200, 320)))
    checks = {check.field: check for check in verify(CLAIM, [many]).checks}
    assert (checks["agreement_number"].expected or "").endswith("UC/2019/0204 i 115 innych")
