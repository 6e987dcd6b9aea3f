"""A customer gives the state of a meter in two steps: the form, and the page that is looked at before it is sent."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date
from decimal import ROUND_HALF_UP, Decimal
from urllib.parse import urlencode

from contracts.billing import EstimateInvoice, InvoiceEstimate
from contracts.bounds import is_bounded
from contracts.metering import CheckReading, SubmitReading
from gateway.readings.headings import form_href, heading, when_taken
from gateway.readings.queries import Coming, Meter
from gateway.readings.views import Bill, ReadingCheck, ReadingForm
from gateway.web.forms import DATE_PARTS, Form, entries_of
from gateway.web.refusals import text_of
from gateway.web.texts.figures import trimmed
from gateway.web.texts.languages import N_
from gateway.web.typed import STEP
from gateway.web.visitors.visit import Visit
from services.chassis import written
from services.chassis.figures import day as in_figures
from services.chassis.figures import short_quantity
from services.metering.profile import Readings
from services.metering.refusals import reasons

NOT_A_NUMBER = N_("Wpisz stan licznika cyframi, na przykład 1234,5.")
WITH_UNIT = N_("Wpisz samą liczbę, bez jednostki, na przykład 1234,5.")
NOT_A_DATE = N_("Wpisz dzień, miesiąc i rok odczytu cyframi, na przykład 22 11 2026.")
NO_SUCH_DAY = N_("Nie ma takiego dnia. Sprawdź dzień i miesiąc.")
SHORT_YEAR = N_("Wpisz rok czterema cyframi, na przykład 2026.")
BEFORE_AGREEMENT = N_("Twoja umowa zaczęła się %(first)s. Podaj datę nie wcześniejszą.")
CONFIRM = N_("Zaznacz, że stan licznika jest właśnie taki, albo popraw odczyt.")
ACCEPTED = N_("Odczyt przyjęty")
ACCEPTED_STATE = N_("Stan licznika %(number)s z dnia %(day)s: %(register)s. %(bill)s")
BILL_TO_COME: dict[Coming, str] = {
    "mailed": N_("Rachunek przygotujemy w ciągu kilku minut. Wyślemy wiadomość e-mail."),
    "listed": N_("Rachunek przygotujemy w ciągu kilku minut. Znajdziesz go na liście rachunków."),
    "perhaps": N_(
        "Od ostatniego odczytu nie było zużycia. Jeśli są opłaty stałe, za kilka minut znajdziesz rachunek na liście "
        "rachunków."
    ),
    "next": N_("Od tego stanu liczymy Twoje zużycie. Rachunek wystawimy dopiero po następnym odczycie."),
}
TO_BILLS = N_("Przejdź do rachunków")

CHECK, CORRECT, SEND = "check", "correct", "send"
"""The steps: from the form to the page before sending, from there back to the form, and sending."""

_AND_UNIT = re.compile(r"\s*[^\W\d_]+ ?\^?[3³]?\.?$")
"""What follows a number that was typed with its unit: ` m3`, `m³`, ` GJ`."""

_TYPED = ("value", *(f"read_on_{part}" for part in DATE_PARTS))


@dataclass(frozen=True, slots=True)
class Given:
    """A reading as it was typed, in the meter's unit."""

    value: Decimal
    read_on: date

    def checking(self, one: Meter) -> CheckReading:
        """The question whether it would be accepted, were it usual."""
        return CheckReading(meter_id=one.meter_id, value=self.value, read_on=self.read_on)

    def submission(self, one: Meter, *, confirmed: bool) -> SubmitReading:
        """The request to take it; `confirmed` when the person stands by an unusual one."""
        return SubmitReading(meter_id=one.meter_id, value=self.value, read_on=self.read_on, unusual_confirmed=confirmed)

    def estimate(self, one: Meter) -> EstimateInvoice | None:
        """The question what it would cost; None for the first one, which nothing can be counted from."""
        if one.last is None:
            return None
        return EstimateInvoice.model_validate(
            {
                "service_point": one.service_point,
                "medium": one.medium,
                "value": self.value,
                "read_on": self.read_on,
                "previous_value": one.last.value,
                "previous_read_on": one.last.read_on,
            }
        )


def empty_form(today: date) -> Form:
    """The form as it opens: read today."""
    return Form(entries_of("read_on", today))


