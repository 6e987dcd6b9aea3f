"""MPEC Włocławek (seed 001): a customer's whole way from the registration form to the invoice's PDF."""

import io
import re
from collections.abc import Iterator
from datetime import timedelta
from decimal import Decimal
from typing import Any

import pytest
from pypdf import PdfReader

from services.chassis.clock import system_clock
from tests.support import world
from tests.support.browser import Browser, Page
from tests.support.mailbox import plain_of
from tests.support.stack import Stack
from tests.support.world import ANNA, JAN, Customer, right_digits


@pytest.fixture(scope="module")
def office(wloclawek: Stack) -> Stack:
    """The office with Anna's and Jan's bills, and a clerk; Jan has an account already."""
    world.fill(wloclawek, ANNA, JAN)
    world.hire_clerk(wloclawek)
    world.hire_clerk(wloclawek, "piotr", "Piotr Referent")
    world.open_account(wloclawek, JAN)
    return wloclawek


@pytest.fixture
def jan(office: Stack) -> Iterator[Browser]:
    with world.customer_at_home(office, JAN) as browser:
        yield browser


def application_of(office: Stack, customer: Customer, **changes: object) -> dict[str, Any]:
    number = office.rows(
        "billing",
        "SELECT number FROM invoice WHERE agreement_number = :agreement ORDER BY period_to DESC LIMIT 1",
        agreement=customer.heat_agreement,
    )[0]["number"]
    return {
        "name": customer.name,
        "tax_id": customer.pesel,
        "invoice_number": number,
        "agreement_number": customer.heat_agreement,
        "email": customer.email,
        "data_processing": True,
        "terms": True,
        **changes,
    }


def test_w01_the_form_asks_for_name_tax_number_last_invoice_agreement_and_email(office: Stack) -> None:
    form = office.browser().get("/registration").form("/registration")
    for name in ("name", "tax_id", "invoice_number", "agreement_number", "email"):
        assert name in form.values


def test_w01_each_wrong_field_is_told_at_the_field_and_what_was_typed_is_kept(office: Stack) -> None:
    browser = office.browser()
    page = browser.get("/registration")
    wrong = application_of(office, ANNA, tax_id="93111698133", email="to nie adres")
    page = browser.submit(page, status=422, **wrong, **right_digits(page))
    assert set(page.errors) == {"tax_id", "email"}
    assert page.form("/registration").values["name"] == ANNA.name
    assert page.form("/registration").values["tax_id"] == "93111698133"


def test_w02_without_consent_or_acceptance_of_the_terms_nothing_is_sent(office: Stack) -> None:
    browser = office.browser()
    page = browser.get("/registration")
    fields = application_of(office, ANNA, data_processing=False, terms=False)
    page = browser.submit(page, status=422, **fields, **right_digits(page))
    assert set(page.errors) == {"data_processing", "terms"}


def test_w02_the_terms_open_from_the_form_and_from_the_public_site(office: Stack) -> None:
    browser = office.browser()
    from_form = browser.get(browser.get("/registration").link("regulamin"))
    from_site = browser.get(browser.get("/").link("Regulamin"))
    assert from_form.path == from_site.path == "/terms"
    assert from_form.heading == "Regulamin serwisu"


def test_w03_wrong_digits_are_refused_and_new_ones_are_shown(office: Stack) -> None:
    browser = office.browser()
    page = browser.get("/registration")
    right = right_digits(page)
    wrong = {name: str((int(digit) + 1) % 10) for name, digit in right.items()}
    before = page.form("/registration").values["human_check_token"]
    page = browser.submit(page, status=422, **application_of(office, ANNA), **wrong)
    assert set(page.errors) == {"human_check"}
    assert page.form("/registration").values["human_check_token"] != before


def test_w04_a_clerk_compares_and_accepts_and_the_login_data_come_by_email(office: Stack) -> None:
    browser = office.browser()
    page = browser.get("/registration")
    page = browser.submit(page, **application_of(office, ANNA), **right_digits(page))
    assert page.heading == "Wniosek wysłany"
    assert page.has("najpóźniej w ciągu 3 dni roboczych")
    assert page.has("54 231 73 18")
    number = re.search(r"REJ/\d{4}/\d{6}", page.text)
    assert number

    clerk = world.clerk_at_work(office)
    waiting = clerk.get("/office/applications")
    detail = clerk.get(waiting.link(number[0]))
    assert detail.text.count("zgodne") == 5
    assert detail.has(ANNA.code)
    done = clerk.submit(detail, "/accept")
    assert done.has("Wniosek przyjęty")
    trace = office.rows("gateway", "SELECT action FROM audit ORDER BY entry_id")
    actions = [entry["action"] for entry in trace[-4:]]
    assert actions == ["applications.listed", "application.viewed", "application.accept", "applications.listed"]

    mail = office.mailbox.wait_for(ANNA.email, "Dane do logowania")
    text = plain_of(mail)
    assert ANNA.code in text
    assert temporary_password(text)
    assert number[0] in text
    receipt = plain_of(office.mailbox.wait_for(ANNA.email, number[0]))
    assert "najpóźniej w ciągu 3 dni roboczych" in receipt


