"""Utility profiles: the good ones load, a mistake is refused with file, section.field and what is wrong."""

import ast
import os
import shutil
import subprocess
import sys
import zlib
from datetime import date
from decimal import Decimal
from pathlib import Path

import pytest
from pydantic import ValidationError

from deploy.catalog import SERVICES, ServiceEntry, sections
from deploy.profiles import PROFILES, load_profile, profile_names
from deploy.profiles.copies import taken_over
from gateway.profile import Documents, Features
from services.chassis import numbering
from services.chassis.profile.looks import Looks
from services.chassis.profile.reading import OF_EVERYBODY, ProfileError
from services.identity.profile import Credentials, Registration
from services.metering.profile import Readings

ROOT = PROFILES.parent.parent


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
    documents = load_profile(name).of(Documents)
    for document in (documents.terms, documents.accessibility, documents.privacy):
        assert "<h2" in document["pl"]


def test_wloclawek_keeps_the_rules_of_its_manual() -> None:
    profile = load_profile("wloclawek")
    assert profile.utility.nip == "8880205453"
    assert profile.utility.registration_phones == ("54 231 73 18", "54 231 73 17", "54 231 73 25", "54 231 73 21")
    registration = profile.of(Registration)
    assert [field.name for field in registration.fields] == [
        "name",
        "tax_id",
        "invoice_number",
        "agreement_number",
        "email",
    ]
    assert all(field.required for field in registration.fields)
    assert registration.human_check == "digits"
    assert (registration.verification_working_days, registration.call_after_working_days) == (3, 4)
    assert registration.access_within_hours == 24
    assert profile.of(Credentials).login_delay_seconds == 5
    assert not profile.of(Features).style_guide


def test_demo_supplies_everything_and_asks_for_a_good_password() -> None:
    profile = load_profile("demo")
    assert set(profile.utility.media) == {"heat", "water", "sewage"}
    assert profile.of(Readings).submission
    assert profile.of(Readings).unusual_factor == Decimal(5)
    policy = profile.of(Credentials).password
    assert policy.min_length >= 12
    assert "qwertyuiop123" in policy.blocklist
    assert all(len(word) >= policy.min_length for word in policy.blocklist), "a shorter word blocks nothing"


def test_a_profile_is_found_by_path_with_the_files_beside_it(folder: Path) -> None:
    assert load_profile(str(folder / "demo.toml")).of(Credentials) == load_profile("demo").of(Credentials)


def test_a_profile_cannot_be_changed() -> None:
    with pytest.raises(ValidationError):
        load_profile("demo").of(Readings).submission = False  # type: ignore[misc]  # mypy refuses it too


