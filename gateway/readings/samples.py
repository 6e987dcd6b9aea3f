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
from gateway.web.visit import Visit

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
_ACCEPTED = AcceptedReading(Decimal("32.1"), TODAY, "FV/2026/11/000123", "#bill", "mailed")


def samples(_: Site, visit: Visit) -> Sequence[View]:
    """Two meters and none; the form empty, refused, away, and carried out with each bill that may come."""
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
        ReadingList([history(visit, one, taken=True) for one in (_HEAT, _WATER)]),
        ReadingList(()),
        shown_form(visit, _WATER, Form(), TODAY),
        *(shown_form(visit, _HEAT, form, TODAY) for form in forms),
        *(shown_form(visit, _HEAT, Form(), TODAY, accepted) for accepted in (_ACCEPTED, *coming)),
    )
