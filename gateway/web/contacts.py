"""Whom visitors call and when, in the words of each language: made once, as every page ends with it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import time

from babel.dates import get_day_names

from gateway.web.texts.languages import N_, catalogue
from services.chassis import figures
from services.chassis.profile.contacts import DAYS, Hours, Supply
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
    """Of one language: the emergency numbers, and when the general telephones are answered (empty: not told)."""

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
            hours=_hours(one.hours, lang) or say(_ALWAYS),
        )
        for one in utility.emergencies
    ]
    return Contacts(emergencies, _hours(utility.phone_hours, lang))


def _hours(hours: Sequence[Hours], lang: str) -> str:
    """As people write them: `pon.–pt. 7:00–15:00`."""
    names = get_day_names("abbreviated", "format", lang)
    return ", ".join(
        f"{'–'.join(dict.fromkeys(names[DAYS.index(day)] for day in (one.first, one.last)))}{figures.NO_BREAK_SPACE}"
        f"{_clock(one.opens)}–{_clock(one.closes)}"
        for one in hours
    )


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"
