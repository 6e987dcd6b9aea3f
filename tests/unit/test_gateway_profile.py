"""What the pages obey of a utility's profile: each setting changes what a person is shown."""

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime, time
from decimal import Decimal
from pathlib import Path
from typing import Any
from uuid import UUID

import httpx
import pytest
from obstore.store import LocalStore

from gateway.accounts import passwords
from gateway.app import build
from gateway.applications.public import shown_form as registration_form
from gateway.applications.views import RegistrationSent
from gateway.home import documents
from gateway.home.views import Contact
from gateway.pages import PAGES
from gateway.profile import PLACES, Documents
from gateway.readings.giving import empty_form, shown_form
from gateway.readings.histories import history
from gateway.readings.queries import Meter, Reading
from gateway.readings.views import ReadingList
from gateway.web.forms import Form
from gateway.web.server import web_application
from gateway.web.site import Site
from gateway.web.texts.languages import catalogue
from services.chassis.process import Process
from services.chassis.settings import Settings
from services.metering.profile import Readings
from tests.support.browser import in_process
from tests.support.pages import Element, breakable, parse
from tests.support.profiles import a_profile
from tests.support.samples import NO_DATABASE, by_customer, visit

ID = UUID(int=7)
IN_NOVEMBER = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
LAST_DAYS = {"submission": True, "window": {"first_day": 25, "last_day": 31}}
FIRST_DAYS = {"submission": True, "window": {"first_day": 1, "last_day": 5}}
METER = Meter(
    ID, "H-1", "heat", "GJ", "ul. Wodna 1", "PC-1", [Reading(Decimal("30.5"), date(2026, 10, 31), "actual", None)],
    date(2026, 7, 31),
)  # fmt: skip


def site_of(day: int = 22, **changes: Mapping[str, Any]) -> Site:
    """A gateway of a utility whose profile has `changes`, on a day of November 2026."""
    now = IN_NOVEMBER.replace(day=day)
    gateway = build(Settings(secret="kora-7-bryza"), a_profile(**changes), lambda: now)
    return Site(Process(gateway), NO_DATABASE, LocalStore(Path(__file__).parent), PAGES)


def meters(site: Site) -> Element:
    visit = by_customer()
    shown = history(visit, METER, site.profile.of(Readings), site.today)
    return parse(site.page(visit, ReadingList([shown])).content)


def reading_form(site: Site) -> Element:
    visit = by_customer()
    shown = shown_form(visit, METER, empty_form(site.today), site.profile.of(Readings), site.today)
    return parse(site.page(visit, shown).content)


async def answer(site: Site, path: str) -> httpx.Response:
    transport = in_process(web_application(site))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as browser:
        return await browser.get(path)


async def page(site: Site, path: str) -> Element:
    return parse((await answer(site, path)).text)


def fields(page: Element) -> dict[str, bool]:
    """Names of the fields and boxes that a form asks for, and which of them must be given."""
    asked = (one for one in page.all("input") if one.get("type") != "hidden")
    return {one.get("name"): "required" in one.attributes for one in asked if "human_check" not in one.get("name")}


def test_within_the_window_the_meters_tell_it_and_offer_the_form() -> None:
    shown = meters(site_of(day=25, readings=LAST_DAYS))
    assert "Stan licznika można podać od 25. do ostatniego dnia miesiąca." in shown.text
    assert "/readings/H-1" in [link.get("href") for link in shown.all("a")]


def test_outside_the_window_the_meters_tell_it_and_offer_no_form() -> None:
    shown = meters(site_of(day=24, readings=LAST_DAYS))
    assert "Stan licznika można podać od 25. do ostatniego dnia miesiąca." in shown.text
    assert "/readings/H-1" not in [link.get("href") for link in shown.all("a")]


@pytest.mark.parametrize(("day", "offered"), [(1, True), (5, True), (6, False), (30, False)])
def test_the_form_is_there_on_the_days_of_the_window_alone(day: int, offered: bool) -> None:
    shown = reading_form(site_of(day=day, readings=FIRST_DAYS))
    assert "od 1. do 5. dnia miesiąca" in shown.text
    assert ("value" in fields(shown)) is offered
    assert ("Dziś nie przyjmujemy odczytów" in shown.text) is not offered


