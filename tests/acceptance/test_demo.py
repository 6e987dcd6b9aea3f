"""The office with everything on. M02 (MPWiK, seed 002) runs here: this profile takes readings from customers."""

import re
from collections.abc import Iterator
from decimal import Decimal

import pytest

from tests.support import world
from tests.support.browser import Browser
from tests.support.stack import Stack
from tests.support.world import ANNA, JAN, Customer


@pytest.fixture(scope="module")
def office(demo: Stack) -> Stack:
    world.fill(demo, ANNA, JAN)
    world.open_account(demo, ANNA)
    return demo


@pytest.fixture
def anna(office: Stack) -> Iterator[Browser]:
    with world.customer_at_home(office, ANNA) as browser:
        yield browser


@pytest.fixture
def somebody(office: Stack) -> Iterator[tuple[Customer, Browser]]:
    """A customer of the test's own, who is logged in."""
    customer = world.fresh_customer()
    world.fill(office, customer)
    world.open_account(office, customer)
    with world.customer_at_home(office, customer) as browser:
        yield customer, browser


def last_reading(office: Stack, meter: str = ANNA.water_meter) -> Decimal:
    found = office.rows(
        "metering",
        "SELECT max(value) AS value FROM reading JOIN meter USING (meter_id) WHERE number = :number",
        number=meter,
    )[0]["value"]
    assert isinstance(found, Decimal)
    return found


def test_m02_a_reading_lower_than_the_last_is_explained_in_the_form(office: Stack, anna: Browser) -> None:
    page = anna.get(f"/readings/{ANNA.water_meter}")
    page = anna.submit(page, status=422, value=f"{last_reading(office) - 1:.0f}")
    assert set(page.errors) == {"value"}
    assert page.form("/readings/").values["value"] == f"{last_reading(office) - 1:.0f}"


@pytest.mark.parametrize(("code", "words"), [("en", "lower than the last one"), ("uk", "нижче за останнє")])
def test_m02_a_refusal_is_said_in_the_language_that_was_chosen(
    office: Stack, anna: Browser, code: str, words: str
) -> None:
    page = anna.get(f"/language/{code}?next=/readings/{ANNA.water_meter}")
    page = anna.submit(page, status=422, value=f"{last_reading(office) - 1:.0f}")
    assert words in page.errors["value"]


@pytest.mark.parametrize("typed", ["", "dużo", "12,3,4", "NaN"])
def test_m02_what_is_no_number_is_told_at_the_field(anna: Browser, typed: str) -> None:
    page = anna.get(f"/readings/{ANNA.water_meter}")
    page = anna.submit(page, status=422, value=typed)
    assert set(page.errors) == {"value"}


def test_m02_an_unusual_reading_is_asked_back_and_taken_when_confirmed(
    office: Stack, somebody: tuple[Customer, Browser]
) -> None:
    customer, browser = somebody
    page = browser.get(f"/readings/{customer.heat_meter}")
    page = browser.submit(page, value="3000")
    assert page.has("To dużo więcej niż zwykle")
    by_link = browser.get(f"{page.path}&unusual_confirmed=yes").form("/readings/")
    assert "unusual_confirmed" not in by_link.values, "no link ticks the box"
    page = browser.submit(page, status=422, step="send")
    assert set(page.errors) == {"unusual_confirmed"}
    assert last_reading(office, customer.heat_meter) < 3000
    page = browser.submit(page, unusual_confirmed=True, step="send")
    assert page.has("Odczyt przyjęty")
    assert last_reading(office, customer.heat_meter) == 3000


def test_m02_a_reading_becomes_a_bill_and_an_email_with_its_pdf(office: Stack, anna: Browser) -> None:
    new = last_reading(office) + 9
    page = anna.get(f"/readings/{ANNA.water_meter}")
    anna.client.headers["x-request-id"] = "odczyt-z-przegladarki"
    page = anna.submit(page, value=f"{new:.0f}")
    assert page.has("Sprawdź, zanim wyślesz")
    [told] = re.findall(r"około ([0-9 ]+) zł", page.text.replace("\xa0", " "))
    assert last_reading(office) == new - 9
    page = anna.submit(page, step="send")
    assert page.has("Odczyt przyjęty")
    assert anna.get("/readings").has(f"{new:.0f}")

    office.quiet()
    bills = anna.get("/bills")
    newest = anna.get(bills.link("FV/"))
    assert newest.has(f"{world.today():%d.%m.%Y}")
    assert newest.has("Woda")
    number = re.search(r"FV/\d{4}/\d{2}/\d{6}", newest.text)
    assert number
    [gross] = office.rows("billing", "SELECT gross FROM invoice WHERE number = :number", number=number[0])
    assert round(gross["gross"]) == int(told.replace(" ", ""))
    mail = office.mailbox.wait_for(ANNA.email, "rachunek")
    assert mail["X-Correlation-ID"] == "odczyt-z-przegladarki"
    attached = [part for part in mail.iter_attachments() if part.get_content_type() == "application/pdf"]
    assert len(attached) == 1
    assert attached[0].get_content().startswith(b"%PDF")


