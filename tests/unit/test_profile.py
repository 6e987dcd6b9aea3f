"""Utility profiles: the good ones load, a mistake is refused with file, section.field and what is wrong."""

import os
import shutil
import subprocess
import sys
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from deploy.profiles import PROFILES, load_profile, profile_names
from services.chassis import numbering
from services.chassis.profile import ProfileError


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with a copy of the good profiles, to be spoilt."""
    shutil.copytree(str(PROFILES), tmp_path / "profiles")
    return tmp_path / "profiles"


def spoil(folder: Path, old: str, new: str, name: str = "demo") -> str:
    """Replace `old` once in a profile and give the file's path."""
    file = folder / f"{name}.toml"
    text = file.read_text(encoding="utf-8")
    assert old in text, f"{old!r} is not in {file.name}: the test would spoil nothing"
    file.write_text(text.replace(old, new, 1), encoding="utf-8")
    return str(file)


@pytest.mark.parametrize("name", profile_names())
def test_every_profile_of_the_product_loads(name: str) -> None:
    profile = load_profile(name)
    assert profile.name == name
    assert "<h2>" in profile.registration.terms


def test_wloclawek_keeps_the_rules_of_its_manual() -> None:
    profile = load_profile("wloclawek")
    assert profile.utility.nip == "8880205453"
    assert profile.utility.registration_phones == ("54 231 73 18", "54 231 73 17", "54 231 73 25", "54 231 73 21")
    assert [field.name for field in profile.registration.fields] == [
        "name",
        "tax_id",
        "invoice_number",
        "agreement_number",
        "email",
    ]
    assert all(field.required for field in profile.registration.fields)
    assert profile.registration.human_check == "digits"
    assert (profile.registration.verification_working_days, profile.registration.call_after_days) == (3, 4)
    assert profile.registration.access_within_hours == 24
    assert profile.credentials.login_delay_seconds == 5
    assert profile.credentials.reset == "office"
    assert not profile.features.style_guide


def test_demo_supplies_everything_and_asks_for_a_good_password() -> None:
    profile = load_profile("demo")
    assert set(profile.utility.media) == {"heat", "water", "sewage"}
    assert profile.readings.submission
    assert profile.readings.absurd_factor == Decimal(5)
    policy = profile.credentials.password
    assert policy.min_length >= 12
    assert "qwertyuiop123" in policy.blocklist
    assert all(len(word) >= policy.min_length for word in policy.blocklist), "a shorter word blocks nothing"


def test_a_profile_is_found_by_path_with_the_files_beside_it(folder: Path) -> None:
    assert load_profile(str(folder / "demo.toml")) == load_profile("demo")


def test_a_profile_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        load_profile("demo").readings.submission = False  # type: ignore[misc]


def test_an_unknown_name_is_answered_with_the_names_there_are() -> None:
    with pytest.raises(ProfileError, match=r"^there is no profile wrocław; there are demo, wloclawek$"):
        load_profile("wrocław")


