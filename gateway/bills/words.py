"""What bills and their items are called, in the visitor's language."""

from datetime import date, timedelta
from functools import cache, lru_cache

from gateway.web.texts.formatting import month_name
from gateway.web.texts.languages import N_, catalogue
from services.chassis import figures

_KINDS = {"invoice": N_("Faktura")}
_OTHER_KIND = N_("Dokument")
_MEDIA = {"heat": N_("Ciepło"), "water": N_("Woda i ścieki")}
_FIXED = N_("Opłata stała: za ciepło, które zgodnie z umową mamy dla Ciebie w gotowości, a nie za zużycie.")
_NOTES = {"MW·month": _FIXED, "month": N_("Opłata stała, niezależna od zużycia.")}
_YEAR = 4
_DAY = timedelta(days=1)


class Words:
    """The words in one language; what is newer than this gateway has a word too."""

    def __init__(self, lang: str) -> None:
        self._lang = lang
        self._translate = catalogue(lang).gettext
        self._kinds = {kind: self._translate(word) for kind, word in _KINDS.items()}
        self._other_kind = self._translate(_OTHER_KIND)
        self._media = {medium: self._translate(word) for medium, word in _MEDIA.items()}
        # Bills of one month share their days, so a list seldom has to make a name.
        self._named = lru_cache(maxsize=4096)(self._name)

    def kind(self, code: str) -> str:
        """The word for a kind of document."""
        return self._kinds.get(code, self._other_kind)

    def subject(self, medium: str | None, first: date, last: date, description: str) -> str:
        """What a bill is for: the medium and its days, whole months by name; else what the bill says of itself."""
        return self._named(medium, first, last) if medium in self._media else description

    def note(self, unit: str) -> str:
        """What an item in this unit is for, where its name alone does not tell; else empty."""
        return self._translate(_NOTES[unit]) if unit in _NOTES else ""

    def _name(self, medium: str, first: date, last: date) -> str:
        return f"{self._media[medium]}, {self._days(first, last)}"

    def _days(self, first: date, last: date) -> str:
        if first.day != 1 or (last + _DAY).day != 1:
            return _span(figures.day(first), figures.day(last))
        return _span(month_name(first, self._lang), month_name(last, self._lang))


words_in = cache(Words)
"""The words in the language of that code, made once."""


def _span(first: str, last: str) -> str:
    """From one to the other, both written with the year at the end, which is not said twice."""
    if first == last:
        return last
    return f"{first[:-_YEAR].rstrip() if first[-_YEAR:] == last[-_YEAR:] else first} – {last}"