def apply(office: Stack, customer: Customer, **changes: object) -> str:
    """Send the registration form; the application's number."""
    browser = office.browser()
    page = browser.get("/registration")
    page = browser.submit(page, **application_of(office, customer, **changes), **right_digits(page))
    number = re.search(r"REJ/\d{4}/\d{6}", page.text)
    assert number
    office.mailbox.wait_for(str(changes.get("email", customer.email)), number[0])
    return number[0]


def temporary_password(text: str) -> str:
    found = re.search(r"Hasło tymczasowe:\s*(\S+)", text)
    assert found, text
    return found[1]


def test_w04_login_data_that_could_not_be_delivered_are_seen_and_sent_again(office: Stack) -> None:
    customer = world.fresh_customer()
    world.fill(office, customer)
    number = apply(office, customer)
    office.mailbox.refused.add(customer.email)
    clerk = world.clerk_at_work(office)
    clerk.submit(clerk.get(clerk.get("/office/applications").link(number)), "/accept")
    office.quiet()

    assert clerk.get("/office").has("Nieudane wysyłki")
    failures = clerk.get("/office/failures")
    assert failures.has(f"{customer.name}, {customer.email}")
    assert failures.has("no such mailbox")

    office.mailbox.refused.clear()  # the customer has put the mailbox right
    done = clerk.submit(failures, "/retry")
    assert done.has("Wiadomość czeka na wysłanie")
    assert not done.has(customer.email)
    password = temporary_password(plain_of(office.mailbox.wait_for(customer.email, "Dane do logowania")))
    browser = office.browser()
    page = browser.submit(browser.get("/login"), identifier=customer.code, password=password)
    assert page.path == "/password"


def test_w04_of_two_clerks_who_decide_the_second_is_told_and_changes_nothing(office: Stack) -> None:
    number = apply(office, ANNA, email="inny@poczta.example")
    maria, piotr = world.clerk_at_work(office), world.clerk_at_work(office, "piotr")
    seen_by_maria = maria.get(maria.get("/office/applications").link(number))
    seen_by_piotr = piotr.get(piotr.get("/office/applications").link(number))
    maria.submit(seen_by_maria, "/reject", reason="Proszę podać numer ostatniej faktury za ciepło.")
    second = piotr.submit(seen_by_piotr, "/reject", reason="Nie zgadza się numer faktury.", status=409)
    assert second.has("Maria Urzędnik")
    office.quiet()
    mails = office.mailbox.to("inny@poczta.example", "Nie mogliśmy założyć konta")
    assert len(mails) == 1
    assert "Proszę podać numer ostatniej faktury za ciepło." in plain_of(mails[0])


def test_w04_the_same_form_sent_twice_is_one_application(office: Stack) -> None:
    browser = office.browser()
    page = browser.get("/registration")
    fields = application_of(office, ANNA, email="dwa.razy@poczta.example")
    form = page.form("/registration")
    values = form.filled({**fields, **right_digits(page)})
    first = browser.send("/registration", values)
    second = browser.send("/registration", values)
    assert first.path == second.path
    same = "SELECT count(*) AS count FROM application WHERE email = 'dwa.razy@poczta.example'"
    assert office.rows("identity", same)[0]["count"] == 1


def test_w06_the_first_login_forces_a_new_password_and_the_identifier_stays(office: Stack) -> None:
    customer = world.fresh_customer()
    world.fill(office, customer)
    number = apply(office, customer)
    clerk = world.clerk_at_work(office)
    clerk.submit(clerk.get(clerk.get("/office/applications").link(number)), "/accept")
    text = plain_of(office.mailbox.wait_for(customer.email, "Dane do logowania"))
    temporary = temporary_password(text)
    browser = office.browser()
    page = browser.submit(browser.get("/login"), identifier=customer.code, password=temporary)
    assert page.path == "/password"
    assert browser.get("/bills").path == "/password"

    refused = browser.submit(page, "/password", status=422, new_password="abc", new_password_again="abc")
    assert set(refused.errors) == {"new_password"}
    new = "Kasztan-Rower-Mgła-21"
    page = browser.submit(refused, "/password", new_password=new, new_password_again=new)
    assert page.path == "/bills"
    assert page.has("Hasło jest zmienione")
    assert not browser.get("/bills").has("Hasło jest zmienione")

    other = office.browser()
    other.submit(other.get("/login"), identifier=customer.code, password=temporary, status=422)
    early = other.submit(other.get("/login"), identifier=customer.code, password=new, status=422)
    assert early.has("Po nieudanej próbie trzeba chwilę poczekać"), "W05: what the countdown says is so"
    office.clocks["identity"] = lambda: system_clock() + timedelta(seconds=5)
    try:
        page = other.submit(other.get("/login"), identifier=customer.code, password=new)
    finally:
        office.clocks["identity"] = system_clock
    assert page.path == "/bills"
    assert page.has(customer.name)


