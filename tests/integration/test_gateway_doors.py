"""The doors of the running office: a failed login is said, a session is rotated, a solved check works once."""

import contextlib
import socket
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from typing import Any
from urllib.parse import urlsplit

import httpx
import pytest

from deploy.profiles import PROFILES
from services.chassis.clock import system_clock
from services.chassis.ids import new_id
from services.identity import staff
from tests.support import world
from tests.support.infrastructure import Servers
from tests.support.stack import Stack
from tests.support.world import right_digits

pytestmark = pytest.mark.timeout(300)

FORM: dict[str, Any] = {
    "name": "Anna Żółć",
    "tax_id": "93111698132",
    "invoice_number": "FV/2026/10/000101",
    "agreement_number": "UC/2019/0001",
    "data_processing": True,
    "terms": True,
}


@pytest.fixture(scope="module")
def patient(servers: Servers, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Stack]:
    """An office whose profile asks for no wait after a failed login."""
    folder = tmp_path_factory.mktemp("profile")
    for file in PROFILES.rglob("*.*"):
        target = folder / file.relative_to(PROFILES)
        target.parent.mkdir(exist_ok=True)
        target.write_bytes(file.read_bytes())
    profile = folder / "demo.toml"
    text = profile.read_text(encoding="utf-8")
    assert "login_delay_seconds = 5" in text
    profile.write_text(text.replace("login_delay_seconds = 5", "login_delay_seconds = 0"), encoding="utf-8")
    with Stack(servers, str(profile)) as stack:
        world.hire_clerk(stack)
        yield stack


@pytest.mark.parametrize("door", ["/login", "/office/login"])
def test_a_wrong_password_is_said_also_where_nobody_must_wait(patient: Stack, door: str) -> None:
    browser = patient.browser()
    page = browser.submit(browser.get(door), identifier="maria", password="nie-to-haslo", status=422)
    assert page.has("są nieprawidłowe")
    assert not page.has("Zaloguj się ponownie po")


def test_nobody_s_application_has_no_page(patient: Stack) -> None:
    patient.browser().get(f"/registration/sent/{new_id()}", status=404)


def test_logging_in_again_ends_the_session_of_the_same_browser(patient: Stack) -> None:
    clerk = world.clerk_at_work(patient)
    before = clerk.client.cookies.get("ebok_office", path="/")
    assert before
    assert clerk.get("/office/login").path == "/office", "whoever is logged in sees no login form"
    token = clerk.get("/office").form("/office/logout").values["_csrf_token"]
    login = {"_csrf_token": token, "identifier": "maria", "password": world.CLERK_PASSWORD}
    assert clerk.send("/office/login", login).path == "/office"
    thief = patient.browser()
    thief.client.cookies.set("ebok_office", before, path="/office")
    assert thief.get("/office").path.startswith("/office/login")


def test_a_session_began_when_identity_says(patient: Stack) -> None:
    late = datetime.now(UTC) - timedelta(minutes=7)
    patient.clocks["identity"] = lambda: late
    try:
        world.clerk_at_work(patient)
    finally:
        patient.clocks["identity"] = system_clock
    (newest,) = patient.rows("gateway", "SELECT started_at FROM session ORDER BY seen_at DESC LIMIT 1")
    assert newest["started_at"] == late


def test_a_solved_check_makes_one_application(patient: Stack) -> None:
    browser = patient.browser()
    page = browser.get("/registration")
    values = page.form("/registration").filled({**FORM, "email": "raz@poczta.example", **right_digits(page)})
    assert browser.send("/registration", values).heading == "Wniosek wysłany"
    assert browser.send("/registration", values).heading == "Wniosek wysłany", "the same form sent twice"
    other = {**values, "email": "dwa@poczta.example", "agreement_number": "UC/2019/0002"}
    for again in (other, {**other, "idempotency_key": "another-form-of-a-machine"}):
        refused = browser.send("/registration", again, status=422)
        assert set(refused.errors) == {"human_check"}
        assert "straciły ważność" in refused.errors["human_check"]
    emails = patient.rows("identity", "SELECT email FROM application")
    assert [row["email"] for row in emails] == ["raz@poczta.example"]


