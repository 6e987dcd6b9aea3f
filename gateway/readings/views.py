"""What the pages of meters and readings show (M02)."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

from gateway.readings.queries import AcceptedReading
from gateway.web.charts import BarChart
from gateway.web.forms import Form
from gateway.web.view import View


@dataclass(frozen=True, slots=True)
class MeterHeading:
    """Which meter it is. `medium` and `unit`: the name for people and the unit as stored (`m3`)."""

    number: str
    medium: str
    unit: str
    service_point: str
    last_value: Decimal | None
    last_read_on: date | None


@dataclass(frozen=True, slots=True)
class ReadingRow:
    """A line of a meter's history; `source` in words, values in the meter's unit."""

    read_on: date
    value: Decimal
    consumption: Decimal | None
    source: str


@dataclass(frozen=True, slots=True)
class MeterHistory:
    """A meter with its readings, the newest first.

    `when` says when readings are taken, and is empty where any day will do; `form_href` is None when none are today.
    """

    heading: MeterHeading
    when: str
    form_href: str | None
    chart: BarChart | None
    readings: Sequence[ReadingRow]


@dataclass(frozen=True)
class ReadingList(View):
    """The customer's meters."""

    template = "readings/list.html"

    meters: Sequence[MeterHistory]


@dataclass(frozen=True)
class ReadingForm(View):
    """The form for one meter (fields value, read_on, unusual_confirmed), or what became of the reading just sent.

    Without `taken_today` no form is offered; `when` says when readings are taken, and is empty where any day will do.
    `unusual` asks the person to confirm a value far from the usual one; `earliest` and `latest` are the days that a
    reading may have.
    """

    template = "readings/form.html"

    meter: MeterHeading
    form: Form
    taken_today: bool
    when: str
    unusual: bool
    earliest: date | None
    latest: date
    accepted: AcceptedReading | None
