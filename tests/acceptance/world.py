"""A small utility that acceptance tests live in: a few parties with agreements, meters and a year of readings."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from pathlib import Path

from services.chassis.clock import local_date, system_clock
from services.identity import accounts, staff
from tests.support.browser import Browser, Page
from tests.support.stack import Stack

CLERK_PASSWORD = "Biurko-Parapet-Okno-7"
CUSTOMER_PASSWORD = "Zielony-Parasol-1957"

PLACES = {"pierwszą": 1, "drugą": 2, "trzecią": 3, "czwartą": 4, "piątą": 5}

TARIFFS = Path(__file__).parents[2] / "deploy" / "demo" / "tariffs.json"
"""The real tariffs that the demo utility uses too."""


@dataclass(frozen=True)
class Customer:
    """A party with one heat agreement and one water agreement."""

    code: str
    name: str
    pesel: str
    email: str
    heat_agreement: str
    heat_meter: str
    water_agreement: str
    water_meter: str


ANNA = Customer(
    "100001", "Anna Żółć", "93111698132", "anna@poczta.example", "UC/2019/0001", "H-1", "UW/2019/0001", "W-1"
)
JAN = Customer("100002", "Jan Śliwa", "50890725145", "jan@poczta.example", "UC/2019/0002", "H-2", "UW/2019/0002", "W-2")


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
    stack.load("parties", [_party(customer) for customer in customers])
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


def right_digits(page: Page) -> dict[str, str]:
    """What a person reads off the form: the digits at the two places that the instruction names."""
    digits = next(element.text for element in page.root.all("ol") if "digits" in element.get("class"))
    shown = re.findall(r"\d(?!\.)", digits)
    asked = [PLACES[word] for word in re.findall("|".join(PLACES), page.text)]
    assert len(asked) == 2
    return {"human_check_1": shown[asked[0] - 1], "human_check_2": shown[asked[1] - 1]}


def _party(customer: Customer) -> Mapping[str, object]:
    return {
        "code": customer.code,
        "kind": "household",
        "name": customer.name,
        "pesel": customer.pesel,
        "nip": "",
        "regon": "",
        "email": customer.email,
        "phone": "",
        "street": "ul. Źródlana 3",
        "postal_code": "87-800",
        "city": "Włocławek",
    }


def _agreements(customer: Customer, billed_from: date) -> Sequence[Mapping[str, object]]:
    common = {"party_code": customer.code, "signed_on": "2019-03-01", "billed_from": billed_from, "e_invoice": "true"}
    heat = {"medium": "heat", "tariff": "ekoterm", "tariff_group": "A1", "capacity_mw": "0.1"}
    water = {"medium": "water", "tariff": "swietajno", "tariff_group": "all", "capacity_mw": ""}
    return [
        {"number": customer.heat_agreement, "service_point": f"PC-{customer.code}", **common, **heat},
        {"number": customer.water_agreement, "service_point": f"PW-{customer.code}", **common, **water},
    ]


def _meters(customer: Customer) -> Sequence[Mapping[str, object]]:
    place = {"street": "ul. Źródlana 3", "postal_code": "87-800", "city": "Włocławek", "installed_on": "2019-03-01"}
    return [
        {
            "number": customer.heat_meter,
            "service_point": f"PC-{customer.code}",
            "medium": "heat",
            "unit": "GJ",
            "legalized_until": "2030-12-31",
            **place,
        },
        {
            "number": customer.water_meter,
            "service_point": f"PW-{customer.code}",
            "medium": "water",
            "unit": "m3",
            "legalized_until": "2030-12-31",
            **place,
        },
    ]


def _readings(customer: Customer, ends: Sequence[date], supplied: set[str]) -> Sequence[Mapping[str, object]]:
    rows = []
    for medium, meter, first, monthly, source in (
        ("heat", customer.heat_meter, Decimal(1000), Decimal(60), "remote"),
        ("water", customer.water_meter, Decimal(200), Decimal(8), "actual"),
    ):
        rows += [
            {"meter_number": meter, "read_on": end, "register": first + monthly * month, "source": source}
            for month, end in enumerate(ends)
            if medium in supplied
        ]
    return rows
