"""Why a service said no, in the visitor's language: the catalogue's words for the refusal's code and parameters."""

from collections.abc import Mapping
from datetime import timedelta
from typing import Any, Final

from babel.dates import format_timedelta

from contracts.reply import FieldError
from gateway.web.texts.languages import catalogue
from services.billing.refusals import reasons as of_billing
from services.chassis.catalogues import POLISH
from services.chassis.refusals import WRITTEN, Reasons, Written, said
from services.chassis.unbroken import unbroken
from services.correspondence.refusals import reasons as of_correspondence
from services.identity.refusals import reasons as of_identity
from services.metering.refusals import reasons as of_metering

REASONS: Final[Mapping[str, Reasons[Any]]] = {
    "billing": of_billing,
    "correspondence": of_correspondence,
    "identity": of_identity,
    "metering": of_metering,
}
"""Each service's reasons by its name; their Polish words are texts of the catalogues."""


def text_of(error: FieldError, owner: str, lang: str) -> str:
    """The words for `error` of the service `owner` in the language `lang`.

    Polish, as it came, is what a newer service says: a reason or a parameter that this gateway does not know.
    """
    words = REASONS[owner].words.get(error.code)
    if words is None or lang == POLISH:
        return unbroken(error.text)
    try:
        return said(catalogue(lang).gettext(words), error.parameters, _written(lang))
    except (KeyError, ValueError):
        return unbroken(error.text)


def _written(lang: str) -> Written:
    def wait(text: str) -> str:
        seconds = int(text)
        whole = timedelta(seconds=-(-seconds // 5) * 5 if seconds <= 55 else -(-seconds // 60) * 60)
        return format_timedelta(whole, threshold=1, format="short", locale=lang)

    return {**WRITTEN, "wait": wait}
