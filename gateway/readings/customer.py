"""Meters, their readings, and submitting one (M02)."""

from dataclasses import replace

from litestar import Response, get, post
from litestar.exceptions import NotFoundException
from litestar.response import Redirect

from contracts.billing import InvoiceEstimate
from contracts.metering import ReadingAccepted
from gateway.readings.giving import (
    ACCEPTED,
    ACCEPTED_STATE,
    CORRECT,
    SEND,
    TO_BILLS,
    Given,
    accepted_facts,
    empty_form,
    shown_check,
    shown_form,
    typed,
)
from gateway.readings.histories import file_of, history
from gateway.readings.queries import Meter, coming_bill, meter, meters
from gateway.readings.views import ReadingCheck, ReadingForm, ReadingList
from gateway.web.downloads import file_headers
from gateway.web.forms import Done, Form, Sent, see_other, submit
from gateway.web.site import Site
from gateway.web.texts.languages import N_
from gateway.web.view import Html
from gateway.web.visitors.customer import Customer
from gateway.web.visitors.visit import Visit
from services.chassis.numbering import file_name
from services.metering.profile import Readings

FILE = N_("odczyty")
"""What the file of a meter's readings is called, before the meter's number."""


@get("/readings")
async def reading_list(site: Site, visit: Visit, customer: Customer) -> Html[ReadingList]:
    """The customer's meters, each with its history."""
    found = await meters(customer, site.today)
    rules = site.profile.of(Readings)
    return site.page(visit, ReadingList([history(visit, one, rules, site.today) for one in found]))


@get("/readings-file/{number:path}")
async def reading_file(site: Site, visit: Visit, customer: Customer, number: str) -> Response[bytes]:
    """A meter's readings as a file for a spreadsheet."""
    one = await meter(customer, _from_path(number), site.today)
    if one is None:
        raise NotFoundException
    headers = file_headers(file_name(f"{visit.translate(FILE)}-{one.number}", "csv"), shown=False)
    return Response(file_of(visit, one), media_type="text/csv", headers=headers)


@get("/readings/{number:path}")
async def reading_form(site: Site, visit: Visit, customer: Customer, number: str) -> Html[ReadingForm]:
    """The form for one meter."""
    one = await _meter(site, customer, number)
    form = empty_form(site.today)
    form = replace(form, values={**form.values, **site.typed_before(visit, customer.account_id)})
    return site.page(visit, shown_form(visit, one, form, site.profile.of(Readings), site.today))


@post("/readings/{number:path}", status_code=200)
async def submit_reading(
    site: Site, visit: Visit, customer: Customer, number: str, sent: Sent
) -> Html[ReadingForm] | Html[ReadingCheck] | Redirect:
    """Show what the reading means once metering has checked it, and from there send it; the form says what is wrong."""
    one = await _meter(site, customer, number)
    form = Form.sent(sent)
    step = form.value("step")
    given, errors = typed(visit, one, form)
    if given is None:
        return _form_again(site, visit, one, form.wrong(visit, errors))
    if step == CORRECT:
        return _form_again(site, visit, one, form)
    if step == SEND:
        request = given.submission(one, confirmed=form.ticked("unusual_confirmed"))
        outcome = await submit(site, visit, form, request)
        if isinstance(outcome, Done):
            coming = await coming_bill(customer, outcome.event(ReadingAccepted).reading_id)
            links = [("/bills", visit.translate(TO_BILLS))]
            facts = accepted_facts(visit, one, given, coming)
            return see_other("/readings", site.say(visit, "success", ACCEPTED, ACCEPTED_STATE, links, **facts))
        if outcome.unavailable or outcome.code == "unusual":
            return await _check_page(site, visit, one, outcome, given, sent=True)
        return _form_again(site, visit, one, outcome)
    outcome = await submit(site, visit, form, given.checking(one), once=False)
    if isinstance(outcome, Done):
        return await _check_page(site, visit, one, form, given)
    if outcome.code == "unusual":
        return await _check_page(site, visit, one, outcome, given)
    return _form_again(site, visit, one, outcome)


def _form_again(site: Site, visit: Visit, one: Meter, form: Form) -> Html[ReadingForm]:
    shown = shown_form(visit, one, form, site.profile.of(Readings), site.today)
    return site.page(visit, shown, status=form.status)


async def _check_page(
    site: Site, visit: Visit, one: Meter, form: Form, given: Given, *, sent: bool = False
) -> Html[ReadingCheck]:
    question = given.estimate(one)
    estimated = await site.look_up(visit, question, InvoiceEstimate) if question else None
    shown = shown_check(visit, one, form, given, sent=sent, estimated=estimated)
    return site.page(visit, shown, status=shown.form.status)


async def _meter(site: Site, customer: Customer, number: str) -> Meter:
    wanted = _from_path(number)
    one = await meter(customer, wanted, site.today) if site.profile.of(Readings).submission else None
    if one is None or one.in_force_from is None:
        raise NotFoundException
    return one


def _from_path(number: str) -> str:
    return number.removeprefix("/")  # which Litestar puts before a path
