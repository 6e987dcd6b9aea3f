"""Applications as clerks find, see and decide them: what is said of each, who else looks, and what comes next."""

import re
from collections.abc import AsyncIterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, get_args
from uuid import UUID

import httpx
import pytest
from sqlalchemy import text

from contracts.billing import PartyRecorded
from contracts.correspondence import MailFailed
from contracts.identity import ApplicationDecided, ApplicationReceived, DecideApplication, LoggedIn, RejectionReason
from contracts.message import Event, Request
from contracts.reply import Rejected
from gateway.pages import PAGES
from gateway.web.server import web_application
from gateway.web.site import Site
from gateway.web.visitors.pools import Pools, open_pools
from gateway.web.visitors.sessions import open_session
from gateway.web.visitors.visit import Visit
from services.chassis.process import Process
from services.chassis.settings import Settings
from services.chassis.storage import files
from services.correspondence.rejections import REJECTIONS
from services.identity.refusals import reasons
from tests.support.browser import Form, in_process
from tests.support.pages import Element, parse
from tests.support.service import UnderTest

LIST = "/office/applications"
PARTY = PartyRecorded.model_validate(
    PartyRecorded.example | {"party_id": ApplicationReceived.example["party_id"], "phone": "99 200 00 01"}
)
NAME = {"field": "name", "given": "Anna Przykładowa", "expected": "Anna Przykładowa", "matches": True}
OTHER_NAME = NAME | {"given": "Jan Nowak", "matches": False}
NO_EMAIL = {"field": "email", "given": "anna@poczta.example", "expected": None, "matches": False}
ACCOUNT = {"field": "account", "given": "nowe konto", "expected": "100001", "matches": False}
UNKNOWN = {"field": "tax_id", "given": "93111698132", "expected": None, "matches": False}

AGREES, DIFFERS, NOBODY, HAS_ACCOUNT = (UUID(int=n) for n in range(1, 5))
MARIA, EWA = UUID(int=90), UUID(int=91)
TEXTS = {code: rejection.words for code, rejection in REJECTIONS.items()}


@dataclass
class Desk:
    """A clerk in an office in which four applications wait, each of another fit; `asked` is what identity was asked."""

    gateway: Process
    pools: Pools
    browser: httpx.AsyncClient
    asked: list[DecideApplication] = field(default_factory=list)

    async def hears(self, *events: Event) -> None:
        await self.gateway.apply(events)

    async def log_in(self, name: str = "Maria Urzędnik", account: UUID = MARIA) -> None:
        """From now on the browser is this clerk's."""
        clerk = {"audience": "office", "party_id": None, "roles": ("clerk",), "must_change_password": False}
        who = {"account_id": account, "name": name, "logged_in_at": self.gateway.clock()}
        login = LoggedIn.model_validate(LoggedIn.example | clerk | who)
        self.browser.cookies.set("ebok_office", await open_session(self.pools.public, login, self.gateway.clock()))

    async def sees(self, path: str = LIST) -> Element:
        response = await self.browser.get(path)
        assert response.status_code == 200, response.text
        return parse(response.text)

    async def sends(self, page: Element, action: str, **fields: object) -> httpx.Response:
        form = Form(next(form for form in page.all("form") if form.get("action").endswith(action)))
        return await self.browser.post(form.element.get("action"), data=form.filled(fields))

    async def ask(self, _: Visit, request: Request, **__: Any) -> tuple[Event, ...] | Rejected:
        """Identity's part: a decision is made, unless a reason is missing."""
        assert isinstance(request, DecideApplication)
        self.asked.append(request)
        if request.decision == "rejected" and not request.reason:
            return Rejected(code="invalid", errors=(reasons.error("reason_missing", "reason"),))
        told = request.model_dump(include={"decision", "reason", "reason_code", "own_words"})
        return (await self.decided(request.application_id, **told),)

    async def decided(self, application_id: UUID, **changes: object) -> ApplicationDecided:
        now = self.gateway.clock()
        values = {"application_id": application_id, "decided_at": now, "clerk": "Maria Urzędnik"} | changes
        event = ApplicationDecided.model_validate(ApplicationDecided.example | values)
        await self.hears(event)
        return event


