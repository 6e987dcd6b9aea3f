"""Whom visitors call and when, in the words of each language: made once, as every page ends with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from gateway.web.texts.languages import N_, catalogue
from services.chassis import figures, hours
from services.chassis.profile.contacts import Supply
from services.chassis.profile.utility import Utility

_SUPPLIES: Mapping[Supply, str] = {"heat": N_("ciepło"), "water": N_("woda"), "sewage": N_("kanalizacja")}
_EMERGENCY = N_("Awaria")
_ALWAYS = N_("całą dobę")


@dataclass(frozen=True, slots=True)
class Call:
    """A number to call: what for, the link, as it is written, and when somebody answers."""

    title: str
    href: str
    phone: str
    hours: str


@dataclass(frozen=True, slots=True)
class Contacts:
    """Of one language: the emergency numbers, and when the other telephones are answered (empty: not told)."""

    emergencies: Sequence[Call]
    phone_hours: str


def contacts(utility: Utility, lang: str) -> Contacts:
    """The utility's contacts in the language `lang`. What a number is for is said where there are several."""
    say = catalogue(lang).gettext
    several = len(utility.emergencies) > 1
    emergencies = [
        Call(
            title=f"{say(_EMERGENCY)}: {', '.join(say(_SUPPLIES[medium]) for medium in one.media)}"
            if several
            else say(_EMERGENCY),
            href=f"tel:{figures.phone(one.phone)}",
            phone=one.phone,
            hours=hours.in_words(one.hours, lang) or say(_ALWAYS),
        )
        for one in utility.emergencies
    ]
    return Contacts(emergencies, hours.in_words(utility.phone_hours, lang))
