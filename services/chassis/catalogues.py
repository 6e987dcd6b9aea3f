"""Texts in other languages: Polish stands in the code, the others in `locale/<code>.po` beside it, read as they are."""

from collections.abc import Callable, Mapping
from importlib.resources import files
from typing import Final

from babel.messages.pofile import read_po
from markupsafe import Markup, escape

NAMES: Final[Mapping[str, str]] = {"pl": "Polski", "en": "English", "uk": "Українська"}
"""Each language in its own words."""

POLISH: Final = "pl"


class Catalogue:
    """The texts of one language; what is not translated yet is shown in Polish.

    `written` is what each is made of before it is filled in, such as `unbroken`.
    """

    def __init__(self, texts: Mapping[str, tuple[str, ...]], written: Callable[[str], str] = str) -> None:
        self._texts = texts
        self._written = written

    def gettext(self, message: str) -> str:
        """The text for the Polish `message`."""
        return self._written(self._texts.get(message, (message,))[0])

    def said(self, message: str, /, **values: object) -> Markup:
        """What a template's `_()` writes: the text for `message`, with each `%(name)s` of it filled in, escaped."""
        return Markup(self.gettext(message) % {name: escape(value) for name, value in values.items()})  # noqa: S704 (our own text)

    def ngettext(self, singular: str, plural: str, count: int) -> str:
        """The text for `count` things."""
        forms = self._texts.get(singular, (singular, plural))
        form = _english_form(count) if len(forms) == 2 else _slavic_form(count)
        return self._written(forms[min(form, len(forms) - 1)])

    def said_of(self, singular: str, plural: str, num: int, /, **values: object) -> Markup:
        """What a template's `ngettext()` writes: as `said`, the text for `num` things, which is also `%(num)s`."""
        text = self.ngettext(singular, plural, num)
        return Markup(text % {name: escape(value) for name, value in {"num": num, **values}.items()})  # noqa: S704 (our own text)


def _english_form(count: int) -> int:
    return 0 if count == 1 else 1


def _slavic_form(count: int) -> int:
    """Index of the form in Ukrainian: 1 (but not 11), 2 to 4 (but not 12 to 14), the rest."""
    tens, ones = count % 100, count % 10
    if ones == 1 and tens != 11:
        return 0
    return 1 if 2 <= ones <= 4 and not 12 <= tens <= 14 else 2


def read(package: str, code: str, written: Callable[[str], str] = str) -> Catalogue:
    """The catalogue of a package in the language `code`; Polish needs none. `written` as in `Catalogue`."""
    file = files(package) / "locale" / f"{code}.po"
    if code == POLISH or not file.is_file():
        return Catalogue({}, written)
    with file.open("rb") as source:
        messages = read_po(source, locale=code)
    texts: dict[str, tuple[str, ...]] = {}
    for message in messages:
        if not message.id or message.fuzzy:
            continue
        found = message.string if isinstance(message.string, tuple | list) else (message.string,)
        forms = tuple(form for form in found if form)
        if len(forms) == len(found):
            texts[message.id if isinstance(message.id, str) else message.id[0]] = forms
    return Catalogue(texts, written)
