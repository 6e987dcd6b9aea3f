"""HTML that a utility writes and a page shows as it is: so it may hold only what goes with the page around it."""

from collections.abc import Mapping, Sequence
from collections.abc import Set as AbstractSet
from html.parser import HTMLParser
from typing import NoReturn
from urllib.parse import urlsplit

_WORDS = frozenset({"a", "b", "br", "em", "i", "strong", "sub", "sup"})
_BLOCKS = frozenset({"dl", "ol", "p", "table", "ul"})
_ROWS = frozenset({"tr"})
_CELLS = frozenset({"td", "th"})

_INSIDE: Mapping[str, AbstractSet[str]] = {
    **dict.fromkeys(("p", "h2", "h3", "dt", "caption", *_WORDS), _WORDS),
    **dict.fromkeys(("li", "dd", *_CELLS), _BLOCKS | _WORDS),
    "ol": frozenset({"li"}),
    "ul": frozenset({"li"}),
    "dl": frozenset({"dd", "dt"}),
    "table": frozenset({"caption", "tbody", "thead", "tr"}),
    "thead": _ROWS,
    "tbody": _ROWS,
    "tr": _CELLS,
}
"""The elements that there may be, each with those that may stand right inside it; text stands where words may."""

_OUTERMOST = _BLOCKS | _WORDS | {"h2", "h3"}
_EMPTY = frozenset({"br"})

_MARK = "a11y-"
"""How the only `id`s begin that there may be: those by which machines find the parts of an accessibility statement.
Source: ustawa z 4.04.2019 o dostępności cyfrowej, art. 12 pkt 7, and the technical conditions published under it."""

_ATTRIBUTES: Mapping[str, AbstractSet[str]] = {
    "a": frozenset({"href"}),
    "ol": frozenset({"start", "type"}),
    "td": frozenset({"colspan", "rowspan"}),
    "th": frozenset({"colspan", "rowspan", "scope"}),
}
_SCHEMES = frozenset({"https", "http", "mailto", "tel"})

_INSTEAD = {
    "h1": "the page has its heading already; begin the parts with <h2>",
    "h4": "there are <h2> and <h3>",
    "script": "the page runs no script of the text; leave it out with all that is in it",
    "style": "the page gives the text its looks; leave it out with all that is in it",
    **dict.fromkeys(("html", "head", "body"), "the page is there already; leave only what stands inside <body>"),
    **dict.fromkeys(("div", "span", "font", "section", "article"), "leave the tags out and keep the text"),
}


def checked(html: str) -> str:
    """The fragment as it is. Raises ValueError, which names the line and what to do, for the first thing amiss in it.

    There may be headings `h2` and `h3`, paragraphs, lists, tables, links and emphasis, each closed; no attributes but
    a few that these need.
    """
    reader = _Reader()
    reader.feed(html)
    if "<" in reader.rawdata:
        reader.refuse("a tag does not end: close it with >")
    reader.close()
    reader.end()
    return html


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=False)  # else a written &lt; looks like a bare <
        self._open: list[tuple[str, int]] = []
        self._has_part = False
        self._has_text = False
        self._marks: set[str] = set()

    def refuse(self, problem: str, line: int | None = None) -> NoReturn:
        raise ValueError(f"line {line or self.getpos()[0]}: {problem}")

    def end(self) -> None:
        if self._open:
            tag, line = self._open[-1]
            self.refuse(f"<{tag}> is not closed: write </{tag}> where it ends", line)
        if not self._has_text:
            self.refuse("there is no text in the file: write it, or name another file", 1)

    def handle_starttag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        around = self._open[-1][0] if self._open else ""
        if tag not in _INSIDE:
            instead = _INSTEAD.get(tag, f"there may be {', '.join(sorted(_INSIDE))}")
            self.refuse(f"<{tag}> may not be used: {instead}")
        if tag not in (_INSIDE[around] if around else _OUTERMOST):
            where = f"inside <{around}>: close that with </{around}> first, or leave it out" if around else "by itself"
            self.refuse(f"<{tag}> cannot stand {where}")
        if tag == "a" and any(open_tag == "a" for open_tag, _ in self._open):
            self.refuse("<a> cannot stand inside <a>: close the link before the next one")
        if tag == "h3" and not self._has_part:
            self.refuse("<h3> stands before any <h2>: the parts begin with <h2>")
        self._has_part |= tag == "h2"
        for name, value in attrs:
            self._check_attribute(tag, name, value or "")
        if tag not in _EMPTY:
            self._open.append((tag, self.getpos()[0]))

    def handle_startendtag(self, tag: str, attrs: Sequence[tuple[str, str | None]]) -> None:
        self.handle_starttag(tag, attrs)  # a browser overlooks the stroke of <p/>: it stays open

    def handle_endtag(self, tag: str) -> None:
        if not self._open:
            self.refuse(f"</{tag}> closes nothing: leave it out")
        around, line = self._open[-1]
        if tag != around:
            self.refuse(f"</{tag}> stands where <{around}> of line {line} is open: write </{around}> before it")
        self._open.pop()

    def handle_data(self, data: str) -> None:
        if "<" in data:
            self.refuse("a bare < stands in the text: write &lt; for the sign")
        around = self._open[-1][0] if self._open else ""
        self._has_text |= bool(data.strip())
        if data.strip() and around and not _INSIDE[around] >= _WORDS:
            inside = " or ".join(f"<{tag}>" for tag in sorted(_INSIDE[around]))
            self.refuse(f"text stands right inside <{around}>: put it into {inside}")

    def handle_comment(self, data: str) -> None:  # noqa: ARG002
        self.refuse("a comment (<!-- … -->) may not be used, as everybody could read it: leave it out")

    def handle_decl(self, decl: str) -> None:
        self.refuse(f"<!{decl}> may not be used: leave it out, it belongs to a whole page")

    def handle_pi(self, data: str) -> None:
        self.refuse(f"<?{data}> may not be used: leave it out")

    def unknown_decl(self, data: str) -> None:
        self.refuse(f"<![{data}]> may not be used: leave it out")

    def _check_attribute(self, tag: str, name: str, value: str) -> None:
        if name == "id" and value.startswith(_MARK):
            if value in self._marks:
                self.refuse(f"the id {value} stands twice")
            self._marks.add(value)
            return
        if name not in _ATTRIBUTES.get(tag, ()):
            allowed = sorted(_ATTRIBUTES.get(tag, ()))
            there_may_be = f"it may have {', '.join(allowed)} only" if allowed else "leave it out"
            self.refuse(f"<{tag}> may not have {name}: {there_may_be}")
        if name == "href" and not _leads(value):
            self.refuse(f"the link {value!r} leads nowhere: begin it with https://, mailto:, tel: or / of this office")


def _leads(address: str) -> bool:
    try:
        scheme = urlsplit(address).scheme
    except ValueError:
        return False
    return scheme in _SCHEMES or (address.startswith("/") and not address.startswith("//"))