def received(number: int, *checks: Mapping[str, object], **changes: object) -> ApplicationReceived:
    """An application that came in `number` minutes after ten."""
    values = {
        "application_id": UUID(int=number),
        "number": f"REJ/2026/{number:06}",
        "received_at": f"2026-11-22T10:{number:02}:00Z",
        "checks": checks,
    }
    return ApplicationReceived.model_validate(ApplicationReceived.example | values | changes)


@pytest.fixture
async def desk(under_test: UnderTest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Desk]:
    gateway = (await under_test("gateway")).process
    async with open_pools(gateway.settings.database_url) as pools:
        site = Site(gateway, pools, files.open_store(Settings(files_url=tmp_path.as_uri())), PAGES)
        transport = in_process(web_application(site))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1:8000") as browser:
            desk = Desk(gateway, pools, browser)
            monkeypatch.setattr(site, "ask", desk.ask)
            await desk.hears(
                PARTY,
                received(1, NAME, NO_EMAIL),
                received(2, OTHER_NAME),
                received(3, NAME | {"expected": None, "matches": False}, UNKNOWN, party_id=None),
                received(4, NAME, ACCOUNT),
            )
            await desk.log_in()
            yield desk


def rows(page: Element) -> dict[str, str]:
    """What stands in the list, by number and in its order."""
    body = next(page.all("tbody"), None)
    found = [row.text for row in body.all("tr")] if body else []
    return {number[0]: text for text in found if (number := re.search(r"REJ/\d{4}/\d{6}", text))}


def numbers(page: Element) -> list[int]:
    return [int(number[-6:]) for number in rows(page)]


def actions(page: Element) -> set[str]:
    return {form.get("action").rpartition("/")[2] for form in page.all("form")} & {"accept", "reject"}


def error_at(page: Element, name: str) -> str:
    return next((element.text for element in page.all("p") if element.get("id") == f"error-{name}"), "")


def link(page: Element, words: str) -> str:
    return next(link.get("href") for link in page.all("a") if words in link.text)


async def test_the_list_says_of_each_application_how_it_fits(desk: Desk) -> None:
    said = ["Zgodne", "Różnice: 1", "Nie znaleziono odbiorcy", "Konto już jest"]
    for row, words in zip(rows(await desk.sees()).values(), said, strict=True):
        assert [each for each in said if each in row] == [words]


@pytest.mark.parametrize("moment", ["-infinity", "infinity", "0001-01-01 00:00:00+00", "9999-12-31 23:59:59+00"])
async def test_a_row_with_a_moment_of_no_calendar_takes_no_list_with_it(desk: Desk, moment: str) -> None:
    """Such a message is parked today; what an older release has stored is shown as it is."""
    await desk.decided(DIFFERS)
    async with desk.gateway.engine.begin() as connection:
        await connection.execute(text(f"UPDATE application SET received_at = '{moment}'"))  # noqa: S608 (a moment above)
        await connection.execute(
            text(f"UPDATE application SET decided_at = '{moment}' WHERE decided_at IS NOT NULL")  # noqa: S608 (the same)
        )
    assert len(rows(await desk.sees())) == 3
    assert len(rows(await desk.sees(f"{LIST}?state=accepted"))) == 1
    for path in ("/office", f"{LIST}/{AGREES}", f"{LIST}/{DIFFERS}"):
        assert "REJ/2026/" in (await desk.sees(path)).text


async def test_an_application_of_nobody_is_called_so_everywhere_and_cannot_be_accepted(desk: Desk) -> None:
    page = await desk.sees(f"{LIST}/{NOBODY}")
    assert page.text.count("nie znaleziono") == 2
    assert "nie dotyczy" not in page.text
    assert "brak" not in page.text
    assert actions(page) == {"reject"}
    assert "Tego wniosku nie można przyjąć" in page.text
    await desk.sends(page, "/reject")
    assert [request.reason for request in desk.asked] == [TEXTS["nobody"]]


async def test_where_the_utility_has_nothing_to_compare_with_that_is_said(desk: Desk) -> None:
    page = await desk.sees(f"{LIST}/{AGREES}")
    assert page.text.count("nie dotyczy") == page.text.count("brak") == 1


