"""Meters and readings to look at: heat and water, with and without a history, the form in each of its states."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

from contracts.billing import InvoiceEstimate
from gateway.readings.giving import (
    NO_SUCH_DAY,
    NOT_A_DATE,
    NOT_A_NUMBER,
    WITH_UNIT,
    Given,
    empty_form,
    shown_check,
    shown_form,
    typed,
)
from gateway.readings.histories import history
from gateway.readings.queries import Meter, Reading
from gateway.readings.views import ReadingCheck, ReadingList
from gateway.web.forms import Form, entries_of
from gateway.web.samples import TODAY
from gateway.web.site import Site
from gateway.web.view import View
from gateway.web.visitors.visit import Visit
from services.metering.profile import Readings, ReadingWindow

_USED = ("9.7", "5.8", "1", "0.3", "0.3", "0.4", "1.2", "5.1", "9.6", "12.9", "14.2", "13.1")
"""GJ a month, backwards from October, of each year alike."""


def _readings(count: int, source: str, register: str) -> Iterator[Reading]:
    """The last readings of each month up to October, the newest first."""
    value, month = Decimal(register), date(2026, 11, 1)
    for place in range(count):
        read_on = month - timedelta(days=1)
        used = Decimal(_USED[place % 12]) if place + 1 < count else None
        yield Reading(value, read_on, source, used)
        value, month = value - (used or 0), read_on.replace(day=1)


_HEAT = Meter(
    meter_id=UUID(int=1),
    number="660",
    medium="heat",
    unit="GJ",
    address="ul. Płocka 20, Wierzbogród",
    service_point="PC-000123",
    readings=(
        Reading(Decimal("30.5"), date(2026, 10, 31), "actual", Decimal(9)),
        Reading(Decimal("21.5"), date(2026, 9, 30), "estimated", Decimal(8)),
        Reading(Decimal("13.5"), date(2026, 8, 31), "customer", Decimal(1)),
        Reading(Decimal("12.5"), date(2026, 7, 31), "actual", None),
    ),
    in_force_from=date(2026, 7, 31),
)
_REMOTE = replace(_HEAT, number="661", readings=tuple(_readings(26, "remote", "1116.3")))
_WATER = replace(_HEAT, medium="water", unit="m3", service_point="PW-000123", readings=())
_READ_WATER = replace(
    _WATER, number="21000211", readings=tuple(replace(one, value=one.value + 9) for one in _HEAT.readings)
)
_ANY_DAY = Readings(submission=True)
_LATE = Readings(submission=True, window=ReadingWindow(first_day=20, last_day=31), frequency="monthly")
"""Open on the samples' day."""
_EARLY = Readings(submission=True, window=ReadingWindow(first_day=1, last_day=5))
"""Closed on the samples' day."""
_FAR_ABOVE = (
    "To dużo więcej niż zwykle: 18,41\u00a0m³ dziennie od dnia 31.10.2026, a dotąd średnio 0,20\u00a0m³ dziennie. "
    "Sprawdź cyfry i przecinek. Jeśli stan jest właśnie taki, zaznacz to i wyślij odczyt."
)


def samples(_: Site, visit: Visit) -> Sequence[View]:
    """Meters and none; the form empty, closed, refused, away; and the check."""
    sent = Form({"value": "32.1", **entries_of("read_on", TODAY)})
    too_early = Form({"value": "32.1", **entries_of("read_on", date(2026, 7, 1))})
    forms = (
        sent.wrong(visit, {"value": NOT_A_NUMBER, "read_on": NOT_A_DATE}),
        sent.wrong(visit, {"value": WITH_UNIT, "read_on": NO_SUCH_DAY}),
        too_early.wrong(visit, typed(visit, _HEAT, too_early)[1]),
        replace(sent, unavailable=True),
    )
    meters = ((_REMOTE, _ANY_DAY), (_READ_WATER, _ANY_DAY), (_WATER, _LATE))
    return (
        ReadingList([history(visit, one, rules, TODAY) for one, rules in meters]),
        ReadingList(()),
        shown_form(visit, _WATER, empty_form(TODAY), _ANY_DAY, TODAY),
        shown_form(visit, _WATER, Form(), _EARLY, TODAY),
        shown_form(visit, _WATER, empty_form(TODAY), _LATE, TODAY),
        shown_form(visit, _READ_WATER, Form(), _ANY_DAY, _READ_WATER.readings[0].read_on),
        *(shown_form(visit, _HEAT, form, _ANY_DAY, TODAY) for form in forms),
        *_checks(visit),
    )


def _checks(visit: Visit) -> Iterator[ReadingCheck]:
    """The page before sending: with each bill, of an unusual reading, the box not ticked, and away."""
    given = Given(Decimal("49.9"), TODAY)
    form = Form({"value": "49,9", **entries_of("read_on", TODAY)})
    unusual = replace(form, errors={"value": _FAR_ABOVE}, code="unusual")
    about = InvoiceEstimate(gross=Decimal("120.16"))
    for estimated in (about, InvoiceEstimate(gross=Decimal(0)), InvoiceEstimate(), None):
        yield shown_check(visit, _READ_WATER, form, given, sent=False, estimated=estimated)
    yield shown_check(visit, _WATER, form, given, sent=False, estimated=None)
    yield shown_check(visit, _READ_WATER, unusual, given, sent=False, estimated=about)
    yield shown_check(visit, _READ_WATER, unusual, given, sent=True, estimated=about)
    away = replace(form, unavailable=True)
    yield shown_check(visit, _READ_WATER, away, given, sent=True, estimated=None)
