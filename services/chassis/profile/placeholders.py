"""Places in a utility's text that the profile fills: `{email}`, so that a text says what the settings say."""

import re
from collections.abc import Collection, Mapping
from typing import Final

_PLACE: Final = re.compile(r"\{([^{}]*)\}")
_INSIDE_A_TAG: Final = re.compile(r"<[^<>]*(\{[^{}]*\})")


def checked(html: str, names: Collection[str]) -> str:
    """The fragment as it is. Raises ValueError with the line for a place that none of `names` is, or within a tag."""
    for place in _PLACE.finditer(html):
        if place[1] not in names:
            known = ", ".join(f"{{{name}}}" for name in sorted(names))
            raise ValueError(f"{_line(html, place)}: nothing is known to fill {place[0]}: there are {known}")
    if inside := _INSIDE_A_TAG.search(html):
        raise ValueError(f"{_line(html, inside)}: {inside[1]} stands inside a tag: it brings its own link")
    return html


def filled(html: str, values: Mapping[str, str]) -> str:
    """The fragment with a value, which is HTML, in each place."""
    return _PLACE.sub(lambda place: values[place[1]], html)


def _line(html: str, place: re.Match[str]) -> str:
    return f"line {html.count(chr(10), 0, place.start()) + 1}"