async def test_an_application_of_a_party_with_an_account_is_rejected_with_a_ready_reason(desk: Desk) -> None:
    page = await desk.sees(f"{LIST}/{HAS_ACCOUNT}")
    assert actions(page) == {"reject"}
    await desk.sends(page, "/reject")
    assert [(request.reason_code, request.reason) for request in desk.asked] == [("account", TEXTS["account"])]


@pytest.mark.parametrize("told", ["jest już konto 100001", "100001"])
@pytest.mark.parametrize(
    ("lang", "asked", "there_is"),
    [
        ("pl", "nowe konto", "jest już konto 100001"),
        ("en", "a new account", "there is an account already: 100001"),
        ("uk", "новий обліковий запис", "обліковий запис 100001 вже є"),
    ],
)
async def test_that_there_is_an_account_is_said_in_the_clerk_s_language(
    desk: Desk, told: str, lang: str, asked: str, there_is: str
) -> None:
    await desk.hears(received(5, NAME, ACCOUNT | {"expected": told}))
    desk.browser.cookies.set("ebok_language", lang)
    page = await desk.sees(f"{LIST}/{UUID(int=5)}")
    assert asked in page.text
    assert there_is in page.text


async def test_the_utility_s_own_data_are_in_its_language(desk: Desk) -> None:
    desk.browser.cookies.set("ebok_language", "en")
    page = await desk.sees(f"{LIST}/{DIFFERS}")
    assert OTHER_NAME["expected"] in [item.text for item in page.all("span") if item.get("lang") == "pl"]


async def test_that_there_is_an_account_is_not_suggested_to_be_told_to_somebody_else(desk: Desk) -> None:
    await desk.hears(received(5, OTHER_NAME, ACCOUNT))
    page = await desk.sees(f"{LIST}/{UUID(int=5)}")
    assert "Różnice: 1" in page.text
    await desk.sends(page, "/reject", reason="Proszę zadzwonić.")
    assert [request.reason for request in desk.asked] == ["Proszę zadzwonić."]


async def test_an_application_with_differences_is_accepted_only_by_a_tick(desk: Desk) -> None:
    page = await desk.sees(f"{LIST}/{DIFFERS}")
    refused = await desk.sends(page, "/accept")
    assert refused.status_code == 422
    again = parse(refused.text)
    assert "mimo różnic" in error_at(again, "in_spite")
    assert next(again.all("title")).text.startswith("Błąd:")
    assert desk.asked == []
    assert (await desk.sends(again, "/accept", in_spite=True)).status_code == 303
    assert [request.decision for request in desk.asked] == ["accepted"]


@pytest.mark.parametrize("version", ["", "x", "-1", "٣", "1" * 12])
@pytest.mark.parametrize("action", ["accept", "reject"])
async def test_a_decision_that_does_not_say_what_the_clerk_has_seen_is_one_on_no_version(
    desk: Desk, action: str, version: str
) -> None:
    """Identity refuses it, as it does a form that is out of date."""
    page = await desk.sees(f"{LIST}/{AGREES}")
    form = Form(next(form for form in page.all("form") if form.get("action").endswith(f"/{action}")))
    sent = form.filled({"version": version, "reason": "Nie."} if action == "reject" else {"version": version})
    await desk.browser.post(form.element.get("action"), data=sent)
    del sent["version"]
    await desk.browser.post(form.element.get("action"), data=sent)
    assert [request.version_seen for request in desk.asked] == [0, 0]


async def test_where_everything_agrees_there_is_nothing_to_tick(desk: Desk) -> None:
    page = await desk.sees(f"{LIST}/{AGREES}")
    assert (await desk.sends(page, "/accept")).status_code == 303


async def test_a_clerk_chooses_among_all_reasons_and_sees_the_words_of_each(desk: Desk) -> None:
    page = await desk.sees(f"{LIST}/{DIFFERS}")
    assert [choice.get("value") for choice in page.all("option")] == ["", *get_args(RejectionReason)]
    assert [item.text for item in page.all("dd") if item.text in TEXTS.values()] == list(TEXTS.values())


async def test_a_clerk_is_told_that_one_of_two_is_needed_and_not_that_both_may_be_left_out(desk: Desk) -> None:
    page = await desk.sees(f"{LIST}/{DIFFERS}")
    assert "Wybierz gotowy powód albo napisz własny." in page.text
    assert "nieobowiązkowe" not in page.text


