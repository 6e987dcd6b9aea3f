"""The utility's own texts (terms, accessibility, privacy) as a visitor reads them."""

from collections.abc import Mapping
from datetime import date

from markupsafe import Markup

from contracts.message import Language
from gateway.profile import Documents
from services.chassis.catalogues import POLISH
from services.chassis.figures import NO_BREAK_SPACE, day, phone
from services.chassis.profile.placeholders import filled
from services.chassis.profile.profile import Profile
from services.chassis.unbroken import unbroken


def text(document: Mapping[Language, str], wanted: str, profile: Profile, office: str) -> tuple[Markup, str]:
    """A document with the profile's settings in its places, and its language.

    It is the language `wanted` where there is a translation, else Polish; `office` is where the pages are.
    """
    language: Language = next((one for one in document if one == wanted), POLISH)
    # The files belong to the profile, so to the operator: they are trusted HTML.
    return Markup(filled(document[language], places(profile, office))), language  # noqa: S704 (the utility's own, checked)


def places(profile: Profile, office: str) -> Mapping[str, str]:
    """What fills each of `gateway.profile.PLACES`, as HTML."""
    utility, documents = profile.utility, profile.of(Documents)
    return {
        "name": Markup.escape(unbroken(utility.name)),
        "address": Markup.escape(unbroken(", ".join(utility.address))),
        "phone": _link(f"tel:{phone(utility.phones[0])}", utility.phones[0].replace(" ", NO_BREAK_SPACE)),
        "email": _link(f"mailto:{utility.email}", utility.email),
        "website": _link(utility.website, utility.website),
        "office": _link(office, office),
        "opened_on": _day("a11y-data-publikacja", documents.opened_on),
        "changed_on": _day("a11y-data-aktualizacja", documents.changed_on),
        "declared_on": _day("a11y-data-sporzadzenie", documents.declared_on),
        "reviewed_on": _day("a11y-data-deklaracja-przeglad", documents.reviewed_on),
        "data_protection_email": _link(f"mailto:{documents.data_protection_email}", documents.data_protection_email),
    }


def _link(href: str, words: str) -> Markup:
    return Markup('<a href="{}">{}</a>').format(href, words)


def _day(mark: str, when: date) -> Markup:
    """A day that machines find by the mark which the technical conditions of accessibility statements give it."""
    return Markup('<time id="{}" datetime="{}">{}</time>').format(mark, when.isoformat(), day(when))