def test_an_unknown_name_is_answered_with_the_names_there_are() -> None:
    with pytest.raises(ProfileError, match=f"^there is no profile wrocław; there are {', '.join(profile_names())}$"):
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
        ("[readings]", "[reedings]", "reedings: no service has such a section"),
        ("[readings]", "[reedings]", "readings.submission: is missing"),
        ('human_check = "digits"', 'human_check = "riddle"', "registration.human_check: should be 'digits', 'picture'"),
        ('name = "tax_id"', 'name = "shoe_size"', "registration.fields[1].name: should be 'name', 'tax_id'"),
        ('name = "tax_id"', 'name = "name"', "registration: fields names a field twice"),
        (
            'name = "email", required = true',
            'name = "email", required = false',
            "registration: fields must contain email",
        ),
        (
            'name = "name", required = true',
            'name = "name", required = false',
            "registration: fields must contain name",
        ),
        (
            'name = "terms", required = true',
            'name = "terms", required = false',
            "registration: consents must contain terms",
        ),
        ('"terms/demo.html"', '"terms/lost.html"', "documents.terms.pl: there is no file terms/lost.html beside"),
        ('nip = "9990002036"', 'nip = "9990002027"', "utility.nip: is no NIP"),
        (
            'email = "ebok@wierzbogrod.example"',
            'email = "biuro..ebok@wodnik.example"',
            "utility.email: 'biuro..ebok@wodnik.example' is no e-mail",
        ),
        (
            '["water", "sewage"], phone',
            '["water"], phone',
            "utility: emergencies has no number for sewage",
        ),
        (
            'media = ["heat", "water", "sewage"]',
            'media = ["water", "sewage"]',
            "utility: emergencies has a number for heat, which media does not name",
        ),
        ('["99 100 20 00"]', '["zadzwoń"]', "utility.phones[0]: 'zadzwoń' is no telephone number: write a single"),
        ('["99 100 20 00"]', '["<b>99 100 20 00</b>"]', "utility.phones[0]: '<b>99 100 20 00</b>' is no telephone"),
        ('["99 100 20 00"]', '["99 100 20 00, 99 100 20 01"]', "utility.phones[0]: '99 100 20 00, 99 100 20 01' is no"),
        ('["99 100 20 00"]', '["99 100 20 00 99 100 20 01"]', "utility.phones[0]: '99 100 20 00 99 100 20 01' is no"),
        ('["99 100 20 00"]', '["99 100 20 0"]', "utility.phones[0]: '99 100 20 0' is no telephone number"),
        ('["99 100 20 00"]', '["0048 99 100 20 00"]', "utility.phones[0]: '0048 99 100 20 00' is no telephone"),
        ('["99 100 20 00"]', '["99 100 20 00", "99 100 20 00"]', "utility.phones: names something twice"),
        ('"99 100 20 01", "99', '"w biurze", "99', "utility.registration_phones[0]: 'w biurze' is no telephone number"),
        ('phone = "99 100 29 93"', 'phone = "٩٩٤"', "utility.emergencies[1].phone: '٩٩٤' is no telephone number"),
        (
            '{ media = ["heat"], phone = "99 100 29 93" }',
            '{ media = ["heat"], phone = "993" }, { media = ["heat", "water"], phone = "994" }',
            "utility: emergencies has two numbers for heat, water at the same hours: leave the one that people call",
        ),
        ('short_name = "Wodociągi i Ciepło"', 'short_name = " "', "utility.short_name: is empty: write the text"),
        (
            'short_name = "Wodociągi',
            'short_name = "Wodo\u202eciągi',
            "utility.short_name: has a character that cannot be",
        ),
        (
            '"https://www.wierzbogrod.example"',
            "'https://www.wierzbogrod.example/\"x'",
            "utility.website: 'https://www.wierzbogrod.example/\"x' is no address of a website: write it as https://",
        ),
        ('"https://www.wierz', '"https://<b>wierz', "utility.website: 'https://<b>wierzbogrod.example' is no address"),
        ('"https://www.wierz', '"ftp://www.wierz', "utility.website: 'ftp://www.wierzbogrod.example' is no address"),
        ("opened_on = 2026-09-01", "opened_on = 0001-01-01", "documents.opened_on: must be in the years 1900 to 2199"),
        ("reviewed_on = 2026-11-02", "reviewed_on = 9999-12-31", "documents.reviewed_on: must be in the years 1900 to"),
        (
            'medium = "water", valid_from = 2011-01-01',
            'medium = "water", valid_from = 9999-12-31',
            "settlement.vat[1].valid_from: must be in the years 1900 to 2199",
        ),
        ("opens = 07:00:00", "opens = 17:30:00", "utility.phone_hours[0]: opens must be before closes"),
        ('first = "monday"', 'first = "sunday"', "utility.phone_hours[0]: first must not be after last"),
        (
            "reviewed_on = 2026-11-02",
            "reviewed_on = 2026-11-01",
            "documents: reviewed_on must not",
        ),
        ("opened_on = 2026-09-01", "opened_on = 2027-09-01", "documents: changed_on must not be before opened_on"),
        ('terms = { pl = "terms/demo.html", en', "terms = { en", "documents.terms: has no Polish text (pl)"),
        ('regon = "990002021"', 'regon = "990002022"', "utility.regon: is no REGON"),
        ('"53 9999', '"54 9999', "utility.bank_account: is no account number (NRB)"),
        (
            "{serial:06}",
            "{number}",
            "registration.application_number: knows only {year}, {month} and {serial}, not {number}",
        ),
        ("REJ/{year}/{serial:06}", "REJ/{year}", "registration.application_number: must contain {serial}"),
        ("FV/{year}/{month:02}", "FV/{month:02}", "settlement.invoice_number: has {month} without {year}"),
        ("{serial:06}", "{serial:06", "registration.application_number: is no number pattern"),
        *(
            ("{serial:06}", f"{{serial{odd}}}", "registration.application_number: knows widths up to nine digits")
            for odd in (":.1e", ":c", ":6", ":03000", "!r:>06", ":,")
        ),
        ("{serial:06}", "<b>{serial:06}", "registration.application_number: may have letters, digits and the signs"),
        ("{serial:06}", "X" * 40 + "{serial:06}", "registration.application_number: has more than 40 characters"),
        (
            'human_check = "digits"',
            'human_check = "altcha"',
            "registration.human_check: 'altcha' is not built yet; there is 'digits' or 'none'",
        ),
        ('human_check = "digits"', 'human_check = "picture"', "registration.human_check: 'picture' is not built yet"),
        ('name = "tax_id"', 'name = "payer_code"', "registration.fields[1].name: 'payer_code' is not built yet"),
        ('name = "tax_id"', 'name = "address"', "registration.fields[1].name: 'address' is not built yet"),
        (
            'name = "tax_id"',
            'name = "invoice_amount"',
            "registration.fields[1].name: 'invoice_amount' is not built yet",
        ),
        ('name = "tax_id"', 'name = "phone"', "registration.fields[1].name: 'phone' is not built yet"),
        (
            'name = "data_processing"',
            'name = "correctness"',
            "registration.consents[0].name: 'correctness' is not built yet; there is 'data_processing' or 'terms'",
        ),
        (
            'name = "data_processing"',
            'name = "marketing_objection"',
            "registration.consents[0].name: 'marketing_objection' is not built yet",
        ),
        (
            'frequency = "any"',
            "window = { first_day = 28, last_day = 25 }",
            "readings.window: first_day must not be after",
        ),
        ("unusual_factor = 5", "unusual_factor = 1", "readings.unusual_factor: should be greater than 1, not 1"),
        (
            '    { medium = "water", valid_from',
            '    { medium = "heat", valid_from',
            "settlement: vat has no rate of water, which utility.media names",
        ),
        (
            '    { medium = "water", valid_from',
            '    { medium = "water", valid_from = 2011-01-01, percent = 5 },\n    { medium = "water", valid_from',
            "settlement: vat has 2 rates of water from 2011-01-01 on: leave the right one",
        ),
        ('default = "pl"', 'default = "de"', "languages.default: should be 'pl', 'en' or 'uk', not 'de'"),
        ('["pl", "en", "uk"]', '["en", "uk"]', "languages: offered must contain the default"),
        ('["pl", "en", "uk"]', '["pl", "pl"]', "languages.offered: names something twice"),
        ("[utility]", 'name = "demo"\n[utility]', "name: no service has such a section"),
        ("[utility]", "readings = 3\n[utility]", "is no TOML: "),
        ("[utility]", "[utility", "is no TOML: "),
    ],
)
def test_a_mistake_is_refused_with_file_field_and_reason(folder: Path, old: str, new: str, told: str) -> None:
    path = spoil(folder, old, new)
    with pytest.raises(ProfileError) as refusal:
        load_profile(path)
    assert f"{path}: {told}" in str(refusal.value)