async def test_a_ready_reason_and_own_words_both_reach_the_applicant(desk: Desk) -> None:
    page = await desk.sees(f"{LIST}/{DIFFERS}")
    await desk.sends(page, "/reject", ready_reason="tax_id", reason="Brakuje ostatniej cyfry.")
    (asked,) = desk.asked
    assert asked.reason == f"{TEXTS['tax_id']} Brakuje ostatniej cyfry."
    assert (asked.reason_code, asked.own_words) == ("tax_id", "Brakuje ostatniej cyfry.")


@pytest.mark.parametrize(("lang", "called"), [("pl", "Inny PESEL albo NIP"), ("en", "Another PESEL or NIP")])
async def test_a_rejected_application_shows_its_reason_in_the_clerk_s_language(
    desk: Desk, lang: str, called: str
) -> None:
    words = "Brakuje ostatniej cyfry."
    await desk.decided(DIFFERS, decision="rejected", reason=f"… {words}", reason_code="tax_id", own_words=words)
    desk.browser.cookies.set("ebok_language", lang)
    page = await desk.sees(f"{LIST}/{DIFFERS}")
    assert called in page.text
    assert [(item.text, item.get("lang")) for item in page.all("dd") if words in item.text] == [(words, "pl")]


@pytest.mark.parametrize("code", [None, "of_a_newer_sender"])
async def test_a_rejected_application_without_a_code_that_is_known_shows_the_text(desk: Desk, code: str | None) -> None:
    await desk.decided(DIFFERS, decision="rejected", reason="Proszę zadzwonić. Dziękujemy.", reason_code=code)
    page = await desk.sees(f"{LIST}/{DIFFERS}")
    assert [item.get("lang") for item in page.all("dd") if item.text == "Proszę zadzwonić. Dziękujemy."] == ["pl"]


async def test_a_reason_that_is_not_on_the_list_is_an_error_there_and_what_was_typed_stays(desk: Desk) -> None:
    page = await desk.sees(f"{LIST}/{DIFFERS}")
    refused = await desk.sends(page, "/reject", ready_reason="none-of-ours", reason="Proszę zadzwonić.")
    assert refused.status_code == 422
    again = parse(refused.text)
    assert error_at(again, "ready_reason")
    assert next(again.all("textarea")).text == "Proszę zadzwonić."
    assert desk.asked == []


async def test_a_missing_reason_is_said_at_its_field(desk: Desk) -> None:
    refused = await desk.sends(await desk.sees(f"{LIST}/{DIFFERS}"), "/reject")
    assert refused.status_code == 422
    assert "Wybierz gotowy powód albo napisz własny." in error_at(parse(refused.text), "reason")


async def test_after_a_decision_the_list_says_of_whom_and_leads_to_it_and_to_the_next(desk: Desk) -> None:
    sent = await desk.sends(await desk.sees(f"{LIST}/{DIFFERS}"), "/reject", reason="Nie.")
    page = await desk.sees(sent.headers["location"])
    assert "Wniosek odrzucony" in page.text
    assert link(page, "REJ/2026/000002, Anna Przykładowa") == f"{LIST}/{DIFFERS}"
    assert link(page, "Następny wniosek") == f"{LIST}/{AGREES}"


async def test_what_was_decided_is_said_once_and_stands_in_no_address(desk: Desk) -> None:
    sent = await desk.sends(await desk.sees(f"{LIST}/{AGREES}"), "/accept")
    assert sent.headers["location"] == LIST
    assert "Wniosek przyjęty" in (await desk.sees()).text
    assert "Wniosek przyjęty" not in (await desk.sees()).text


async def test_the_next_application_is_the_one_that_came_after_and_after_a_decision_the_oldest(desk: Desk) -> None:
    assert link(await desk.sees(f"{LIST}/{DIFFERS}"), "Następny wniosek") == f"{LIST}/{NOBODY}"
    assert "Następny wniosek" not in (await desk.sees(f"{LIST}/{HAS_ACCOUNT}")).text
    await desk.decided(NOBODY)
    assert link(await desk.sees(f"{LIST}/{NOBODY}"), "Następny wniosek") == f"{LIST}/{AGREES}"


