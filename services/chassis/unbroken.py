"""Where a line of a text for people may not end, as typographers of Polish, English and Ukrainian have it.

For pages and mails in HTML. What is plain text, or is copied to a program (an account number, a code), stays as it is.
"""

import re
from functools import lru_cache

from services.chassis.figures import NO_BREAK_SPACE

NO_BREAK_HYPHEN = "\u2011"

_COUNTS = "count|days|decimals|digits|hours|longest|minutes|ms|num|number|seconds|shortest"
"""What our texts call a number of things."""

_LETTER = re.compile(r"(?<![^\s(„“«])([^\W\d_]) (?=\S)")
_NUMBER = re.compile(rf"(?<![\w.,/%-])([0-9]{{1,3}}|%\((?:{_COUNTS})\)s|\{{(?:{_COUNTS})\}}) (?=\w)")
_ELECTRONIC = re.compile(r"\b([Ee])-(?=\w)")
_COMPANY = re.compile(r"\b[Ss]p\. z (o\. o\.)?")


@lru_cache(maxsize=4096)
def unbroken(text: str) -> str:
    """The text with no line end where none belongs.

    That is after a word of one letter (`w`, `z`, `a`), between a number and what it counts, inside `e-mail` and
    `Sp. z o.o.`. Where the number is a parameter yet to be filled in, it is known by its name.
    """
    text = _COMPANY.sub(lambda form: form[0].replace(" ", NO_BREAK_SPACE), text)
    text = _LETTER.sub(rf"\1{NO_BREAK_SPACE}", text)
    text = _NUMBER.sub(rf"\1{NO_BREAK_SPACE}", text)
    return _ELECTRONIC.sub(rf"\1{NO_BREAK_HYPHEN}", text)


def plain(text: str) -> str:
    """The text as a terminal or a file has it, where people search for what they read."""
    return text.replace(NO_BREAK_SPACE, " ").replace(NO_BREAK_HYPHEN, "-")
