"""Meters, their readings, and submitting one (M02)."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from urllib.parse import quote
from uuid import UUID

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from contracts.metering import ReadingAccepted, SubmitReading
from gateway.readings.queries import AcceptedReading, Meter, accepted_reading, meter, meters
from gateway.readings.views import MeterHeading, MeterHistory, ReadingForm, ReadingList, ReadingRow
from gateway.web import words
from gateway.web.charts import BarChart, Series, bar_chart
from gateway.web.forms import Form, Sent, see_other, submit
from gateway.web.site import Site
from gateway.web.texts.formatting import month_short
from gateway.web.texts.languages import N_
from gateway.web.view import Html
from gateway.web.visitors.customer import Customer
from gateway.web.visitors.visit import Visit
from services.chassis import written
from services.metering.profile import Readings

SOURCES = {
    "actual": N_("Odczyt pracownika"),
    "customer": N_("Odczyt klienta"),
    "remote": N_("Odczyt zdalny"),
    "estimated": N_("Szacunek"),
}
OTHER_SOURCE = N_("Inny odczyt")
NOT_A_NUMBER = N_("Wpisz stan licznika cyframi, na przykład 1234,5.")
NOT_A_DATE = N_("Wybierz dzień odczytu, na przykład 22.11.2026.")
BEFORE_AGREEMENT = N_("Twoja umowa zaczęła się później. Podaj późniejszą datę odczytu.")
WINDOW = N_("Stan licznika można podać od %(first)s. do %(last)s. dnia miesiąca.")
WINDOW_TO_MONTH_END = N_("Stan licznika można podać od %(first)s. do ostatniego dnia miesiąca.")
ONCE_A_MONTH = N_("Przyjmujemy jeden odczyt w miesiącu.")
CONSUMPTION = N_("Zużycie")
MONTH = N_("Miesiąc")
MONTHS_SHOWN = 13


@get("/readings")
async def reading_list(site: Site, visit: Visit, customer: Customer) -> Html[ReadingList]:
    """The customer's meters, each with its history."""
    found = await meters(customer, site.today)
    rules = site.profile.of(Readings)
    return site.page(visit, ReadingList([history(visit, one, rules, site.today) for one in found]))


@get("/readings/{number:path}")
async def reading_form(
    site: Site, visit: Visit, customer: Customer, number: str, accepted: UUID | None = None
) -> Html[ReadingForm]:
    """The form for one meter, or what became of the reading that was just sent."""
    one = await _meter(site, customer, number)
    done = await accepted_reading(customer, accepted) if accepted else None
    form = Form({"read_on": site.today.isoformat()})
    return site.page(visit, shown_form(visit, one, form, site.profile.of(Readings), site.today, done))


@post("/readings/{number:path}", status_code=200)
async def submit_reading(
    site: Site, visit: Visit, customer: Customer, number: str, sent: Sent
) -> Html[ReadingForm] | Redirect:
    """Let metering check the reading; its answer stands in the form."""
    one = await _meter(site, customer, number)
    form = _form(sent)
    request, errors = _request(one, form)
    outcome = await submit(site, visit, form, request) if request else form.wrong(visit, errors)
    if isinstance(outcome, Form):
        shown = shown_form(visit, one, outcome, site.profile.of(Readings), site.today)
        return site.page(visit, shown, status=outcome.status)
    return see_other(f"{_href(one)}?accepted={outcome.event(ReadingAccepted).reading_id}")


def _when(visit: Visit, rules: Readings) -> str:
    """When and how often readings are taken, in words; empty where any day will do or none are taken."""
    said = []
    if rules.submission and rules.window is not None:
        text = WINDOW_TO_MONTH_END if rules.window.reaches_month_end else WINDOW
        said.append(visit.translate(text) % {"first": rules.window.first_day, "last": rules.window.last_day})
    if rules.submission and rules.frequency == "monthly":
        said.append(visit.translate(ONCE_A_MONTH))
    return " ".join(said)