async def test_the_last_decisions_are_links(desk: Desk) -> None:
    await desk.decided(AGREES, decision="accepted")
    assert link(await desk.sees("/office"), "REJ/2026/000001, Anna Przykładowa: przyjęty") == f"{LIST}/{AGREES}"


async def test_those_that_wait_are_cut_and_turned_round_and_the_address_keeps_both(desk: Desk) -> None:
    page = await desk.sees()
    assert numbers(page) == [1, 2, 3, 4]
    page = await desk.sees(link(page, "od najnowszych"))
    assert numbers(page) == [4, 3, 2, 1]
    page = await desk.sees(link(page, "nie znaleziono odbiorcy (1)"))
    assert numbers(page) == [3]
    await desk.hears(*(received(n, UNKNOWN, party_id=None) for n in range(10, 31)))
    page = await desk.sees(link(await desk.sees(f"{LIST}?fit=nobody&order=newest"), "Starsze"))
    assert numbers(page) == [10, 3]


async def test_of_applications_that_came_at_one_moment_none_is_shown_twice_or_left_out(desk: Desk) -> None:
    await desk.hears(*(received(n, NAME, received_at="2026-11-22T12:00:00Z") for n in range(10, 50)))
    seen = [n for page in (1, 2, 3) for n in numbers(await desk.sees(f"{LIST}?page={page}"))]
    assert seen == [1, 2, 3, 4, *range(10, 50)]


async def test_a_list_of_those_that_wait_calls_its_later_pages_newer(desk: Desk) -> None:
    await desk.hears(*(received(n, NAME) for n in range(10, 50)))
    assert link(await desk.sees(f"{LIST}?page=2"), "Nowsze") == f"{LIST}?state=waiting&page=3"


async def test_each_tab_has_its_figure(desk: Desk) -> None:
    await desk.decided(AGREES, decision="accepted")
    page = await desk.sees()
    assert [link.text for link in page.all("a") if "state=" in link.get("href")][:3] == [
        "Czekające (3)",
        "Przyjęte (1)",
        "Odrzucone (0)",
    ]


async def test_a_clerk_sees_who_else_has_just_opened_an_application(desk: Desk) -> None:
    await desk.log_in("Ewa Biurko", EWA)
    assert "Ogląda" not in (await desk.sees(f"{LIST}/{NOBODY}")).text
    await desk.pools.office.execute("UPDATE last_look SET at = at - interval '2 minutes'")
    await desk.log_in()
    said = "Ogląda: Ewa Biurko, 2 min temu"
    assert said in rows(await desk.sees())["REJ/2026/000003"]
    assert said in (await desk.sees(f"{LIST}/{NOBODY}")).text
    assert "Ogląda" not in (await desk.sees(f"{LIST}/{AGREES}")).text
    await desk.pools.office.execute("UPDATE last_look SET at = at - interval '9 minutes'")
    assert said.partition(",")[0] not in (await desk.sees(f"{LIST}/{NOBODY}")).text


async def test_who_decided_meanwhile_is_told_instead_of_who_looks(desk: Desk) -> None:
    await desk.log_in("Ewa Biurko", EWA)
    await desk.sees(f"{LIST}/{NOBODY}")
    await desk.decided(NOBODY, clerk="Ewa Biurko")
    await desk.log_in()
    page = await desk.sees(f"{LIST}/{NOBODY}")
    assert "Ogląda" not in page.text
    assert "Ewa Biurko" in page.text


async def test_a_clerk_who_wants_to_call_finds_the_address_and_the_telephone_of_the_party(desk: Desk) -> None:
    page = await desk.sees(f"{LIST}/{DIFFERS}")
    assert "Płocka 30/32, 87-800 Włocławek" in page.text
    assert link(page, "99 200 00 01") == "tel:+48992000001"


async def test_the_menu_counts_what_waits(desk: Desk) -> None:
    await desk.hears(MailFailed.model_validate(MailFailed.example))
    menu = next(nav for nav in (await desk.sees("/office")).all("nav") if nav.get("aria-label") == "Menu główne")
    assert [entry.text for entry in menu.all("a")][1:] == [
        "Wnioski o dostęp 4, czeka: 4",
        "Nieudane wysyłki 1, czeka: 1",
    ]
    await desk.decided(AGREES)
    assert "czeka: 3" in (await desk.sees("/office")).text