@pytest.mark.parametrize("phone", ["993", "54 231 73 00", "(54) 231-73-00", "+48 54 231 73 00", "+380 44 123 45 67"])
def test_a_telephone_number_is_written_as_people_do(folder: Path, phone: str) -> None:
    assert load_profile(spoil(folder, '"99 100 20 00"', f'"{phone}"')).utility.phones == (phone,)


def test_a_medium_has_one_number_by_day_and_one_by_night(folder: Path) -> None:
    day = '{ first = "monday", last = "sunday", opens = 07:00:00, closes = 15:00:00 }'
    one = '{ media = ["heat"], phone = "99 100 29 93" },'
    path = spoil(folder, one, f'{one} {{ media = ["heat"], phone = "993", hours = [{day}] }},')
    assert len(load_profile(path).utility.emergencies) == 3


@pytest.mark.parametrize("name", ["demo.toml", "terms/demo.html", "blocklist.txt"])
def test_the_mark_with_which_some_editors_begin_a_file_is_no_part_of_it(folder: Path, name: str) -> None:
    file = folder / name
    file.write_bytes(b"\xef\xbb\xbf" + file.read_bytes())
    profile = load_profile(str(folder / "demo.toml"))
    assert not profile.of(Documents).terms["pl"].startswith("\ufeff")
    assert profile.of(Credentials).password.blocklist == load_profile("demo").of(Credentials).password.blocklist


