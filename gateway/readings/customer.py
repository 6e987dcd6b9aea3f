"""Meters, their readings, and submitting one (M02)."""

from collections.abc import Sequence
from decimal import Decimal, InvalidOperation
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect
from pydantic import ValidationError

from contracts.metering import ReadingAccepted, SubmitReading
from contracts.reply import Rejected
from gateway.readings.queries import AcceptedReading, Meter, accepted_reading, meter, meters
from gateway.web.charts import BarChart, Series, bar_chart
from gateway.web.customer import Customer
from gateway.web.formatting import month_short
from gateway.web.forms import Form, errors_of, field, key_of, new_key, see_other
from gateway.web.languages import N_
from gateway.web.site import Site
from gateway.web.visit import Visit
from services.chassis.errors import Unavailable
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
async def reading_list(site: Site, visit: Visit, customer: Customer) -> Response[str]:
    """The customer's meters, each with its history."""
    found = await meters(customer, site.today)
    shown = [_shown(site, visit, one) for one in found]
    return site.templates.page(visit, "readings/list.html", meters=shown)


@get("/readings/{number:str}")
async def reading_form(
    site: Site, visit: Visit, customer: Customer, number: str, accepted: UUID | None = None
) -> Response[str]:
    """The form for one meter, or what became of the reading that was just sent."""
    one = await _meter(site, customer, number)
    done = await accepted_reading(customer, accepted) if accepted else None
    values = {"read_on": site.today.isoformat()}
    return _form(site, visit, one, key=new_key(), values=values, accepted=done)


@post("/readings/{number:str}", status_code=200)
async def submit_reading(
    site: Site, visit: Visit, customer: Customer, number: str, data: Form
) -> Response[str] | Redirect:
    """Let metering check the reading; its answer stands in the form."""
    one = await _meter(site, customer, number)
    request, errors = _request(one, data)
    if request is None:
        texts = {name: site.templates.translate(visit, text) for name, text in errors.items()}
        return _form(site, visit, one, key=key_of(data), values=data, errors=texts, status=422)
    try:
        reply = await site.ask(request, correlation_id=visit.request_id, idempotency_key=key_of(data))
    except Unavailable:
        return _form(site, visit, one, key=key_of(data), values=data, unavailable=True, status=503)
    if isinstance(reply, Rejected):
        unusual = reply.code == "unusual" or "unusual_confirmed" in data
        return _form(
            site, visit, one, key=key_of(data), values=data, errors=errors_of(reply), unusual=unusual, status=422
        )
    reading = next(event for event in reply if isinstance(event, ReadingAccepted))
    return see_other(f"/readings/{number}?accepted={reading.reading_id}")


async def _meter(site: Site, customer: Customer, number: str) -> Meter:
    one = await meter(customer, number, site.today) if site.profile.of(Readings).submission else None
    if one is None or one.in_force_from is None:
        raise NotFoundException
    return one


def _request(one: Meter, data: dict[str, str]) -> tuple[SubmitReading | None, dict[str, str]]:
    """The request that the form's texts make, or what is wrong with them."""
    errors = {}
    try:
        value = Decimal(field(data, "value").replace(" ", "").replace("\u00a0", "").replace(",", "."))
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
                "read_on": field(data, "read_on"),
                "unusual_confirmed": data.get("unusual_confirmed") == "yes",
            }
        )
    except ValidationError:
        errors["read_on"] = NOT_A_DATE
        return None, errors
    if one.in_force_from is not None and request.read_on < one.in_force_from:
        errors["read_on"] = BEFORE_AGREEMENT
    return (None, errors) if errors else (request, {})


def _form(
    site: Site,
    visit: Visit,
    one: Meter,
    *,
    key: str,
    values: dict[str, str],
    errors: dict[str, str] | None = None,
    unusual: bool = False,
    unavailable: bool = False,
    accepted: AcceptedReading | None = None,
    status: int = 200,
) -> Response[str]:
    return site.templates.page(
        visit,
        "readings/form.html",
        status=status,
        meter=_heading(site, visit, one),
        values=values,
        errors=errors or {},
        unusual=unusual,
        earliest=one.last.read_on if one.last else one.in_force_from,
        latest=site.today,
        idempotency_key=key,
        unavailable=unavailable,
        accepted=accepted,
    )


def _heading(site: Site, visit: Visit, one: Meter) -> SimpleNamespace:
    return SimpleNamespace(
        number=one.number,
        medium_name=site.templates.translate(visit, MEDIA.get(one.medium, OTHER_MEDIUM)),
        unit=one.unit,
        service_point=one.service_point,
        last_value=one.last.value if one.last else None,
        last_read_on=one.last.read_on if one.last else None,
    )


def _shown(site: Site, visit: Visit, one: Meter) -> dict[str, Any]:
    return {
        **vars(_heading(site, visit, one)),
        "form_href": f"/readings/{one.number}" if site.profile.of(Readings).submission and one.in_force_from else None,
        "window_note": "",
        "chart": _chart(site, visit, one),
        "readings": [
            {
                "read_on": reading.read_on,
                "value": reading.value,
                "consumption": reading.consumption,
                "source_name": site.templates.translate(visit, SOURCES.get(reading.source, OTHER_SOURCE)),
            }
            for reading in one.readings
        ],
    }


def _chart(site: Site, visit: Visit, one: Meter) -> BarChart | None:
    used: Sequence[tuple[str, Decimal | None]] = [
        (month_short(reading.read_on, visit.lang), reading.consumption)
        for reading in reversed(one.readings[:MONTHS_SHOWN])
        if reading.consumption is not None
    ]
    if len(used) < 2:
        return None
    name, month = site.templates.translate(visit, CONSUMPTION), site.templates.translate(visit, MONTH)
    return bar_chart(
        name, one.unit, month, tuple(label for label, _ in used), (Series(name, tuple(value for _, value in used)),)
    )
