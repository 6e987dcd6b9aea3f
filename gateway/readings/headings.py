"""What the pages say of a meter: which one it is, where its form is, and when its readings are taken."""

from urllib.parse import quote

from gateway.readings.queries import Meter
from gateway.readings.views import MeterHeading
from gateway.web import words
from gateway.web.texts.languages import N_
from gateway.web.visitors.visit import Visit
from services.metering.profile import Readings

WINDOW = N_("Stan licznika można podać od %(first)s. do %(last)s. dnia miesiąca.")
WINDOW_TO_MONTH_END = N_("Stan licznika można podać od %(first)s. do ostatniego dnia miesiąca.")
ONCE_A_MONTH = N_("Przyjmujemy jeden odczyt w miesiącu.")


def heading(visit: Visit, one: Meter) -> MeterHeading:
    """The meter in the visitor's words."""
    return MeterHeading(
        number=one.number,
        medium=words.medium(visit, one.medium),
        unit=one.unit,
        unit_name=words.unit(visit, one.unit),
        address=one.address,
        service_point=one.service_point,
        last_value=one.last.value if one.last else None,
        last_read_on=one.last.read_on if one.last else None,
    )


def form_href(one: Meter) -> str:
    """The address of the meter's form; a factory number may hold any sign, a slash too."""
    return f"/readings/{quote(one.number)}"


def file_href(one: Meter) -> str:
    """The address of the meter's readings as a file."""
    return f"/readings-file/{quote(one.number)}"


def when_taken(visit: Visit, rules: Readings) -> str:
    """When and how often readings are taken, in words; empty where any day will do or none are taken."""
    said = []
    if rules.submission and rules.window is not None:
        text = WINDOW_TO_MONTH_END if rules.window.reaches_month_end else WINDOW
        said.append(visit.translate(text) % {"first": rules.window.first_day, "last": rules.window.last_day})
    if rules.submission and rules.frequency == "monthly":
        said.append(visit.translate(ONCE_A_MONTH))
    return " ".join(said)
