"""Words for what contracts name by code and several subjects show, in the visitor's language."""

from gateway.web.texts.languages import N_
from gateway.web.visitors.visit import Visit

_MEDIA = {"heat": N_("Ciepło"), "water": N_("Woda")}
_OTHER_MEDIUM = N_("Inne medium")


def medium(visit: Visit, code: str) -> str:
    """The word for what a meter measures; a medium that is newer than this gateway has a word too."""
    return visit.translate(_MEDIA.get(code, _OTHER_MEDIUM))