def test_a_profile_in_another_encoding_is_told_to_be_saved_as_utf_8(folder: Path) -> None:
    file = folder / "demo.toml"
    file.write_text(file.read_text(encoding="utf-8"), encoding="utf-16")
    with pytest.raises(ProfileError, match=r"demo.toml: is not written in UTF-8: save it again as UTF-8"):
        load_profile(str(file))


def icon(*, side: int = 512, pixels: bytes = b"\0" * (513 * 512)) -> bytes:
    """A picture of grey pixels, of eight bits each."""

    def part(kind: bytes, data: bytes) -> bytes:
        return len(data).to_bytes(4) + kind + data + zlib.crc32(kind + data).to_bytes(4)

    head = side.to_bytes(4) * 2 + bytes([8, 0, 0, 0, 0])
    parts = (part(b"IHDR", head), part(b"IDAT", zlib.compress(pixels)), part(b"IEND", b""))
    return b"\x89PNG\r\n\x1a\n" + b"".join(parts)


SVG = b'<?xml version="1.0"?><!-- mark --><svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 1 1"><path/></svg>'


@pytest.mark.parametrize(
    ("setting", "content", "told"),
    [
        ("mark", b"", "must be an SVG picture of at most 50 kB; it cannot be read: no element found"),
        ("mark", b"<p>not an <svg</p>", "must be an SVG picture of at most 50 kB; it cannot be read: "),
        ("mark", b"<html><svg/></html>", "must be an SVG picture of at most 50 kB, which begins with <svg xmlns="),
        ("mark", b"<svg/>", "must be an SVG picture of at most 50 kB, which begins with <svg xmlns="),
        ("mark", SVG[:-6], "must be an SVG picture of at most 50 kB; it cannot be read: "),
        ("mark", SVG.replace(b'1.0"', b'1.0" encoding="x"'), "must be an SVG picture of at most 50 kB; it cannot"),
        ("mark", SVG + b" " * 50_000, "must be an SVG picture of at most 50 kB"),
        ("app_icon", SVG, "must be a PNG picture of 512 × 512 pixels and at most 200 kB"),
        ("app_icon", icon(side=256), "must be a PNG picture of 512 × 512 pixels and at most 200 kB"),
        ("app_icon", icon()[:24], "the picture is cut off or damaged: save it again"),
        ("app_icon", icon()[:-12], "the picture is cut off or damaged: save it again"),
        ("app_icon", icon().replace(b"IDAT", b"IDOT"), "the picture is cut off or damaged: save it again"),
        ("app_icon", icon(pixels=b""), "must be a PNG picture of 512 × 512 pixels and at most 200 kB; some of its"),
    ],
)
def test_a_mark_or_icon_that_no_browser_shows_is_told(folder: Path, setting: str, content: bytes, told: str) -> None:
    (folder / "picture").write_bytes(content)
    path = spoil(folder, "[registration]", f'[looks]\n{setting} = "picture"\n\n[registration]')
    with pytest.raises(ProfileError) as refusal:
        load_profile(path)
    assert f"{path}: looks.{setting}: {told}" in str(refusal.value)


def test_a_mark_and_an_icon_that_browsers_show_are_taken(folder: Path) -> None:
    (folder / "mark.svg").write_bytes(SVG)
    (folder / "icon.png").write_bytes(icon())
    pictures = '[looks]\nmark = "mark.svg"\napp_icon = "icon.png"\n\n[registration]'
    looks = load_profile(spoil(folder, "[registration]", pictures)).of(Looks)
    assert (looks.mark, looks.app_icon) == (SVG, icon())


def test_a_form_that_could_lead_to_no_party_is_refused(folder: Path) -> None:
    for field in ("tax_id", "invoice_number", "agreement_number"):
        path = spoil(folder, f'name = "{field}", required = true', f'name = "{field}", required = false')
    with pytest.raises(
        ProfileError, match=r"registration: fields must contain tax_id, invoice_number or agreement_num"
    ):
        load_profile(path)


def test_an_identifier_made_of_the_invoice_number_needs_that_number_of_everybody(folder: Path) -> None:
    spoil(folder, 'identifier = "payer_code"', 'identifier = "invoice_prefix"')
    path = spoil(folder, 'name = "invoice_number", required = true', 'name = "invoice_number", required = false')
    with pytest.raises(ProfileError, match=r"credentials: identifier is made of invoice_number, which registration"):
        load_profile(path)


