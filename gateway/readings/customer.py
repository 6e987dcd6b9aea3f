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
    CHECK,
    CORRECT,
    SEND,
    TO_BILLS,
    Given,
    accepted_facts,
    empty_form,
    is_in,
    shown_check,
    shown_form,
    step_href,
    typed,
)
from gateway.readings.histories import file_of, history
from gateway.readings.queries import Meter, coming_bill, meter, meters
from gateway.readings.views import ReadingCheck, ReadingForm, ReadingList
from gateway.web.downloads import file_headers
from gateway.web.forms import Done, Form, Sent, see_other, submit
from gateway.web.site import Site
from gateway.web.texts.languages import N_
from gateway.web.typed import STEP
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
async def reading_form(
    site: Site, visit: Visit, customer: Customer, number: str, sent: Sent
) -> Html[ReadingForm] | Html[ReadingCheck]:
    """The form for one meter; filled in, what the reading means once metering has checked it, or what is wrong with it.

    The check is a question, so its address holds what was typed: one can go back to it, also after it was sent.
    """
    one = await _meter(site, customer, number)
    # Whoever made an address cannot have looked at the meter again: the box is ticked by hand.
    form = Form.sent({name: text for name, text in sent.items() if name != "unusual_confirmed"})
    step = form.value(STEP)
    if is_in(one, site.today):
        return _form_page(site, visit, one, Form())
    if not step:
        empty = empty_form(site.today)
        kept = site.typed_before(visit, customer.account_id)
        return _form_page(site, visit, one, replace(empty, values={**empty.values, **kept}))
    if step == CORRECT:
        return _form_page(site, visit, one, form.wrong(visit, {}))
    given, errors = typed(visit, one, form)
    if given is None:
        return _form_page(site, visit, one, form.wrong(visit, errors))
    outcome = await submit(site, visit, form, given.checking(one), once=False)
    if isinstance(outcome, Done):
        return await _check_page(site, visit, one, form, given)
    if outcome.code == "unusual":
        return await _check_page(site, visit, one, outcome, given, sent=step == SEND)
    return _form_page(site, visit, one, outcome)


@post("/readings/{number:path}", status_code=200)
async def submit_reading(
    site: Site, visit: Visit, customer: Customer, number: str, sent: Sent
) -> Html[ReadingForm] | Html[ReadingCheck] | Redirect:
    """Send the reading that was looked at; one that was not, or is asked back, is looked at first."""
    one = await _meter(site, customer, number)
    form = Form.sent(sent)
    given, errors = typed(visit, one, form)
    if given is None:
        return _form_page(site, visit, one, form.wrong(visit, errors))
    if form.value(STEP) != SEND:
        return see_other(step_href(one, form, CHECK))
    request = given.submission(one, confirmed=form.ticked("unusual_confirmed"))
    outcome = await submit(site, visit, form, request)
    if isinstance(outcome, Done):
        coming = await coming_bill(customer, outcome.event(ReadingAccepted).reading_id)
        links = [("/bills", visit.translate(TO_BILLS))]
        facts = accepted_facts(visit, one, given, coming)
        return see_other("/readings", site.say(visit, "success", ACCEPTED, ACCEPTED_STATE, links, **facts))
    if outcome.code == "unusual":
        return see_other(step_href(one, form, SEND))
    if outcome.unavailable:
        return await _check_page(site, visit, one, outcome, given, sent=True)
    if is_in(one, site.today):
        return _form_page(site, visit, one, Form())
    return _form_page(site, visit, one, outcome)


def _form_page(site: Site, visit: Visit, one: Meter, form: Form) -> Html[ReadingForm]:
    shown = shown_form(visit, one, form, site.profile.of(Readings), site.today)
    here = step_href(one, form, form.value(STEP)) if form.value(STEP) else ""
    return site.page(visit, shown, status=form.status, path=here)


async def _check_page(
    site: Site, visit: Visit, one: Meter, form: Form, given: Given, *, sent: bool = False
) -> Html[ReadingCheck]:
    question = given.estimate(one)
    estimated = await site.look_up(visit, question, InvoiceEstimate) if question else None
    shown = shown_check(visit, one, form, given, sent=sent, estimated=estimated)
    return site.page(visit, shown, status=shown.form.status, path=step_href(one, form, CHECK))


async def _meter(site: Site, customer: Customer, number: str) -> Meter:
    wanted = _from_path(number)
    one = await meter(customer, wanted, site.today) if site.profile.of(Readings).submission else None
    if one is None or one.in_force_from is None:
        raise NotFoundException
    return one


def _from_path(number: str) -> str:
    return number.removeprefix("/")  # which Litestar puts before a path
