"""What the pages of meters and readings show (M02)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal

from gateway.web.charts import BarChart
from gateway.web.forms import Form
from gateway.web.view import View


@dataclass(frozen=True, slots=True)
class MeterHeading:
    """Which meter it is. `medium` and `unit_name`: the names for people; `unit` as stored (`m3`)."""

    number: str
    medium: str
    unit: str
    unit_name: str
    address: str
    service_point: str
    last_value: Decimal | None
    last_read_on: date | None


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A line of a meter's history; `source` in words, values in the meter's unit and with the same decimals."""

    read_on: date
    value: Decimal
    consumption: Decimal | None
    source: str


@dataclass(frozen=True, slots=True)
class MeterHistory:
    """A meter with its readings, the newest first: the `recent` ones, and those that are unfolded.

    `when` says when readings are taken, and is empty where any day will do; `form_href` is None when none are today,
    `file_href` when there is nothing to put away.
    """

    heading: MeterHeading
    when: str
    form_href: str | None
    file_href: str | None
    read_remotely: bool
    chart: BarChart | None
    recent: Sequence[ReadingRow]
    older: Sequence[ReadingRow]


@dataclass(frozen=True)
class ReadingList(View):
    """The customer's meters."""

    template = "readings/list.html"

    meters: Sequence[MeterHistory]


@dataclass(frozen=True)
class ReadingForm(View):
    """The form for one meter (fields value and read_on).

    Without `taken_today` no form is offered; `when` says when readings are taken, and is empty where any day will do.
    Nor is one where today's reading `is_in`: the page says which, and whom to call about a mistake in it.
    """

    template = "readings/form.html"

    meter: MeterHeading
    form: Form
    taken_today: bool
    when: str
    is_in: bool


@dataclass(frozen=True, slots=True)
class Bill:
    """What bill follows a reading: one `about` that many PLN, `none`, none before the `next` reading, or `unknown`."""

    kind: Literal["about", "none", "next", "unknown"]
    about: Decimal = Decimal(0)


@dataclass(frozen=True)
class ReadingCheck(View):
    """What a reading means, before it is sent; the form carries it along in hidden fields, `correct_href` to the form.

    `used` in the meter's unit in so many `days`, None for the first reading. An `unusual` one has a box to tick, and
    `why_unusual` says what is odd about it, unless the box was ticked already.
    """

    template = "readings/check.html"

    meter: MeterHeading
    action: str
    correct_href: str
    form: Form
    value: Decimal
    read_on: date
    used: Decimal | None
    days: int
    unusual: bool
    why_unusual: str
    bill: Bill
