"""Typesetting: an invoice's texts become a PDF, tagged (PDF/UA-1), in Polish, with the font that the typesetter brings.

`python -m services.billing.documents.typesetting` is the program that `typesetters.py` runs: a line of JSON on its
standard input holds a template and the texts of one invoice, the answer is a line of JSON with the bytes of the PDF
after it. It ends with its input. So that it stays small it imports nothing of ours.
"""

import json
import re
import signal
import sys
from collections.abc import Collection, Iterator
from typing import IO, Any

import typst

NO_GLYPH = "\N{WHITE SQUARE}"
MOST_REPLACED = 50
"""Stretches of letters that the font does not have; the typesetter tells of them one after another."""

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
    for _ in range(MOST_REPLACED):
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
            letters = set(_UNICODE.sub(lambda code: chr(int(code[1], 16)), found["text"])) & set(_letters(texts))
            if not letters:
                raise NotTypeset(_reason(str(error))) from error
            replaced |= letters
            texts = _without(texts, letters)
        else:
            return made, sorted(replaced)
    raise NotTypeset("tekstów faktury nie da się złożyć: za dużo w nich liter, których nie ma w kroju pisma")


def serve(requests: IO[bytes], answers: IO[bytes]) -> None:
    """Typeset one invoice after the other until `requests` end."""
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


def _letters(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield from value
    elif isinstance(value, dict):
        for inner in value.values():
            yield from _letters(inner)
    elif isinstance(value, list | tuple):
        for inner in value:
            yield from _letters(inner)


def _without(value: Any, letters: Collection[str]) -> Any:
    if isinstance(value, str):
        return "".join(NO_GLYPH if letter in letters else letter for letter in value)
    if isinstance(value, dict):
        return {name: _without(inner, letters) for name, inner in value.items()}
    if isinstance(value, list | tuple):
        return [_without(inner, letters) for inner in value]
    return value


if __name__ == "__main__":
    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C reaches the whole group; the end of the input ends this one
    serve(sys.stdin.buffer, sys.stdout.buffer)