def test_m02_the_same_meter_is_not_read_twice_on_one_day(somebody: tuple[Customer, Browser]) -> None:
    customer, browser = somebody
    in_another_tab = browser.submit(browser.get(f"/readings/{customer.water_meter}"), value="233")
    assert world.give_reading(browser, customer.water_meter, "232").has("Odczyt przyjęty")
    page = browser.submit(in_another_tab, step="send")
    assert page.has("już mamy: 232 m³")
    assert page.has("Jeśli jest w nim pomyłka, zadzwoń do nas:")


def test_m02_a_reading_is_corrected_before_it_is_sent_and_then_taken_once(
    office: Stack, somebody: tuple[Customer, Browser]
) -> None:
    customer, browser = somebody
    before = last_reading(office, customer.water_meter)
    checked = browser.submit(browser.get(f"/readings/{customer.water_meter}"), value="241")
    form = browser.get(checked.link("Popraw"))
    assert form.form("/readings/").values["value"] == "241"
    assert last_reading(office, customer.water_meter) == before
    checked = browser.submit(form, value="231")
    for _ in range(2):  # a click too many
        assert browser.submit(checked, step="send").has("Odczyt przyjęty")
    assert last_reading(office, customer.water_meter) == 231


def test_m02_who_goes_back_after_a_reading_was_sent_is_told_that_it_is_there(
    office: Stack, somebody: tuple[Customer, Browser]
) -> None:
    customer, browser = somebody
    checked = browser.submit(browser.get(f"/readings/{customer.water_meter}"), value="231")
    assert browser.submit(checked, step="send").has("Odczyt przyjęty")
    for path in (checked.path, f"/readings/{customer.water_meter}"):
        again = browser.get(path)
        assert again.has("już mamy: 231 m³")
        assert not again.errors
    assert last_reading(office, customer.water_meter) == 231


def test_m02_while_billing_is_away_a_reading_is_checked_and_taken_all_the_same(
    office: Stack, somebody: tuple[Customer, Browser]
) -> None:
    customer, browser = somebody
    billing = office.processes["billing"]
    office.call(billing.stop())
    try:
        page = browser.submit(browser.get(f"/readings/{customer.water_meter}"), value="232")
        assert page.has("Nie możemy teraz obliczyć, ile wyniesie rachunek.")
        assert browser.submit(page, step="send").has("Odczyt przyjęty")
    finally:
        office.call(billing.start())
        office.call(billing.wait_until_ready())


def test_m02_the_readings_of_a_meter_come_as_a_file_for_a_spreadsheet(office: Stack, anna: Browser) -> None:
    page = anna.get("/readings")
    content = anna.download(page.link("Pobierz odczyty"), "text/csv")
    assert content.startswith(b"\xef\xbb\xbfData;Stan licznika;")
    assert anna.client.get(f"/readings-file/{JAN.water_meter}").status_code == 404


def test_m02_somebody_elses_meter_is_not_found(anna: Browser) -> None:
    anna.get(f"/readings/{JAN.water_meter}", status=404)


def test_m02_while_metering_is_away_the_form_keeps_what_was_typed(office: Stack, anna: Browser) -> None:
    page = anna.get(f"/readings/{ANNA.heat_meter}")
    metering = office.processes["metering"]
    office.call(metering.stop())
    try:
        page = anna.submit(page, status=503, value="1300")
        assert page.form("/readings/").values["value"] == "1300"
        assert anna.get("/bills").status == 200
    finally:
        office.call(metering.start())
        office.call(metering.wait_until_ready())


def test_k17_every_page_tells_how_old_its_data_are_and_how_long_it_took(anna: Browser) -> None:
    for path in ("/bills", "/readings", "/contact"):
        page = anna.get(path)
        assert page.has("Dane z:")
        assert page.has("Strona przygotowana w")
