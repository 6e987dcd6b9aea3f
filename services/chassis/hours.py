"""How hours are written for people, on pages and in mails: `pon.–pt. 7:00–15:00`."""

from collections.abc import Sequence
from datetime import time

from babel.dates import get_day_names

from services.chassis.figures import NO_BREAK_SPACE
from services.chassis.profile.contacts import DAYS, Hours


def in_words(hours: Sequence[Hours], lang: str) -> str:
    """The hours in the language `lang`; empty where there are none."""
    names = get_day_names("abbreviated", "format", lang)
    return ", ".join(
        f"{'–'.join(dict.fromkeys(names[DAYS.index(day)] for day in (one.first, one.last)))}{NO_BREAK_SPACE}"
        f"{_clock(one.opens)}–{_clock(one.closes)}"
        for one in hours
    )


def _clock(at: time) -> str:
    return f"{at.hour}:{at.minute:02}"
