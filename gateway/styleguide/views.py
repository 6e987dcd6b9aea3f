"""What the style guide shows."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from decimal import Decimal
from typing import Literal, NamedTuple

from gateway.applications.human_check import HumanCheck
from gateway.applications.queries import ApplicationRow, Look
from gateway.bills.queries import Bill, Line, Owed, Total, Transfer
from gateway.web.charts import BarChart
from gateway.web.forms import Form
from gateway.web.view import Link, View


@dataclass(frozen=True, slots=True)
class Balance:
    """What a customer owes in PLN, below zero overpaid."""

    balance: Decimal
    balance_on: date


@dataclass(frozen=True, slots=True)
class Due:
    """An entry of the calendar."""

    href: str
    label: str
    amount: Decimal
    overdue: bool


@dataclass(frozen=True, slots=True)
class Day:
    """A day of the calendar; `outside` its month."""

    date: date
    outside: bool
    today: bool
    entries: Sequence[Due]


@dataclass(frozen=True, slots=True)
class Month:
    """A month of the calendar; weekdays as (short, full) from Monday."""

    title: str
    weekdays: Sequence[tuple[str, str]]
    weeks: Sequence[Sequence[Day]]


class Step(NamedTuple):
    """A step of a case."""

    title: str
    text: str
    at: datetime | None
    state: Literal["done", "now", "ahead"]


@dataclass(frozen=True)
class StyleGuide(View):
    """Every component with its states."""

    template = "styleguide/index.html"

    errors: Mapping[str, str]
    human_check_sample: HumanCheck
    balances: Sequence[tuple[Balance, Owed]]
    transfer: Transfer
    bills: Sequence[Bill]
    bill_items: Sequence[Line]
    bill_total: Total
    applications: Sequence[ApplicationRow]
    clerks_looks: Sequence[Look]
    passwords: Sequence[Form]
    tab_samples: Sequence[Link]
    cut_samples: Sequence[Link]
    chart: BarChart
    month: Month
    case: Sequence[Step]
    fact_samples: Sequence[tuple[str, str]]
    tariff_columns: Sequence[tuple[str, str]]
    tariff_rows: Sequence[Sequence[str]]