def test_the_form_opens_with_todays_date() -> None:
    entries = reading_form(site_of(day=27)).all("input")
    shown = {one.get("name"): one.get("value") for one in entries if one.get("name").startswith("read_on")}
    assert shown == {"read_on_day": "27", "read_on_month": "11", "read_on_year": "2026"}


def test_where_any_day_will_do_nothing_is_said_of_days() -> None:
    for shown in (meters(site_of()), reading_form(site_of())):
        assert "dnia miesiąca" not in shown.text
    assert "value" in fields(reading_form(site_of()))


@pytest.mark.parametrize(("frequency", "said"), [("any", False), ("monthly", True)])
def test_a_limit_of_one_reading_a_month_is_told(frequency: str, said: bool) -> None:
    site = site_of(readings={"submission": True, "frequency": frequency})
    assert ("Przyjmujemy jeden odczyt w miesiącu." in meters(site).text) is said
    assert ("Przyjmujemy jeden odczyt w miesiącu." in reading_form(site).text) is said


def test_a_utility_that_reads_its_meters_itself_offers_no_form() -> None:
    shown = meters(site_of(readings={"submission": False, "frequency": "monthly"}))
    assert "Podaj stan licznika" not in shown.text
    assert "odczyt w miesiącu" not in shown.text


async def test_the_registration_form_asks_for_the_fields_of_the_profile_in_their_order() -> None:
    registration = {
        "fields": [
            {"name": "email", "required": True},
            {"name": "name", "required": True},
            {"name": "agreement_number", "required": True},
            {"name": "tax_id", "required": False},
        ],
        "consents": [{"name": "terms", "required": True}],
    }
    shown = fields(await page(site_of(registration=registration), "/registration"))
    assert list(shown.items()) == [
        ("email", True), ("name", True), ("agreement_number", True), ("tax_id", False), ("terms", True),
    ]  # fmt: skip


async def test_the_invoice_number_is_explained_by_the_utilitys_own_pattern() -> None:
    shown = await page(site_of(settlement={"invoice_number": "{serial:06}/W/{year}"}), "/registration")
    assert "na przykład 000123/W/2026" in shown.text


@pytest.mark.parametrize(("human_check", "asked"), [("digits", True), ("none", False)])
async def test_the_profile_says_how_a_person_is_told_from_a_machine(human_check: str, asked: bool) -> None:
    shown = await page(site_of(registration={"human_check": human_check}), "/registration")
    assert any("human_check" in field.get("name") for field in shown.all("input")) is asked


@pytest.mark.parametrize(("variant", "status"), [("form", 200), ("office", 404)])
async def test_where_the_office_opens_accounts_there_is_no_form(variant: str, status: int) -> None:
    site = site_of(registration={"variant": variant})
    assert (await answer(site, "/registration")).status_code == status
    links = [link.get("href") for link in (await page(site, "/login")).all("a")]
    assert ("/registration" in links) is (variant == "form")


@pytest.mark.parametrize("on", [True, False])
async def test_the_style_guide_is_served_where_it_is_switched_on(on: bool) -> None:
    site = site_of(features={"style_guide": on})
    assert (await answer(site, "/styleguide")).status_code == (200 if on else 404)


@pytest.mark.parametrize("on", [True, False])
async def test_pages_tell_how_long_they_took_where_it_is_switched_on(on: bool) -> None:
    shown = await page(site_of(features={"page_times": on}), "/contact")
    assert ("Strona przygotowana w" in shown.text) is on


@pytest.mark.parametrize("on", [True, False])
def test_the_balance_stands_in_the_bottom_bar_where_it_is_switched_on(on: bool) -> None:
    shown = meters(site_of(features={"balance_bar": on}))
    assert shown.text.count("12,30") == (2 if on else 1)


async def test_languages_are_those_of_the_profile_and_the_first_is_its_default() -> None:
    site = site_of(languages={"default": "uk", "offered": ["en", "uk"]})
    shown = await page(site, "/contact")
    assert next(shown.all("html")).get("lang") == "uk"
    switch = [link.get("lang") for link in shown.all("a") if link.get("href").startswith("/language/")]
    assert switch == ["en", "uk"]