def test_all_that_is_wrong_with_an_application_is_said_at_once_and_a_passed_check_stays_passed(patient: Stack) -> None:
    browser = patient.browser()
    page = browser.submit(browser.get("/registration"), status=422)
    every = {"name", "tax_id", "invoice_number", "agreement_number", "email", "data_processing", "terms", "human_check"}
    assert set(page.errors) == every
    assert "dwie cyfry, o które prosimy" in page.errors["human_check"]
    assert "nie zgadzają" not in page.errors["human_check"]

    page = browser.submit(page, status=422, **{**FORM, "tax_id": "1"}, **right_digits(page))
    assert set(page.errors) == {"tax_id", "email"}
    assert not page.has("Przepisz cyfry")
    assert patient.rows("identity", "SELECT * FROM application WHERE email = 'raz-a-dobrze@poczta.example'") == []
    page = browser.submit(page, tax_id=FORM["tax_id"], email="raz-a-dobrze@poczta.example")
    assert page.path.startswith("/registration/sent/")


def test_without_right_digits_nothing_is_taken_in(patient: Stack) -> None:
    browser = patient.browser()
    page = browser.get("/registration")
    refused = browser.submit(page, status=422, **FORM, email="bez-cyfr@poczta.example")
    assert set(refused.errors) == {"human_check"}
    assert patient.rows("identity", "SELECT * FROM application WHERE email = 'bez-cyfr@poczta.example'") == []


def test_a_refused_form_uses_no_check_up(patient: Stack) -> None:
    browser = patient.browser()
    page = browser.get("/registration")
    values = page.form("/registration").filled({**FORM, "email": "trzy@poczta.example", **right_digits(page)})
    refused = browser.send("/registration", {**values, "tax_id": "1"}, status=422)
    assert set(refused.errors) == {"tax_id"}
    assert browser.send("/registration", values).heading == "Wniosek wysłany", "back in the browser, put right"


def test_a_signature_beyond_ascii_is_a_plain_refusal(patient: Stack) -> None:
    browser = patient.browser()
    page = browser.get("/registration")
    values = page.form("/registration").filled({**FORM, "email": "cztery@poczta.example", **right_digits(page)})
    token = values["human_check_token"]
    refused = browser.send("/registration", {**values, "human_check_token": f"{token[:-1]}ż"}, status=422)
    assert set(refused.errors) == {"human_check"}


def test_a_deactivated_clerk_who_is_at_work_is_logged_out(patient: Stack) -> None:
    world.hire_clerk(patient, "zenon", "Zenon Referent")
    clerk = world.clerk_at_work(patient, "zenon")
    assert clerk.get("/office").path == "/office"

    async def deactivate() -> None:
        async with patient.processes["identity"].work() as work:
            await staff.deactivate(work, "zenon")

    patient.call(deactivate())
    patient.quiet()
    assert clerk.get("/office").path.startswith("/office/login")


def test_hundreds_of_silent_connections_shut_nobody_out(patient: Stack) -> None:
    where = urlsplit(patient.address)
    with contextlib.ExitStack() as ends:
        for _ in range(400):
            ends.enter_context(socket.create_connection((where.hostname or "", where.port or 80)))
        assert patient.browser().get("/login").status == 200


def test_a_head_of_more_than_16_kb_is_refused(patient: Stack) -> None:
    answer = httpx.get(f"{patient.address}/terms", headers={"cookie": "a=" + "b" * 20_000}, trust_env=False)
    assert answer.status_code == 431


def test_guesses_from_the_owner_s_own_address_do_not_shut_out_a_browser_that_was_let_in_before(patient: Stack) -> None:
    clerk = world.clerk_at_work(patient)
    stranger = patient.browser()
    for _ in range(6):
        page = stranger.submit(stranger.get("/office/login"), identifier="maria", password="nie-to", status=422)
    assert page.has("Spróbuj ponownie za")
    clerk.client.cookies.delete("ebok_office")
    clerk.submit(clerk.get("/office/login"), identifier="Maria", password=world.CLERK_PASSWORD)
    assert clerk.get("/office").path == "/office"


def test_the_language_that_a_person_chose_goes_with_the_application_and_with_each_login(patient: Stack) -> None:
    browser = patient.browser()
    page = browser.get("/registration")
    browser.get("/language/uk")
    values = page.form("/registration").filled({**FORM, "email": "uk@poczta.example", **right_digits(page)})
    browser.send("/registration", values)
    [applied] = patient.rows("identity", "SELECT language FROM application WHERE email = 'uk@poczta.example'")
    assert applied["language"] == "uk"

    account = "SELECT language FROM account JOIN party USING (party_id) WHERE code = :code"
    world.fill(patient, world.JAN, months=1)
    world.open_account(patient, world.JAN)
    for begin, language in (("/login", None), ("/language/en?next=/login", "en"), ("/login", "en")):
        browser = patient.browser()
        browser.submit(browser.get(begin), "/login", identifier=world.JAN.code, password=world.CUSTOMER_PASSWORD)
        [row] = patient.rows("identity", account, code=world.JAN.code)
        assert row["language"] == language
