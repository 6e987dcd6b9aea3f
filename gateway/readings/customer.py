"""Meters, their readings, and submitting one (M02)."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal, InvalidOperation
from uuid import UUID

from litestar import get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect
from pydantic import ValidationError

from contracts.metering import ReadingAccepted, SubmitReading
from gateway.readings.queries import AcceptedReading, Meter, accepted_reading, meter, meters
from gateway.readings.views import MeterHeading, MeterHistory, ReadingForm, ReadingList, ReadingRow
from gateway.web.charts import BarChart, Series, bar_chart
from gateway.web.customer import Customer
from gateway.web.formatting import month_short
from gateway.web.forms import Form, Sent, see_other, submit
from gateway.web.languages import N_
from gateway.web.site import Site
from gateway.web.view import Html
from gateway.web.visit import Visit
from services.metering.profile import Readings

MEDIA = {"heat": N_("Ciepło"), "water": N_("Woda")}
OTHER_MEDIUM = N_("Inne medium")
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
CONSUMPTION = N_("Zużycie")
MONTH = N_("Miesiąc")
MONTHS_SHOWN = 13


@get("/readings")
async def reading_list(site: Site, visit: Visit, customer: Customer) -> Html[ReadingList]:
    """The customer's meters, each with its history."""
    found = await meters(customer, site.today)
    taken = site.profile.of(Readings).submission
    return site.page(visit, ReadingList([history(visit, one, taken=taken) for one in found]))


@get("/readings/{number:str}")
async def reading_form(
    site: Site, visit: Visit, customer: Customer, number: str, accepted: UUID | None = None
) -> Html[ReadingForm]:
    """The form for one meter, or what became of the reading that was just sent."""
    one = await _meter(site, customer, number)
    done = await accepted_reading(customer, accepted) if accepted else None
    form = Form({"read_on": site.today.isoformat()})
    return site.page(visit, shown_form(visit, one, form, site.today, done))


@post("/readings/{number:str}", status_code=200)
async def submit_reading(
    site: Site, visit: Visit, customer: Customer, number: str, data: Sent
) -> Html[ReadingForm] | Redirect:
    """Let metering check the reading; its answer stands in the form."""
    one = await _meter(site, customer, number)
    form = Form.sent(data)
    request, errors = _request(one, form)
    outcome = await submit(site, visit, form, request) if request else form.wrong(visit, errors)
    if isinstance(outcome, Form):
        return site.page(visit, shown_form(visit, one, outcome, site.today), status=outcome.status)
    return see_other(f"/readings/{number}?accepted={outcome.event(ReadingAccepted).reading_id}")


async def _meter(site: Site, customer: Customer, number: str) -> Meter:
    one = await meter(customer, number, site.today) if site.profile.of(Readings).submission else None
    if one is None or one.in_force_from is None:
        raise NotFoundException
    return one


def _request(one: Meter, form: Form) -> tuple[SubmitReading | None, dict[str, str]]:
    """The request that the form's texts make, or what is wrong with them."""
    errors = {}
    try:
        value = Decimal(form.value("value").replace(" ", "").replace("\u00a0", "").replace(",", "."))
        if not value.is_finite():
            raise InvalidOperation
    except InvalidOperation:
        errors["value"] = NOT_A_NUMBER
        value = Decimal(0)
    try:
        request = SubmitReading.model_validate(
            {
                "meter_id": one.meter_id,
                "value": value,
                "read_on": form.value("read_on"),
                "unusual_confirmed": form.ticked("unusual_confirmed"),
            }
        )
    except ValidationError:
        errors["read_on"] = NOT_A_DATE
        return None, errors
    if one.in_force_from is not None and request.read_on < one.in_force_from:
        errors["read_on"] = BEFORE_AGREEMENT
    return (None, errors) if errors else (request, {})


def shown_form(
    visit: Visit, one: Meter, form: Form, today: date, accepted: AcceptedReading | None = None
) -> ReadingForm:
    """The form for the meter, for readings up to `today`."""
    return ReadingForm(
        meter=_heading(visit, one),
        form=form,
        unusual=form.code == "unusual" or "unusual_confirmed" in form.values,
        earliest=one.last.read_on if one.last else one.in_force_from,
        latest=today,
        accepted=accepted,
    )


def history(visit: Visit, one: Meter, *, taken: bool) -> MeterHistory:
    """The meter with its readings; `taken` says whether the office takes readings of customers at all."""
    return MeterHistory(
        heading=_heading(visit, one),
        form_href=f"/readings/{one.number}" if taken and one.in_force_from else None,
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
        medium=visit.translate(MEDIA.get(one.medium, OTHER_MEDIUM)),
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
