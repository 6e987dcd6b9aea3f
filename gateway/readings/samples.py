"""Meters and readings to look at: heat and water, with and without a history, the form in each of its states."""

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from uuid import UUID

from gateway.readings.customer import BEFORE_AGREEMENT, NOT_A_DATE, NOT_A_NUMBER, history, shown_form
from gateway.readings.queries import AcceptedReading, Meter, Reading
from gateway.readings.views import ReadingList
from gateway.web.forms import Form
from gateway.web.samples import TODAY
from gateway.web.site import Site
from gateway.web.view import View
from gateway.web.visitors.visit import Visit
from services.metering.profile import Readings, ReadingWindow

_HEAT = Meter(
    meter_id=UUID(int=1),
    number="660",
    medium="heat",
    unit="GJ",
    service_point="ul. Płocka 20, Wierzbogród (PP-1)",
    readings=(
        Reading(Decimal("30.5"), date(2026, 10, 31), "remote", Decimal(9)),
        Reading(Decimal("21.5"), date(2026, 9, 30), "estimated", Decimal(8)),
        Reading(Decimal("13.5"), date(2026, 8, 31), "customer", Decimal(1)),
        Reading(Decimal("12.5"), date(2026, 7, 31), "actual", None),
    ),
    in_force_from=date(2026, 7, 31),
)
_WATER = replace(_HEAT, medium="water", unit="m3", readings=())
_ANY_DAY = Readings(submission=True)
_LATE = Readings(submission=True, window=ReadingWindow(first_day=20, last_day=31), frequency="monthly")
"""Open on the samples' day."""
_EARLY = Readings(submission=True, window=ReadingWindow(first_day=1, last_day=5))
"""Closed on the samples' day."""
_ACCEPTED = AcceptedReading(Decimal("32.1"), TODAY, "FV/2026/11/000123", "#bill", "mailed")


def samples(_: Site, visit: Visit) -> Sequence[View]:
    """Two meters and none; the form empty, closed, refused, away, and carried out with each bill that may come."""
    typed = Form({"value": "32.1", "read_on": TODAY.isoformat(), "unusual_confirmed": "yes"})
    forms = (
        typed.wrong(visit, {"value": NOT_A_NUMBER, "read_on": NOT_A_DATE}),
        typed.wrong(visit, {"read_on": BEFORE_AGREEMENT}),
        replace(typed, code="unusual"),
        replace(typed, unavailable=True),
    )
    coming = (
        replace(_ACCEPTED, invoice_number=None, invoice_href=None, coming=what)
        for what in ("next", "perhaps", "mailed", "listed")
    )
    return (
        ReadingList([history(visit, one, rules, TODAY) for one, rules in ((_HEAT, _ANY_DAY), (_WATER, _LATE))]),
        ReadingList(()),
        shown_form(visit, _WATER, Form(), _ANY_DAY, TODAY),
        shown_form(visit, _WATER, Form(), _EARLY, TODAY),
        shown_form(visit, _WATER, Form(), _LATE, TODAY),
        *(shown_form(visit, _HEAT, form, _ANY_DAY, TODAY) for form in forms),
        *(shown_form(visit, _HEAT, Form(), _ANY_DAY, TODAY, accepted) for accepted in (_ACCEPTED, *coming)),
    )
