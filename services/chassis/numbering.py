"""Numbers of documents, such as FV/2026/11/000123, by a utility's own pattern."""

import re
from datetime import date
from string import Formatter
from typing import Annotated

from pydantic import AfterValidator

_LEAST = {"year": 2000, "month": 1, "serial": 1}
_MOST = {"year": 2999, "month": 12, "serial": 10**12}
_KNOWN = set(_LEAST)
_WIDTH = re.compile(r"(0[1-9])?", re.ASCII)
_AROUND = re.compile(r"[\w/.() -]*")
LONGEST = 40
"""Characters of a pattern, so that a number fits into every table, page and file's name."""
_NO_FOLDERS = str.maketrans({"/": "-", "\\": "-"})


def _checked(pattern: str) -> str:
    try:
        parts = list(Formatter().parse(pattern))
    except ValueError as error:
        raise ValueError(f"is no number pattern: {error}") from error
    fields = {name for _, name, _, _ in parts if name is not None}
    if unknown := fields - _KNOWN:
        raise ValueError(f"knows only {{year}}, {{month}} and {{serial}}, not {{{min(unknown)}}}")
    if len(pattern) > LONGEST:
        raise ValueError(f"has more than {LONGEST} characters")
    if not all(_AROUND.fullmatch(text) for text, *_ in parts):
        raise ValueError("may have letters, digits and the signs / - . _ ( ) and blanks between its numbers, no others")
    if not all(_WIDTH.fullmatch(width or "") and conversion is None for _, _, width, conversion in parts):
        raise ValueError("knows widths up to nine digits, as in {serial:06}, and nothing else after a name")
    if "serial" not in fields:
        raise ValueError("must contain {serial}, else two documents would get one number")
    if "month" in fields and "year" not in fields:
        raise ValueError("has {month} without {year}, so a number would come again next year")
    if _run_together(pattern):
        raise ValueError(
            "needs a sign that is no digit between its numbers, or {month:02}: else two documents are alike"
        )
    return pattern


def _run_together(pattern: str) -> bool:
    """Whether two numbers of no fixed width stand side by side: 1 and 11 would look like 11 and 1."""
    open_ones = 0
    for text, name, width, _ in Formatter().parse(pattern):
        if any(not sign.isdigit() for sign in text):
            open_ones = 0
        if name and len(format(_LEAST[name], width or "")) != len(format(_MOST[name], width or "")):
            open_ones += 1
        if open_ones > 1:
            return True
    return False


NumberPattern = Annotated[str, AfterValidator(_checked)]
"""`{serial}` is required, `{year}` and `{month}` are optional; widths as in Python: `{month:02}`, `{serial:06}`."""


def number(pattern: NumberPattern, on: date, serial: int) -> str:
    """The number of the `serial`-th document of its series, issued on the local date `on`."""
    return pattern.format(year=on.year, month=on.month, serial=serial)


def series(pattern: NumberPattern, on: date) -> str:
    """The key of the counter that gives `serial`: documents whose year and month, where the pattern has them, agree.

    A pattern with the month counts from 1 each month, one with the year alone each year, one with neither forever.
    """
    return number(pattern, on, 0)


def file_name(number: str, ending: str) -> str:
    """What a file of the document `number` is called: `FV-2026-11-000123.pdf`. Signs that end a folder's name go."""
    return number.translate(_NO_FOLDERS) + f".{ending}"