def test_w08_the_panel_and_the_bottom_bar_tell_who_is_logged_in_and_the_balance(office: Stack, jan: Browser) -> None:
    balance = office.rows(
        "billing",
        "SELECT sum(amount) AS balance FROM ledger_entry JOIN party USING (party_id) WHERE code = :code",
        code=JAN.code,
    )[0]["balance"]
    written = f"{balance:,.2f}".replace(",", " ").replace(".", ",") + " zł"
    for path in ("/bills", "/readings", "/contact"):
        page = jan.get(path)
        assert page.has(f"{JAN.name} ({JAN.code})")
        bar = next(element for element in page.root.all("aside") if "balance-bar" in element.get("class"))
        assert written in bar.text.replace("\xa0", " ")
        assert page.link("Zmień hasło") == "/password"
        assert page.form("/logout")


def test_w08_a_session_replayed_after_logout_is_worth_nothing(office: Stack, jan: Browser) -> None:
    stolen = dict(jan.client.cookies)
    jan.submit(jan.get("/bills"), "/logout")
    thief = office.browser()
    thief.client.cookies.update(stolen)
    assert thief.get("/bills").path.startswith("/login")


def test_w11_the_bills_list_shows_every_column_and_the_newest_first(office: Stack, jan: Browser) -> None:
    page = jan.get("/bills")
    headings = " ".join(element.text for element in page.root.all("th")).lower()
    for words in ("wystawiono", "rodzaj", "numer", "termin płatności", "opis", "obciążenie", "uznanie", "odsetki"):
        assert words in headings
    stored = office.rows(
        "billing",
        "SELECT number FROM invoice JOIN party USING (party_id) WHERE code = :code "
        "ORDER BY issued_on DESC, number DESC",
        code=JAN.code,
    )
    shown = re.findall(r"FV/\d{4}/\d{2}/\d{6}(?=, pokaż)", page.root.text)
    assert shown == [row["number"] for row in stored]
    assert len(shown) == 3


def test_w11_the_invoice_is_a_pdf_with_polish_letters_and_tags(jan: Browser) -> None:
    page = jan.get("/bills")
    content = jan.download(page.link("PDF"), "application/pdf")
    document = PdfReader(io.BytesIO(content))
    text = "\n".join(one.extract_text() for one in document.pages)
    assert JAN.name in text
    assert "Włocławku" in text
    assert re.search(r"FV/\d{4}/\d{2}/\d{6}", text)
    catalogue = document.root_object
    assert catalogue["/MarkInfo"]["/Marked"]  # type: ignore[index]  # a dictionary, as the standard says
    assert str(catalogue["/Lang"]).startswith("pl")


def test_w11_somebody_elses_bill_is_not_found(office: Stack, jan: Browser) -> None:
    annas = office.rows(
        "billing",
        "SELECT invoice_id FROM invoice JOIN party USING (party_id) WHERE code = :code LIMIT 1",
        code=ANNA.code,
    )[0]["invoice_id"]
    jan.get(f"/bills/{annas}", status=404)
    jan.get(f"/bills/{annas}/pdf", status=404)


def test_w12_a_bills_items_add_up_to_net_vat_and_gross(office: Stack, jan: Browser) -> None:
    page = jan.get(jan.get("/bills").link("FV/"))
    bill = office.rows(
        "billing", "SELECT net, vat, gross, items FROM invoice WHERE number = :number", number=page_number(page)
    )[0]
    assert sum(Decimal(item["net"]) for item in bill["items"]) == bill["net"]
    assert bill["net"] + bill["vat"] == bill["gross"]
    for item in bill["items"]:
        assert page.has(item["name"])
    for amount in (bill["net"], bill["vat"], bill["gross"]):
        assert page.has(f"{amount:,.2f}".replace(",", " ").replace(".", ",") + " zł")


def page_number(page: Page) -> str:
    found = re.search(r"FV/\d{4}/\d{2}/\d{6}", page.root.text)
    assert found
    return found[0]
