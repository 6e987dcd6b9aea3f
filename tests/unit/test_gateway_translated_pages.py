"""Pages in other languages: what is shown, and how a person's choice holds."""

import re
from collections.abc import AsyncIterator, Callable, Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from decimal import Decimal
from functools import cache
from pathlib import Path
from types import SimpleNamespace
from typing import Any
from uuid import UUID

import httpx
import pytest
from litestar import Response
from obstore.store import LocalStore

from contracts.identity import Check
from deploy.profiles import load_profile
from gateway import messages
from gateway.accounts import passwords
from gateway.app import build
from gateway.applications import office
from gateway.applications import public as registration
from gateway.applications.queries import Application, ApplicationRow, PartyFound
from gateway.bills.queries import BillDetail, Company, Line, Sent, Total, Use
from gateway.messages import CODES
from gateway.pages import ALL_PAGES
from gateway.readings import customer as readings
from gateway.readings.queries import Meter, Reading
from gateway.styleguide import samples as styleguide
from gateway.web.clerk import Clerk
from gateway.web.customer import Customer
from gateway.web.languages import catalogue
from gateway.web.server import web_application
from gateway.web.sessions import Session
from gateway.web.site import Site
from gateway.web.visit import Visit
from services.chassis.process import Process
from services.chassis.settings import Settings
from tests.support.pages import Element, faults, parse

NOW = datetime(2026, 11, 22, 13, 5, tzinfo=UTC)
TODAY = date(2026, 11, 22)
ID = UUID(int=7)
SELLER = Company("Wodociągi", ("ul. Wodna 7", "99-950 Wierzbogród"), "9990002036")
AROUND = " ,.()\n"
TWO_PLACES = "%(first)s i %(second)s"
"""Its one word of its own, `i`, also stands in names."""
NO_DATABASE: Any = None
"""The pages asked for here read no database."""


@pytest.fixture
def site(tmp_path: Path) -> Site:
    gateway = Process(build(Settings(secret="kora-7-bryza"), load_profile("demo")))
    return Site(gateway, NO_DATABASE, LocalStore(tmp_path))


@pytest.fixture
async def browser(site: Site) -> AsyncIterator[httpx.AsyncClient]:
    transport = httpx.ASGITransport(web_application(site, ALL_PAGES))
    async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000", follow_redirects=True) as one:
        yield one


def language_of(page: Element) -> str:
    return next(page.all("html")).get("lang")


def switch(page: Element) -> list[Element]:
    return [link for part in page.all("ul") if part.get("class") == "language-switch" for link in part.all("a")]


async def test_the_switch_names_each_language_in_its_own_words(browser: httpx.AsyncClient) -> None:
    links = switch(parse((await browser.get("/contact")).text))
    assert [(link.text, link.get("lang")) for link in links] == [
        ("Polski", "pl"), ("English", "en"), ("Українська", "uk"),
    ]  # fmt: skip
    assert [link.get("lang") for link in links if link.get("aria-current")] == ["pl"]


@pytest.mark.parametrize(("code", "heading"), [("en", "Contact"), ("uk", "Контакти"), ("pl", "Kontakt")])
async def test_a_language_once_chosen_holds_for_every_page(browser: httpx.AsyncClient, code: str, heading: str) -> None:
    page = parse((await browser.get("/contact")).text)
    chosen = next(link for link in switch(page) if link.get("lang") == code)

    answer = await browser.get(chosen.get("href"))

    assert answer.url.path == "/contact"
    assert [title.text for title in parse(answer.text).all("h1")] == [heading]
    kept = answer.history[0].headers["set-cookie"]
    assert kept.startswith(f"ebok_language={code};")
    assert {"httponly", "samesite=lax", "path=/", "max-age=31536000"} <= set(kept.lower().split("; "))
    for address in ("/", "/login", "/office/login", "/no-such-page"):
        later = parse((await browser.get(address)).text)
        assert language_of(later) == code
        assert [link.get("lang") for link in switch(later) if link.get("aria-current")] == [code]