def test_a_missing_file_is_named(tmp_path: Path) -> None:
    with pytest.raises(ProfileError, match=r"nowhere\.toml: there is no such file$"):
        load_profile(str(tmp_path / "nowhere.toml"))


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "payment_days = 14",
            "payment_days = -1",
            "settlement.payment_days: should be greater than or equal to 0, not -1",
        ),
        ("payment_days = 14", 'payment_days = "14"', "settlement.payment_days: should be a valid integer, not '14'"),
        ("payment_days = 14\n", "", "settlement.payment_days: is missing"),
        ("payment_days = 14", "payment_dayz = 14", "settlement.payment_dayz: there is no such setting"),
        ("[letters]", "[leters]", "leters: there is no such setting"),
        ('human_check = "digits"', 'human_check = "riddle"', "registration.human_check: should be 'digits', 'picture'"),
        ('name = "tax_id"', 'name = "shoe_size"', "registration.fields[1].name: should be 'name', 'tax_id'"),
        ('name = "tax_id"', 'name = "name"', "registration: fields names a field twice"),
        (
            'name = "email", required = true',
            'name = "email", required = false',
            "registration: fields must contain email",
        ),
        (
            'name = "terms", required = true',
            'name = "terms", required = false',
            "registration: consents must contain terms",
        ),
        ('"terms/demo.html"', '"terms/lost.html"', "registration.terms: there is no file terms/lost.html beside"),
        ('nip = "9990002036"', 'nip = "9990002027"', "utility.nip: is no NIP"),
        ('regon = "990002021"', 'regon = "990002022"', "utility.regon: is no REGON"),
        ('"53 9999', '"54 9999', "utility.bank_account: is no account number (NRB)"),
        (
            "{serial:06}",
            "{number}",
            "registration.application_number: knows only {year}, {month} and {serial}, not {number}",
        ),
        ("/{serial:05}", "", "letters.number: must contain {serial}"),
        ("FV/{year}/{month:02}", "FV/{month:02}", "settlement.invoice_number: has {month} without {year}"),
        ("{serial:05}", "{serial:05", "letters.number: is no number pattern"),
        (
            'frequency = "any"',
            'missed_window = "two_month_settlement"',
            "readings.missed_window: 'two_month_settlement' is not built yet; there is 'none'",
        ),
        (
            'human_check = "digits"',
            'human_check = "altcha"',
            "registration.human_check: 'altcha' is not built yet; there is 'digits' or 'none'",
        ),
        ('human_check = "digits"', 'human_check = "picture"', "registration.human_check: 'picture' is not built yet"),
        ('verified_by = "clerk"', 'verified_by = "self"', "registration.verified_by: 'self' is not built yet"),
        ('delivery = "email"', 'delivery = "post"', "credentials.delivery: 'post' is not built yet"),
        ('reset = "office"', 'reset = "self"', "credentials.reset: 'self' is not built yet; there is 'office'"),
        (
            'frequency = "any"',
            "window = { first_day = 28, last_day = 25 }",
            "readings.window: first_day must not be after",
        ),
        ("absurd_factor = 5", "absurd_factor = 1", "readings.absurd_factor: should be greater than 1, not 1"),
        (
            '    { medium = "water", valid_from',
            '    { medium = "heat", valid_from',
            "settlement.vat has no rate of water, which utility.media names",
        ),
        ('default = "pl"', 'default = "de"', "languages.default: should be 'pl', 'en' or 'uk', not 'de'"),
        ('["pl", "en", "uk"]', '["en", "uk"]', "languages: offered must contain the default"),
        ('["pl", "en", "uk"]', '["pl", "pl"]', "languages.offered: names something twice"),
        ("[features]", 'name = "x"\n[features]', "letters.name: there is no such setting"),
        ("[utility]", 'name = "demo"\n[utility]', "name: a profile's name is its file's name"),
        ("[utility]", "[utility", "is no TOML: "),
    ],
)
def test_a_mistake_is_refused_with_file_field_and_reason(folder: Path, old: str, new: str, told: str) -> None:
    path = spoil(folder, old, new)
    with pytest.raises(ProfileError) as refusal:
        load_profile(path)
    assert f"{path}: {told}" in str(refusal.value)


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    spoil(folder, "payment_days = 14", "payment_days = 400")
    path = spoil(folder, "call_after_days = 4", "call_after_days = true")
    with pytest.raises(ProfileError) as refusal:
        load_profile(path)
    assert [line.split(": ")[1] for line in str(refusal.value).splitlines()] == [
        "registration.call_after_days",
        "settlement.payment_days",
    ]


def test_a_number_pattern_counts_within_the_month_or_year_that_it_shows() -> None:
    november, december = date(2026, 11, 22), date(2026, 12, 1)
    monthly, yearly = "FV/{year}/{month:02}/{serial:06}", "REJ/{year}/{serial:06}"
    assert numbering.number(monthly, november, 123) == "FV/2026/11/000123"
    assert numbering.series(monthly, november) != numbering.series(monthly, december)
    assert numbering.series(yearly, november) == numbering.series(yearly, december)
    assert numbering.series(yearly, december) != numbering.series(yearly, date(2027, 1, 1))


def test_the_command_tells_good_and_bad_profiles_and_fails_for_a_bad_one(folder: Path) -> None:
    bad = spoil(folder, "payment_days = 14", "payment_days = -1", "wloclawek")
    run = subprocess.run(
        [sys.executable, "-c", "from deploy.cli.profile import app; app()", "check", "demo", bad],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONUTF8": "1"},
        check=False,
    )
    assert run.returncode == 1
    assert run.stdout == "demo: fine (Wodociągi i Ciepło: heat, water, sewage)\n"
    assert run.stderr.startswith(f"{bad}: settlement.payment_days: ")