@pytest.mark.parametrize(("letter", "digit"), [(True, False), (False, True), (False, False)])
def test_the_rules_of_a_password_are_told_before_it_is_typed(letter: bool, digit: bool) -> None:
    site = site_of(credentials={"password": {"min_length": 9, "letter": letter, "digit": digit}})
    visit = by_customer()
    assert visit.customer
    shown = parse(site.page(visit, passwords.shown_form(site, visit, visit.customer, Form())).content).text
    assert "Co najmniej 9 znaków." in shown
    assert ("Co najmniej jedna litera." in shown) is letter
    assert ("Co najmniej jedna cyfra." in shown) is digit
    assert "które łatwo zgadnąć" not in shown  # no blocklist


@pytest.mark.parametrize(
    ("lang", "text_lang", "words"),
    [
        ("pl", "pl", None),
        ("en", "en", "To jest tłumaczenie"),
        ("uk", "pl", "Tekst jest po polsku"),
    ],
)
async def test_terms_are_in_the_visitor_s_language_where_they_are_translated_and_the_polish_ones_bind(
    lang: str, text_lang: str, words: str | None
) -> None:
    site = site_of(documents={"terms": {"pl": "<p>To jest regulamin.</p>", "en": "<p>These are the terms.</p>"}})
    transport = in_process(web_application(site))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as browser:
        browser.cookies.set("ebok_language", lang)
        shown = parse((await browser.get("/terms")).text)
    (text,) = [part for part in shown.all("div") if part.get("lang")]
    assert (text.get("lang"), text.text.strip()) == (
        text_lang, "To jest regulamin." if text_lang == "pl" else "These are the terms.",
    )  # fmt: skip
    notices = [part.text for part in shown.all("h2")]
    assert (breakable(catalogue(lang).gettext(words)) in notices) if words else notices == []


MARKS = (
    "wstep", "podmiot", "url", "data-publikacja", "data-aktualizacja", "status", "data-sporzadzenie",
    "data-deklaracja-przeglad", "kontakt", "osoba", "email", "telefon", "procedura", "architektura",
)  # fmt: skip


@pytest.mark.parametrize("lang", ["pl", "en", "uk"])
def test_the_accessibility_statement_has_all_its_parts_where_machines_look_for_them(lang: str) -> None:
    profile = a_profile(documents={"opened_on": date(2026, 1, 2), "changed_on": date(2026, 3, 4)})
    html, told = documents.text(profile.of(Documents).accessibility, lang, profile, "https://ebok.example")
    assert told == lang
    assert re.findall(r'id="a11y-([\w-]+)"', html) == list(MARKS)
    assert '<time id="a11y-data-publikacja" datetime="2026-01-02">02.01.2026</time>' in html
    assert '<a href="https://ebok.example">https://ebok.example</a>' in html
    assert "04.03.2026" in html


def test_every_place_of_a_document_is_filled_by_a_setting_safely() -> None:
    profile = a_profile(utility={"name": "Woda & Syn"}, documents={"data_protection_email": "iod@wodnik.example"})
    filled = documents.places(profile, "https://ebok.example")
    assert set(filled) == PLACES
    assert filled["name"] == "Woda &amp; Syn"
    assert filled["data_protection_email"] == '<a href="mailto:iod@wodnik.example">iod@wodnik.example</a>'
    assert filled["phone"] == '<a href="tel:+48991002000">99\u00a0100\u00a020\u00a000</a>'


@pytest.mark.parametrize(
    ("lang", "days", "promise"),
    [
        ("pl", 1, "najpóźniej w ciągu 1 dnia roboczego."),
        ("pl", 3, "najpóźniej w ciągu 3 dni roboczych."),
        ("en", 1, "within 1 working day."),
        ("en", 3, "within 3 working days."),
        ("uk", 1, "не пізніше ніж за 1 робочий день."),
        ("uk", 3, "не пізніше ніж за 3 робочі дні."),
        ("uk", 5, "не пізніше ніж за 5 робочих днів."),
    ],
)
def test_how_long_checking_takes_is_said_in_one_way_before_and_after_an_application(
    lang: str, days: int, promise: str
) -> None:
    site = site_of(registration={"verification_working_days": days, "call_after_working_days": days + 1})
    for shown in (
        registration_form(site, visit(lang), Form()),
        RegistrationSent("REJ/2026/000001", "anna@poczta.example", days, 24, days + 1, ()),
    ):
        assert promise in parse(site.page(visit(lang), shown).content).text