def step_href(one: Meter, form: Form, step: str) -> str:
    """The address that takes the step with what was typed into the form."""
    return f"{form_href(one)}?{urlencode({name: form.value(name) for name in _TYPED} | {STEP: step})}"


def typed(visit: Visit, one: Meter, form: Form) -> tuple[Given | None, dict[str, str]]:
    """The reading that the form's texts mean, or what is wrong with them."""
    value, read_on = written.number(form.value("value")), form.day("read_on")
    errors = {}
    if value is None:
        errors["value"] = WITH_UNIT if _is_with_unit(form.value("value")) else NOT_A_NUMBER
    elif not is_bounded(value):
        errors["value"] = text_of(reasons.error("beyond_register", "value"), "metering", visit.lang)
    if read_on is None or not is_bounded(read_on):
        errors["read_on"] = _wrong_day(form.in_entries("read_on"))
    elif one.in_force_from is not None and read_on < one.in_force_from:
        errors["read_on"] = visit.translate(BEFORE_AGREEMENT) % {"first": in_figures(one.in_force_from)}
    if value is None or read_on is None or errors:
        return None, errors
    return Given(value, read_on), {}


def shown_form(visit: Visit, one: Meter, form: Form, rules: Readings, today: date) -> ReadingForm:
    """The form for the meter, if `rules` take a reading `today` and that of today is not in already."""
    return ReadingForm(
        meter=heading(visit, one),
        form=form,
        taken_today=rules.taken_on(today),
        when=when_taken(visit, rules),
        is_in=is_in(one, today),
    )


def is_in(one: Meter, today: date) -> bool:
    """Whether the reading of `today` is in already: no other can be given, as later ones are in the future."""
    return one.last is not None and one.last.read_on >= today


def shown_check(
    visit: Visit, one: Meter, form: Form, given: Given, *, sent: bool, estimated: InvoiceEstimate | None
) -> ReadingCheck:
    """The page before the reading is sent; `sent` when it comes back because it could not be taken.

    `estimated` is billing's answer, None without one. An unusual value is asked back: its box must be ticked.
    """
    unusual = form.code == "unusual"
    wrong = {"unusual_confirmed": visit.translate(CONFIRM)} if unusual and sent else {}
    last = one.last
    return ReadingCheck(
        meter=heading(visit, one),
        action=form_href(one),
        correct_href=step_href(one, form, CORRECT),
        form=replace(form, errors=wrong, code=""),
        value=trimmed(given.value),
        read_on=given.read_on,
        used=trimmed(given.value - last.value) if last else None,
        days=(given.read_on - last.read_on).days if last else 0,
        unusual=unusual or form.ticked("unusual_confirmed"),
        why_unusual=form.error("value") if unusual else "",
        bill=_bill(one, estimated),
    )


def accepted_facts(visit: Visit, one: Meter, given: Given, coming: Coming | None) -> Mapping[str, str]:
    """What `ACCEPTED_STATE` tells of a reading that was accepted, and of the bill that comes of it."""
    return {
        "number": one.number,
        "day": in_figures(given.read_on),
        "register": short_quantity(given.value, one.unit),
        "bill": visit.translate(BILL_TO_COME[coming]) if coming else "",
    }


def _is_with_unit(text: str) -> bool:
    return (unit := _AND_UNIT.search(text)) is not None and written.number(text[: unit.start()]) is not None


def _wrong_day(entries: Sequence[str]) -> str:
    """What is wrong with entries for day, month and year that are no day we take."""
    digits = [len(entry) if entry.isascii() and entry.isdigit() else 0 for entry in entries]
    match digits:
        case [1 | 2, 1 | 2, 2]:
            return SHORT_YEAR
        case [1 | 2, 1 | 2, 4] if written.day(".".join(entries)) is None:
            return NO_SUCH_DAY
    return NOT_A_DATE


def _bill(one: Meter, estimated: InvoiceEstimate | None) -> Bill:
    if one.last is None:
        return Bill("next")
    if estimated is None:
        return Bill("unknown")
    if estimated.gross is None:
        return Bill("next")
    if estimated.gross <= 0:
        return Bill("none")
    return Bill("about", max(estimated.gross.quantize(Decimal(1), ROUND_HALF_UP), Decimal(1)))