def _earliest(one: Meter, rules: Readings, today: date) -> date | None:
    """The first day that a reading given today may have; metering has the last word."""
    known = [one.last.read_on if one.last else one.in_force_from]
    if rules.window is not None and rules.taken_on(today):
        known.append(today.replace(day=rules.window.first_day))
    return max((day for day in known if day is not None), default=None)


def _href(one: Meter) -> str:
    """The address of the meter's form; a factory number may hold any sign, a slash too."""
    return f"/readings/{quote(one.number)}"


async def _meter(site: Site, customer: Customer, number: str) -> Meter:
    wanted = number.removeprefix("/")  # which Litestar puts before a path
    one = await meter(customer, wanted, site.today) if site.profile.of(Readings).submission else None
    if one is None or one.in_force_from is None:
        raise NotFoundException
    return one


def _form(sent: Sent) -> Form:
    """The form that was sent, its day written as a date entry needs it to show it again."""
    form = Form.sent(sent)
    read_on = written.day(form.value("read_on"))
    return replace(form, values={**form.values, "read_on": read_on.isoformat()}) if read_on else form


def _request(one: Meter, form: Form) -> tuple[SubmitReading | None, dict[str, str]]:
    """The request that the form's texts make, or what is wrong with them."""
    value, read_on = written.number(form.value("value")), written.day(form.value("read_on"))
    errors = {}
    if value is None:
        errors["value"] = NOT_A_NUMBER
    if read_on is None:
        errors["read_on"] = NOT_A_DATE
    elif one.in_force_from is not None and read_on < one.in_force_from:
        errors["read_on"] = BEFORE_AGREEMENT
    if value is None or read_on is None or errors:
        return None, errors
    confirmed = form.ticked("unusual_confirmed")
    return SubmitReading(meter_id=one.meter_id, value=value, read_on=read_on, unusual_confirmed=confirmed), {}


def shown_form(
    visit: Visit, one: Meter, form: Form, rules: Readings, today: date, accepted: AcceptedReading | None = None
) -> ReadingForm:
    """The form for the meter, for readings up to `today`, if `rules` take any today."""
    return ReadingForm(
        meter=_heading(visit, one),
        form=form,
        taken_today=rules.taken_on(today),
        when=_when(visit, rules),
        unusual=form.code == "unusual" or "unusual_confirmed" in form.values,
        earliest=_earliest(one, rules, today),
        latest=today,
        accepted=accepted,
    )


def history(visit: Visit, one: Meter, rules: Readings, today: date) -> MeterHistory:
    """The meter with its readings; `rules` say whether a customer may give one today."""
    return MeterHistory(
        heading=_heading(visit, one),
        when=_when(visit, rules) if one.in_force_from else "",
        form_href=_href(one) if one.in_force_from and rules.taken_on(today) else None,
        chart=_chart(visit, one),
        readings=[
            ReadingRow(
                read_on=reading.read_on,
                value=reading.value,
                consumption=reading.consumption,
                source=visit.translate(SOURCES.get(reading.source, OTHER_SOURCE)),
            )
            for reading in one.readings
        ],
    )


def _heading(visit: Visit, one: Meter) -> MeterHeading:
    return MeterHeading(
        number=one.number,
        medium=words.medium(visit, one.medium),
        unit=one.unit,
        service_point=one.service_point,
        last_value=one.last.value if one.last else None,
        last_read_on=one.last.read_on if one.last else None,
    )


def _chart(visit: Visit, one: Meter) -> BarChart | None:
    used: Sequence[tuple[str, Decimal | None]] = [
        (month_short(reading.read_on, visit.lang), reading.consumption)
        for reading in reversed(one.readings[:MONTHS_SHOWN])
        if reading.consumption is not None
    ]
    if len(used) < 2:
        return None
    name, month = visit.translate(CONSUMPTION), visit.translate(MONTH)
    return bar_chart(
        name, one.unit, month, tuple(label for label, _ in used), (Series(name, tuple(value for _, value in used)),)
    )
