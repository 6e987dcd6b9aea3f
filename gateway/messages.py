"""Keeps the catalogues in step with the pages: `make messages` writes `locale/<code>.po` anew.

A catalogue holds every text of the templates (`_()`), of the pages' constants (`N_()`) and of the services' refusals,
in the order of the alphabet, without dates and line numbers: it changes only when a text does. A new text comes in
without translation, for a person to fill in; one that no page says any more goes out.
"""

import sys
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog, Message
from babel.messages.extract import extract_from_dir
from babel.messages.frontend import parse_mapping_cfg
from babel.messages.pofile import read_po, write_po

from gateway.web.refusals import REASONS
from gateway.web.texts.languages import NAMES, POLISH

PAGES = Path(__file__).parent
FOLDER = PAGES / "locale"
CODES = tuple(code for code in NAMES if code != POLISH)

_HEADER = """\
# {language}. The msgids are the Polish texts of the pages; `make messages` keeps the list, people write the msgstrs.
msgid ""
msgstr ""
"Language: {code}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"
"Plural-Forms: {plural_forms}\\n"

"""


def texts() -> list[str | tuple[str, ...]]:
    """Every text that the pages can show, Polish and once each; a pair is the singular and the plural."""
    with (FOLDER / "babel.cfg").open(encoding="utf-8") as mapping:
        methods, options = parse_mapping_cfg(mapping)  # type: ignore[no-untyped-call]  # Babel says nothing of its types
    found = (message for _, _, message, _, _ in extract_from_dir(PAGES, methods, options))
    refusals = (words for reasons in REASONS.values() for words in reasons.words.values())
    return list(dict.fromkeys((*found, *refusals)))


def read(code: str) -> Catalog:
    """The catalogue of the language `code` as it is stored; empty while there is none."""
    file = FOLDER / f"{code}.po"
    return read_po(BytesIO(file.read_bytes() if file.exists() else b""), locale=code)


def renewed(code: str) -> str:
    """The catalogue of `code` as it has to be stored: today's texts with the translations that are there."""
    stored, wanted = read(code), Catalog(locale=code)
    for text in texts():
        known = stored.get(text if isinstance(text, str) else text[0])
        wanted.add(text, known.string if known and known.id == text else None, flags=known.flags if known else ())
    body = BytesIO()
    write_po(body, wanted, width=0, no_location=True, omit_header=True, sort_output=True)
    header = _HEADER.format(language=NAMES[code], code=code, plural_forms=wanted.plural_forms)
    return header + body.getvalue().decode().rstrip("\n") + "\n"


def untranslated(code: str) -> list[str]:
    """Texts that the stored catalogue of `code` leaves Polish, wholly or in one of the plural's forms."""
    return [str(message.id) for message in read(code) if message.id and (message.fuzzy or "" in _forms(message))]


def _forms(message: Message) -> tuple[str, ...]:
    return (message.string,) if isinstance(message.string, str) else tuple(message.string or ("",))


def main(arguments: list[str]) -> int:
    """Write the catalogues, or with --check only tell (exit code 1) that one is out of date or not complete."""
    behind = 0
    for code in CODES:
        file = FOLDER / f"{code}.po"
        if "--check" not in arguments:
            file.write_text(renewed(code), encoding="utf-8")
        elif not file.exists() or file.read_text(encoding="utf-8") != renewed(code):
            behind = 1
            sys.stderr.write(f"gateway/locale/{code}.po is out of date; run: make messages\n")
        for text in untranslated(code):
            behind = 1
            sys.stderr.write(f"gateway/locale/{code}.po: not translated: {text}\n")
    return behind if "--check" in arguments else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
