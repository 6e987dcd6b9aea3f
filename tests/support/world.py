"""A small utility for tests of the running office: a few parties with agreements, meters and a year of readings."""

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from typing import Any

from services.chassis.clock import local_date, system_clock
from services.identity import accounts, staff
from tests.support.browser import Browser, Page
from tests.support.parties import Party, fresh_party
from tests.support.stack import Stack
from tests.support.supply import TARIFFS, agreement_row, meter_row, reading_row

CLERK_PASSWORD = "Biurko-Parapet-Okno-7"
CUSTOMER_PASSWORD = "Zielony-Parasol-1957"

PLACES = {"pierwszą": 1, "drugą": 2, "trzecią": 3, "czwartą": 4, "piątą": 5}


@dataclass(frozen=True)
class Customer(Party):
    """A party with one heat agreement and one water agreement."""

    heat_agreement: str
    heat_meter: str
    water_agreement: str
    water_meter: str


ANNA = Customer(
    "100001", "Anna Żółć", "93111698132", "anna@poczta.example", "UC/2019/0001", "H-1", "UW/2019/0001", "W-1"
)
JAN = Customer("100002", "Jan Śliwa", "50890725145", "jan@poczta.example", "UC/2019/0002", "H-2", "UW/2019/0002", "W-2")


def fresh_customer() -> Customer:
    """A customer whom no other test knows."""
    party = fresh_party()
    code = party.code
    return Customer(
        code, party.name, party.pesel, party.email, f"UC/2019/{code}", f"H-{code}", f"UW/2019/{code}", f"W-{code}"
    )


def today() -> date:
    return local_date(system_clock())


def month_ends(count: int) -> Sequence[date]:
    """The last days of the `count` full months before today's, the oldest first."""
    ends = []
    first = today().replace(day=1)
    for _ in range(count):
        end = first - timedelta(days=1)
        ends.append(end)
        first = end.replace(day=1)
    return ends[::-1]


def fill(stack: Stack, *customers: Customer, months: int = 4) -> None:
    """Load parties, and what the utility supplies them with: agreements, meters, month-end readings; wait for bills."""
    ends = month_ends(months)
    supplied = set(stack.profile.utility.media)
    stack.load("tariffs", TARIFFS)
    stack.load("parties", [customer.row() for customer in customers])
    stack.load("agreements", [row for c in customers for row in _agreements(c, ends[0]) if row["medium"] in supplied])
    stack.load("meters", [row for c in customers for row in _meters(c) if row["medium"] in supplied])
    stack.load("readings", [row for c in customers for row in _readings(c, ends, supplied)])
    stack.quiet()
    assert stack.parked() == {}


def hire_clerk(stack: Stack, login: str = "maria", name: str = "Maria Urzędnik") -> None:
    """Let a clerk work in the office."""

    async def add() -> None:
        async with stack.processes["identity"].work() as work:
            await staff.add(work, login=login, name=name, roles=("clerk",), password=CLERK_PASSWORD, must_change=False)

    stack.call(add())


def clerk_at_work(stack: Stack, login: str = "maria") -> Browser:
    """The browser of a clerk who is logged in."""
    browser = stack.browser()
    browser.submit(browser.get("/office/login"), identifier=login, password=CLERK_PASSWORD)
    return browser


def open_account(stack: Stack, customer: Customer) -> None:
    """Give the customer an account with a password of their own."""

    async def add() -> None:
        async with stack.processes["identity"].work() as work:
            await accounts.open_for(work, customer.code, CUSTOMER_PASSWORD)

    stack.call(add())
    stack.quiet()


def customer_at_home(stack: Stack, customer: Customer) -> Browser:
    """The browser of a customer who is logged in."""
    browser = stack.browser()
    page = browser.submit(browser.get("/login"), identifier=customer.code, password=CUSTOMER_PASSWORD)
    assert page.path == "/bills"
    return browser


def right_digits(page: Page) -> dict[str, Any]:
    """What a person reads off the form, as `submit` takes it: the digits at the two places that its text names."""
    digits = next(element.text for element in page.root.all("ol") if "digits" in element.get("class"))
    shown = re.findall(r"\d(?!\.)", digits)
    asked = [PLACES[word] for word in re.findall("|".join(PLACES), page.text)]
    assert len(asked) == 2
    return {"human_check_1": shown[asked[0] - 1], "human_check_2": shown[asked[1] - 1]}


def _agreements(customer: Customer, billed_from: date) -> Sequence[Mapping[str, object]]:
    heat, water = f"PC-{customer.code}", f"PW-{customer.code}"
    return [
        agreement_row(customer, customer.heat_agreement, heat, billed_from, medium="heat"),
        agreement_row(customer, customer.water_agreement, water, billed_from),
    ]


def _meters(customer: Customer) -> Sequence[Mapping[str, object]]:
    return [
        meter_row(customer.heat_meter, f"PC-{customer.code}", medium="heat"),
        meter_row(customer.water_meter, f"PW-{customer.code}"),
    ]


def _readings(customer: Customer, ends: Sequence[date], supplied: Collection[str]) -> Sequence[Mapping[str, object]]:
    rows = []
    for medium, meter, first, monthly, source in (
        ("heat", customer.heat_meter, Decimal(1000), Decimal(60), "remote"),
        ("water", customer.water_meter, Decimal(200), Decimal(8), "actual"),
    ):
        rows += [
            reading_row(meter, end, first + monthly * month, source=source)
            for month, end in enumerate(ends)
            if medium in supplied
        ]
    return rows


def give_reading(browser: Browser, meter: str, value: str) -> Page:
    """Type today's reading of a meter and send it from the page that shows what it means; what is shown then."""
    return browser.submit(browser.submit(browser.get(f"/readings/{meter}"), value=value), step="send")