def test_an_identifier_made_of_the_invoice_number_needs_a_number_that_begins_with_its_serial(folder: Path) -> None:
    path = spoil(folder, 'identifier = "payer_code"', 'identifier = "invoice_prefix"')
    with pytest.raises(ProfileError, match=r"credentials.identifier: .* must begin with {serial:06}"):
        load_profile(path)


def test_all_mistakes_are_told_at_once(folder: Path) -> None:
    spoil(folder, "payment_days = 14", "payment_days = 400")
    path = spoil(folder, "call_after_working_days = 4", "call_after_working_days = true")
    with pytest.raises(ProfileError) as refusal:
        load_profile(path)
    assert [line.split(": ")[1] for line in str(refusal.value).splitlines()] == [
        "registration.call_after_working_days",
        "settlement.payment_days",
    ]


@pytest.mark.parametrize("pattern", ["{year}/{month}{serial}", "{year}/{month}1{serial:02}", "{serial}{month}/{year}"])
def test_a_number_pattern_in_which_two_documents_could_be_alike_is_refused(folder: Path, pattern: str) -> None:
    path = spoil(folder, "FV/{year}/{month:02}/{serial:06}", pattern)
    with pytest.raises(ProfileError, match=r"settlement.invoice_number: .* else two documents are alike"):
        load_profile(path)


@pytest.mark.parametrize(
    "pattern", ["{serial:06}{year}{month:02}", "{year}{month:02}{serial}", "{year}-{month}-{serial}"]
)
def test_a_number_pattern_may_do_without_signs_where_widths_are_fixed(folder: Path, pattern: str) -> None:
    load_profile(spoil(folder, "FV/{year}/{month:02}/{serial:06}", pattern))


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


def check(profile: str) -> list[str]:
    """What `ebok profile check` tells of a profile that it refuses, without the profile's path."""
    run = subprocess.run(
        [sys.executable, "-c", "from deploy.cli.profile import app; app()", "check", profile],
        capture_output=True,
        text=True,
        env=os.environ | {"PYTHONUTF8": "1"},
        check=False,
    )
    assert run.returncode == 1
    return [line.removeprefix(f"{profile}: ") for line in run.stderr.splitlines()]


def test_the_command_refuses_a_copy_that_keeps_what_is_another_utilitys(folder: Path) -> None:
    copy = spoil(folder, "Wierzbogrodzkie Wodociągi i Ciepło", "Miejskie Wodociągi")
    assert check(copy) == [
        "utility.short_name: is that of demo",
        "utility.address: is that of demo",
        "utility.phones: 99 100 20 00 is that of demo",
        "utility.emergencies: 99 100 29 94 is that of demo",
        "utility.emergencies: 99 100 29 93 is that of demo",
        "utility.registration_phones: 99 100 20 01 is that of demo",
        "utility.registration_phones: 99 100 20 02 is that of demo",
        *(f"utility.{setting}: is that of demo" for setting in ("email", "nip", "regon", "website", "bank_account")),
        "documents.terms.pl: is that of demo",
        "documents.terms.en: is that of demo",
        "documents.terms.uk: is that of demo",
        "documents.data_protection_email: is that of demo",
    ]


def test_the_command_refuses_an_untouched_copy_and_tells_the_name_first(folder: Path) -> None:
    told = check(str(folder / "demo.toml"))
    assert told[0] == "utility.name: is that of demo; one utility has one profile: write the name of yours"
    assert len(told) == 17


OWN = {
    'name = "Wierzbogrodzkie Wodociągi i Ciepło Sp. z o.o."': 'name = "Miejskie Wodociągi Sp. z o.o."',
    'short_name = "Wodociągi i Ciepło"': 'short_name = "Wodnik"',
    "ul. Wodna 7": "ul. Rybna 7",
    '["99 100 20 00"]': '["99 200 30 00"]',
    '["99 100 20 01", "99 100 20 02"]': '["99 200 30 01", "994"]',
    "ebok@wierzbogrod.example": "bok@wodnik.example",
    "9990002036": "5260250274",
    "990002021": "012100784",
    "https://www.wierzbogrod.example": "https://wodnik.example",
    'bank_account = "53 9999 0000 0000 0000 0000 2026"\n': "",
    "99 100 29 94": "99 200 29 94",
    "99 100 29 93": "993",
    '{ pl = "terms/demo.html", en = "terms/demo.en.html", uk = "terms/demo.uk.html" }': (
        '{ pl = "terms/own.html", en = "terms/own.en.html" }'
    ),
    "iod@wierzbogrod.example": "iod@wodnik.example",
}
"""What whoever copies the demo's profile writes anew."""


