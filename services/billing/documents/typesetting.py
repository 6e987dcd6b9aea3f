"""Typesetting: an invoice's texts become a PDF, tagged (PDF/UA-1), in Polish, with the font that the typesetter brings.

`python -m services.billing.documents.typesetting` is the program that `typesetters.py` runs: a line of JSON on its
standard input holds a template and the texts of one invoice, the answer is a line of JSON with the bytes of the PDF
after it. It ends with its input. So that it stays small it imports nothing of ours.
"""

import json
import re
import signal
import sys
import unicodedata
from collections.abc import Collection, Iterator
from itertools import pairwise
from typing import IO, Any

import typst

NO_GLYPH = "\N{WHITE SQUARE}"
MOST_REPLACED = 30
"""Stretches of letters that the font does not have; the typesetter tells of them one after another. Afterwards
every letter beyond those that European names are written with is replaced."""

_BEYOND_EUROPE = re.compile(r"[^\u0000-\u04ff\u1e00-\u20cf\u2100-\u22ff]")

_WITHOUT_GLYPH = re.compile(r'the text `"(?P<text>.+?)"` could not be displayed', re.DOTALL)
_UNICODE = re.compile(r"\\u\{([0-9a-f]+)\}")
_MISSING = re.compile(r'does not contain key "(?P<name>[^"]+)"')


class NotTypeset(Exception):
    """No try will make a PDF of these texts by this template; the text is why, in Polish, for clerks."""


def typeset(template: bytes, texts: dict[str, Any]) -> tuple[bytes, list[str]]:
    """The PDF of `texts` by a typst `template`, the same for the same texts, and the letters that were replaced in it.

    A letter that the font does not have becomes `NO_GLYPH`: the bill is owed all the same. Raises `NotTypeset`, which
    names the field that the template asks for in vain.
    """
    replaced: set[str] = set()
    for count in range(MOST_REPLACED + 2):
        try:
            made: bytes = typst.compile(
                template,
                format="pdf",
                sys_inputs={"invoice": json.dumps(texts, ensure_ascii=False)},
                ignore_system_fonts=True,
                pdf_standards=["ua-1"],
            )
        except typst.TypstError as error:
            found = _WITHOUT_GLYPH.search(str(error))
            if found is None:
                raise NotTypeset(_reason(str(error))) from error
            named = set(_UNICODE.sub(lambda code: chr(int(code[1], 16)), found["text"]))
            letters = _to_replace(named, "\n".join(_strings(texts)), at_once=count >= MOST_REPLACED)
            if not letters:
                raise NotTypeset(_reason(str(error))) from error
            replaced |= letters
            texts = _without(texts, letters)
        else:
            return made, sorted(replaced)
    raise NotTypeset("tekstów faktury nie da się złożyć: za dużo w nich liter, których nie ma w kroju pisma")


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Say that all is loaded, then typeset one invoice after the other until `requests` end."""
    answers.write(b"ready\n")
    answers.flush()
    for line in requests:
        request = json.loads(line)
        try:
            made, replaced = typeset(request["template"].encode(), request["texts"])
            head = {"size": len(made), "replaced": replaced}
        except NotTypeset as error:
            made, head = b"", {"reason": str(error)}
        answers.write(json.dumps(head).encode() + b"\n" + made)
        answers.flush()


def _reason(error: str) -> str:
    missing = _MISSING.search(error)
    if missing:
        return f"szablon faktury pyta o pole {missing['name']}, którego faktura nie ma"
    return f"szablonu faktury nie da się złożyć: {error}"


def _strings(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _strings(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _strings(inner)


def _to_replace(named: set[str], written: str, *, at_once: bool) -> set[str]:
    """Which of the letters that are `written` go, when the typesetter has `named` some that it cannot show."""
    marks = {mark for letter, mark in pairwise(written) if letter in named and _is_mark(mark)}
    if marks:  # first alone: what they are set to may well be there
        return marks
    if at_once or NO_GLYPH in named:  # what is drawn into one sign with it is no mark
        return set(_BEYOND_EUROPE.findall(written)) - {NO_GLYPH}
    return named & set(written)


def _is_mark(letter: str) -> bool:
    """Whether a letter only changes the one before it: an accent of its own, a skin's colour, a keycap."""
    return unicodedata.category(letter)[0] == "M" or (unicodedata.category(letter) == "Sk" and letter > "\u00ff")


def _without(value: Any, letters: Collection[str]) -> Any:
    if isinstance(value, str):
        kept = (letter if letter not in letters else "" if _is_mark(letter) else NO_GLYPH for letter in value)
        return "".join(kept)
    if isinstance(value, dict):
        return {name: _without(inner, letters) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without(inner, letters) for inner in value]
    return value


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the end of the input ends this one
    serve(sys.stdin.buffer, sys.stdout.buffer)