@pytest.mark.parametrize(
    ("lang", "days", "asked"),
    [
        ("pl", 1, "po 1 dniu roboczym?"),
        ("pl", 4, "po 4 dniach roboczych?"),
        ("en", 1, "after 1 working day?"),
        ("uk", 1, "через 1 робочий день?"),
        ("uk", 4, "через 4 робочі дні?"),
    ],
)
def test_after_how_many_days_to_call_is_said_with_the_right_plural(lang: str, days: int, asked: str) -> None:
    shown = RegistrationSent("REJ/2026/000001", "anna@poczta.example", 1, 24, days, ())
    assert asked in parse(site_of().page(visit(lang), shown).content).text


EMERGENCIES = (
    {"media": ("water",), "phone": "994"},
    {
        "media": ("heat", "sewage"), "phone": "99 100 29 93",
        "hours": ({"first": "monday", "last": "saturday", "opens": time(6), "closes": time(22, 30)},),
    },
)  # fmt: skip


@pytest.mark.parametrize(
    ("lang", "water", "heat"),
    [
        ("pl", "Awaria: woda 994 całą dobę", "Awaria: ciepło, kanalizacja 99 100 29 93 pon.–sob.\u00a06:00–22:30"),
        ("en", "Emergency: water 994 day and night", "Emergency: heat, sewerage 99 100 29 93 Mon–Sat\u00a06:00–22:30"),
        ("uk", "Аварія: вода 994 цілодобово", "Аварія: тепло, каналізація 99 100 29 93 пн–сб\u00a06:00–22:30"),
    ],
)
async def test_every_page_for_customers_has_the_emergency_numbers_once_and_ends_with_what_the_law_wants(
    lang: str, water: str, heat: str
) -> None:
    site = site_of(utility={"emergencies": EMERGENCIES})
    transport = in_process(web_application(site))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as browser:
        browser.cookies.set("ebok_language", lang)
        for path in ("/", "/contact", "/login", "/registration", "/terms", "/accessibility", "/privacy", "/nowhere"):
            shown = parse((await browser.get(path)).text)
            said = [item.text for item in shown.all("li") if item.text in {water, breakable(heat)}]
            assert said == [water, breakable(heat)], path
            (footer,) = shown.all("footer")
            links = [link.get("href") for link in footer.all("a")]
            calls = [] if path in {"/", "/contact"} else ["tel:994", "tel:+48991002993"]
            assert links[: len(calls) + 4] == [*calls, "/contact", "/accessibility", "/privacy", "/terms"], path
        for path in ("/office/login",):
            (footer,) = parse((await browser.get(path)).text).all("footer")
            assert list(footer.all("a")) == [], path


def test_a_utility_with_one_emergency_number_does_not_say_what_for() -> None:
    site = site_of(utility={"emergencies": ({"media": ("heat", "water", "sewage"), "phone": "994"},)})
    shown = parse(site.page(by_customer(), Contact()).content)
    assert "Awaria 994 całą dobę" in [item.text for item in shown.all("li")]


async def test_the_start_page_names_what_can_be_done_and_whom_to_call() -> None:
    with_readings = await page(site_of(readings={"submission": True}), "/")
    without = await page(site_of(readings={"submission": False}), "/")
    assert next(with_readings.all("h1")).text == "Zapłać rachunek, podaj stan licznika, zgłoś awarię"
    assert "licznika" not in without.text
    (main,) = with_readings.all("main")
    links = [link.get("href") for link in main.all("a")]
    assert links[:5] == ["tel:+48991002994", "tel:+48991002993", "/bills", "/readings", "/login"]
    assert "przysłaliśmy" not in with_readings.text


async def test_when_somebody_answers_the_telephone_is_told_where_the_utility_says_it() -> None:
    hours = [
        {"first": "monday", "last": "monday", "opens": time(7), "closes": time(17)},
        {"first": "tuesday", "last": "friday", "opens": time(7), "closes": time(15)},
    ]
    sent = RegistrationSent("REJ/2026/000001", "anna@poczta.example", 3, 24, 4, ("99 100 20 01",))
    for site, said in ((site_of(utility={"phone_hours": hours}), True), (site_of(utility={"phone_hours": ()}), False)):
        after_applying = parse(site.page(visit(), sent).content)
        for shown in (await page(site, "/"), await page(site, "/contact"), await page(site, "/login"), after_applying):
            assert ("Odbieramy: pon.\u00a07:00–17:00, wt.–pt.\u00a07:00–15:00" in shown.text) is said
            assert ("Odbieramy" in shown.text) is said