async def test_a_language_that_the_utility_does_not_offer_is_not_kept(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/language/de?next=/contact")
    assert "ebok_language" not in answer.history[0].headers.get("set-cookie", "")
    assert language_of(parse(answer.text)) == "pl"
    browser.cookies.set("ebok_language", "de")
    assert language_of(parse((await browser.get("/contact")).text)) == "pl"


async def test_the_switch_leads_to_no_other_site(browser: httpx.AsyncClient) -> None:
    answer = await browser.get("/language/en", params={"next": "https://elsewhere.example/"}, follow_redirects=False)
    assert answer.headers["location"] == "/"


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize(
    "address",
    ["/", "/terms", "/contact", "/login?notice=out", "/office/login?notice=password", "/registration", "/no-such-page"],
)
async def test_an_open_page_has_no_polish_left(browser: httpx.AsyncClient, code: str, address: str) -> None:
    browser.cookies.set("ebok_language", code)
    assert_translated((await browser.get(address)).text, code)


@pytest.mark.parametrize("code", CODES)
async def test_a_form_that_was_refused_says_why_in_the_chosen_language(browser: httpx.AsyncClient, code: str) -> None:
    browser.cookies.set("ebok_language", code)
    form = parse((await browser.get("/registration")).text)
    sent = {entry.get("name"): entry.get("value") for entry in form.all("input") if entry.get("type") == "hidden"}

    answer = await browser.post("/registration", data=sent | {"human_check_1": "x", "human_check_2": "x"})

    assert answer.status_code == 422
    assert_translated(answer.text, code)
    wrong = catalogue(code).gettext(registration.WRONG_DIGITS)
    assert wrong in parse(answer.text).text


def assert_translated(html: str, code: str) -> None:
    """Nothing on the page is a text that has a translation, and the page is one that ours must be."""
    page = parse(html)
    assert language_of(page) == code
    assert faults(page) == []
    texts, translations = polish(code)
    left = {said for said in shown(page, code) if any(text.fullmatch(said.strip(AROUND)) for text in texts)}
    assert left - translations == set()


@cache
def polish(code: str) -> tuple[list[re.Pattern[str]], set[str]]:
    """What the Polish texts look like on a page, whatever stands in their placeholders; and what translates them."""
    pairs = {str(message.id): str(message.string) for message in messages.read(code) if message.id}
    texts = [text.strip(AROUND) for text, translation in pairs.items() if text not in (translation, TWO_PLACES)]
    return [re.compile(re.sub(r"%\\\(\w+\\\)s", ".+", re.escape(text))) for text in texts], set(pairs.values())


def shown(element: Element, code: str) -> Iterator[str]:
    """What a person sees or hears of the page, but for parts that are marked as being in another language."""
    for child in element.inside:
        if isinstance(child, str):
            yield child
        elif child.get("lang") in ("", code):
            yield from (child.get(name) for name in ("aria-label", "data-label", "alt", "title") if child.get(name))
            yield from shown(child, code)


def visit(code: str, *, customer: Customer | None = None, clerk: Clerk | None = None) -> Visit:
    return Visit("request-id", "/here", code, "token", NOW, started=0.0, customer=customer, clerk=clerk)


def by_customer(code: str, *, first_login: bool = False) -> Visit:
    session = Session(
        ID, "customer", ID, "100001", "Anna Żółć", (), must_change_password=first_login, balance=Decimal("12.30"),
        balance_on=TODAY, data_updated_at=NOW,
    )  # fmt: skip
    return visit(code, customer=Customer(session, NO_DATABASE))


def by_clerk(code: str) -> Visit:
    session = Session(
        ID, "office", None, "biuro", "Ewa Biurko", ("clerk",), must_change_password=False, balance=Decimal(0),
        balance_on=None, data_updated_at=NOW,
    )  # fmt: skip
    return visit(code, clerk=Clerk(session, NO_DATABASE))


METER = Meter(
    ID, "H-1", "heat", "GJ", "ul. Wodna 1, Wierzbogród (PP-1)",
    [
        Reading(Decimal("30.5"), date(2026, 10, 31), "remote", Decimal(9)),
        Reading(Decimal("21.5"), date(2026, 9, 30), "estimated", Decimal(8)),
        Reading(Decimal("13.5"), date(2026, 8, 31), "customer", Decimal(1)),
        Reading(Decimal("12.5"), date(2026, 7, 31), "actual", None),
    ],
    date(2026, 7, 31),
)  # fmt: skip
ITEM = Line(
    "FV-1", Decimal(2), "GJ", Decimal("91.07"), Decimal("182.14"), Decimal(23), Decimal("41.89"), Decimal("224.03")
)
BILL = BillDetail(
    number="FV/2026/11/000001", kind="FV", issued_on=TODAY, sold_on=TODAY, due_on=TODAY, period_from=TODAY,
    period_to=TODAY, state="overdue", to_pay=Decimal("200.00"), paid=Decimal("24.03"), interest=Decimal("1.20"),
    pdf_href="/bills/1/pdf", agreement_number="UC/2019/0001", service_point="PP-1", account_number="1" * 26,
    seller=SELLER, buyer=replace(SELLER, name="Anna Żółć"), items=[ITEM],
    total=Total(Decimal("182.14"), Decimal("41.89"), Decimal("224.03")),
    readings=[Use("H-1", "GJ", Decimal(1), Decimal(3), TODAY, TODAY, Decimal(2))],
    sent=Sent(NOW, "anna@poczta.example"),
)  # fmt: skip
APPLICATION = Application(
    ID, "REJ/2026/000001", NOW, "waiting", "anna@poczta.example",
    [
        Check(field="name", given="Anna Żółć", expected="Anna Żółć", matches=True),
        Check(field="tax_id", given="1", expected="93111698132", matches=False),
        Check(field="email", given="anna@poczta.example", expected=None, matches=False),
    ],
    PartyFound("Anna Żółć", "100001"), 1, None, None, None,
)  # fmt: skip
ROWS = [
    ApplicationRow(f"/office/applications/{ID}", "REJ/2026/000001", NOW, "Anna Żółć", "UC/2019/0001", state, mismatches)
    for state, mismatches in (("waiting", 1), ("accepted", 0), ("rejected", 2))
]


def bill_list(site: Site, code: str) -> Response[str]:
    samples = styleguide.samples(code)
    bills = [SimpleNamespace(**vars(bill) | {"kind": "FV"}) for bill in samples["bills"]]
    return site.templates.page(
        by_customer(code), "bills/list.html", bills=bills, page=2, pages=3, overdue=Decimal(3),
        next_due=samples["next_due"], account_number="1" * 26, tabs=(), message=None,
    )  # fmt: skip


def bill(site: Site, code: str) -> Response[str]:
    return site.templates.page(by_customer(code), "bills/detail.html", bill=BILL)


def meters(site: Site, code: str) -> Response[str]:
    who = by_customer(code)
    bare = replace(METER, medium="water", unit="m3", readings=[])
    shown = [readings._shown(site, who, one) for one in (METER, bare)]
    return site.templates.page(who, "readings/list.html", meters=shown)


def reading_form(site: Site, code: str) -> Response[str]:
    texts = {"value": readings.NOT_A_NUMBER, "read_on": readings.NOT_A_DATE}
    errors = {name: site.templates.translate(visit(code), text) for name, text in texts.items()}
    return readings._form(
        site, by_customer(code), METER, key="key", values={}, errors=errors, unusual=True, unavailable=True
    )


def password_form(site: Site, code: str) -> Response[str]:
    who = by_customer(code, first_login=True)
    assert who.customer
    return passwords.form(site, who, who.customer, unavailable=True)


def registration_sent(site: Site, code: str) -> Response[str]:
    return site.templates.page(
        visit(code), "applications/registration_sent.html", number="REJ/2026/000001", email="anna@poczta.example",
        verification_days=3, access_hours=24, call_after_days=4, phones=["99 100 20 01"],
    )  # fmt: skip


def office_home(site: Site, code: str) -> Response[str]:
    return site.templates.page(
        by_clerk(code), "home/office.html", waiting=[{"href": "#", "label": "1", "count": 1, "oldest_at": NOW}],
        recent=[{"at": NOW, "text": "REJ/2026/000001", "clerk": "Ewa Biurko"}],
    )  # fmt: skip


def applications(site: Site, code: str) -> Response[str]:
    return site.templates.page(
        by_clerk(code), "applications/list.html", applications=ROWS, tabs=(), page=1, pages=1, base="?page=",
        message=None,
    )  # fmt: skip


def waiting_application(site: Site, code: str) -> Response[str]:
    return office._detail(site, by_clerk(code), APPLICATION, key="key", unavailable=True)


def decided_application(site: Site, code: str) -> Response[str]:
    decided = replace(APPLICATION, state="rejected", decided_at=NOW, decided_by="Ewa Biurko", reason="1", party=None)
    return office._detail(site, by_clerk(code), decided, key="key")


PAGES: list[Callable[[Site, str], Response[str]]] = [
    bill_list, bill, meters, reading_form, password_form, registration_sent, office_home, applications,
    waiting_application, decided_application,
]  # fmt: skip


@pytest.mark.parametrize("code", CODES)
@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.__name__)
def test_a_page_behind_the_login_has_no_polish_left(
    site: Site, page: Callable[[Site, str], Response[str]], code: str
) -> None:
    assert_translated(page(site, code).content, code)


def test_the_rules_for_a_new_password_are_sentences_in_the_readers_language(site: Site) -> None:
    rules = passwords._policy(site, visit("en"))
    assert rules == ["At least 12 characters.", "It must not be a password that is easy to guess."]


@pytest.mark.parametrize(("code", "axis"), [("en", ["Aug", "Sep", "Oct"]), ("uk", ["серп", "вер", "жовт"])])
def test_a_chart_names_months_in_the_readers_language_and_writes_figures_as_in_poland(
    site: Site, code: str, axis: list[str]
) -> None:
    page = parse(meters(site, code).content)
    table = next(part for part in page.all("details"))
    assert [cell.text for cell in table.all("th") if cell.get("scope") == "row"] == axis
    assert "30,5\u00a0GJ" in page.text
    assert "31.10.2026" in page.text


def test_the_language_switch_of_a_refused_decision_leads_to_the_application(site: Site) -> None:
    who = by_clerk("pl")
    who.path = f"/office/applications/{ID}/accept"
    refused = office._detail(site, who, APPLICATION, key="key", errors={"": "…"}, status=409)
    links = [link.get("href") for link in switch(parse(refused.content))]
    assert links == [f"/language/{code}?next=/office/applications/{ID}" for code in ("pl", "en", "uk")]
