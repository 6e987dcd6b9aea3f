"""Keeps catalogues in step with the texts: `make messages` writes `locale/<code>.po` anew.

A catalogue holds every text of the templates (`_()`), of constants (`N_()`), and what its package says besides, in the
order of the alphabet, without dates and line numbers: it changes only when a text does. A new text comes in without
translation, for a person to fill in; one that nothing says any more goes out.
"""

import sys
from collections.abc import Sequence
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from services.chassis.catalogues import NAMES, POLISH

CODES = tuple(code for code in NAMES if code != POLISH)

_ROOT = Path(__file__).parents[2]

_WHAT = "The msgids are the Polish texts of the {}; `make messages` keeps the list, people write the msgstrs."
_HEADER = """\
# {language}. {what}
msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


class Catalogues:
    """The catalogues of one package, in its folder `locale`, where `babel.cfg` says which files have texts.

    `package` is its path, `said_in` is what the texts are of, in a word, and `more` are those that stand in no file.
    """

    def __init__(self, package: str, said_in: str, more: Sequence[str] = ()) -> None:
        self.package = package
        self.root = _ROOT / package
        self.folder = self.root / "locale"
        self._said_in = said_in
        self._more = more

    def texts(self) -> list[str | tuple[str, ...]]:
        """Every text that can be shown, Polish and once each; a pair is the singular and the plural."""
        with (self.folder / "babel.cfg").open(encoding="utf-8") as mapping:
            methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]  # Babel says nothing of its types
        found = (message for _, _, message, _, _ in extract_from_dir(self.root, methods, options))
        return list(dict.fromkeys((*found, *self._more)))

    def read(self, code: str) -> Catalog:
        """The catalogue of the language `code` as it is stored; empty while there is none."""
        file = self.folder / f"{code}.po"
        return read_po(BytesIO(file.read_bytes() if file.exists() else b""), locale=code)

    def renewed(self, code: str) -> str:
        """The catalogue of `code` as it has to be stored: today's texts with the translations that are there."""
        stored, wanted = self.read(code), Catalog(locale=code)
        for text in self.texts():
            known = stored.get(text if isinstance(text, str) else text[0])
            wanted.add(text, known.string if known and known.id == text else None, flags=known.flags if known else ())
        body = BytesIO()
        write_po(body, wanted, width=0, no_location=True, omit_header=True, sort_output=True)
        what, plurals = _WHAT.format(self._said_in), wanted.plural_forms
        header = _HEADER.format(language=NAMES[code], what=what, code=code, plural_forms=plurals)
        return header + body.getvalue().decode().rstrip("\n") + "\n"

    def untranslated(self, code: str) -> list[str]:
        """Texts that the stored catalogue of `code` leaves Polish, wholly or in one of the plural's forms."""
        texts = (message for message in self.read(code) if message.id)
        return [str(message.id) for message in texts if message.fuzzy or "" in _forms(message)]

    def main(self, arguments: Sequence[str]) -> int:
        """Write the catalogues, or with --check only tell (exit code 1) that one is out of date or not complete."""
        behind = 0
        for code in CODES:
            file, name = self.folder / f"{code}.po", f"{self.package}/locale/{code}.po"
            if "--check" not in arguments:
                file.write_text(self.renewed(code), encoding="utf-8")
            elif not file.exists() or file.read_text(encoding="utf-8") != self.renewed(code):
                behind = 1
                sys.stderr.write(f"{name} is out of date; run: make messages\n")
            for text in self.untranslated(code):
                behind = 1
                sys.stderr.write(f"{name}: not translated: {text}\n")
        return behind if "--check" in arguments else 0


def _forms(message: Message) -> tuple[str, ...]:
    """The translation: one text, or a plural's forms."""
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))