@pytest.fixture
def own(folder: Path) -> Path:
    """A copy of the demo's profile in which a utility of the same town has put everything of its own."""
    for old, new in OWN.items():
        spoil(folder, old, new)
    (folder / "terms" / "own.html").write_text("<p>Regulamin.</p>", encoding="utf-8")
    (folder / "terms" / "own.en.html").write_text("<p>Terms.</p>", encoding="utf-8")
    return folder


def test_a_copy_with_everything_of_its_own_is_fine(own: Path) -> None:
    assert list(taken_over(str(own / "demo.toml"))) == []


@pytest.mark.parametrize(
    ("old", "new", "told"),
    [
        (
            "Miejskie Wodociągi Sp. z o.o.",
            "wierzbogrodzkie  Wodociągi i Ciepło Sp. z o.o.",
            "name: is that of demo; one utility has one profile: write the name of yours",
        ),
        ('["99 200 30 00"]', '["99 200 30 00", "99 100 20 00"]', "phones: 99 100 20 00 is that of demo"),
        ('"99 200 30 00"', '"+48 (99) 100-20-00"', "phones: +48 (99) 100-20-00 is that of demo"),
        ('"99 200 30 00"', '"991002001"', "phones: 991002001 is that of demo"),
        ("bok@wodnik.example", "Ebok@wierzbogrod.example", "email: is that of demo"),
        ("https://wodnik.example", "http://wierzbogrod.example/", "website: is that of demo"),
        ("5260250274", "999-000-20-36", "nip: is that of demo"),
        ("ul. Rybna 7", "ul.  wodna 7", "address: is that of demo"),
    ],
)
def test_one_thing_that_a_copy_kept_is_told_however_it_is_written(own: Path, old: str, new: str, told: str) -> None:
    assert list(taken_over(spoil(own, old, new))) == [f"utility.{told}"]


@pytest.mark.parametrize(
    ("words", "told"),
    [
        ("prowadzą Wierzbogrodzkie\nWodociągi i&nbsp;Ciepło Sp. z o.o.", "names {name}, which is utility.name of demo"),
        ("Telefon: (99)\u00a0100-20-02.", "names 99 100 20 02, which is utility.registration_phones of demo"),
        ("NIP 999-000-20-36, dalej", "names 9990002036, which is utility.nip of demo"),
        ("Piszcie na EBOK@wierzbogrod.example.", "names ebok@wierzbogrod.example, which is utility.email of demo"),
        (
            '<a href="https://ebok.wierzbogrod.example/pomoc">Pomoc</a>',
            "names https://www.wierzbogrod.example, which is utility.website of demo",
        ),
    ],
)
def test_terms_that_name_the_other_utility_are_told(own: Path, words: str, told: str) -> None:
    (own / "terms" / "own.html").write_text(f"<p>{words}</p>", encoding="utf-8")
    name = load_profile("demo").utility.name
    assert list(taken_over(str(own / "demo.toml"))) == [f"documents.terms.pl: {told.format(name=name)}"]
    for file in ("own.html", "own.en.html"):
        (own / "terms" / file).write_text(f"<p>{words if file == 'own.en.html' else 'Regulamin'}</p>", encoding="utf-8")
    assert list(taken_over(str(own / "demo.toml"))) == [f"documents.terms.en: {told.format(name=name)}"]


@pytest.mark.parametrize("service", [one for one in SERVICES if one.sections()], ids=lambda service: service.name)
def test_sections_know_only_the_chassis_so_that_another_part_may_read_them(service: ServiceEntry) -> None:
    file = ROOT.joinpath(*service.package.split("."), "profile.py")
    imported = [node.module or "" for node in ast.walk(ast.parse(file.read_text())) if isinstance(node, ast.ImportFrom)]
    ours = [module for module in imported if module.partition(".")[0] in {"services", "gateway", "deploy"}]
    assert [module for module in ours if not module.startswith("services.chassis.")] == []


def test_no_two_sections_have_one_name() -> None:
    names = [section.section for section in (*OF_EVERYBODY, *sections())]
    assert sorted(names) == sorted(set(names))
