"""Words for what contracts name by code and several subjects show, in the visitor's language."""

from gateway.web.texts.languages import N_
from gateway.web.visitors.visit import Visit

_MEDIA = {"heat": N_("Ciepło"), "water": N_("Woda")}
_OTHER_MEDIUM = N_("Inne medium")
_UNITS = {"GJ": N_("gigadżule"), "m3": N_("metry sześcienne")}


def medium(visit: Visit, code: str) -> str:
    """The word for what a meter measures; a medium that is newer than this gateway has a word too."""
    return visit.translate(_MEDIA.get(code, _OTHER_MEDIUM))


def unit(visit: Visit, symbol: str) -> str:
    """The name of a unit, for who hears the page: a sign such as m³ is often left out or misread."""
    return visit.translate(_UNITS[symbol]) if symbol in _UNITS else symbol
