"""An HTML page as a tree, and what every page of ours must be like."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from urllib.parse import urlsplit

_VOID = {"area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "source", "track", "wbr"}
_CLOSED_BY_SIBLING = {"li", "option", "dt", "dd", "p", "tr", "td", "th"}


def breakable(text: str) -> str:
    """The text as it was before `unbroken` (services/chassis/unbroken.py)."""
    return re.sub(r"(?<=[^\W\d])\xa0|\xa0(?=[^\W\d]{3})", " ", text).replace("\u2011", "-")


@dataclass
class Element:
    """An element with its attributes and what is in it."""

    tag: str
    attributes: Mapping[str, str]
    inside: list["Element | str"] = field(default_factory=list)

    def all(self, *tags: str) -> Iterator["Element"]:
        """Every element below this one, of one of `tags` when any are given."""
        for child in self.inside:
            if isinstance(child, Element):
                if not tags or child.tag in tags:
                    yield child
                yield from child.all(*tags)

    def get(self, attribute: str) -> str:
        """An attribute's value; empty when it is not there."""
        return self.attributes.get(attribute, "")

    @property
    def text(self) -> str:
        """The text as a person reads it, with single spaces (those within figures stay no-break ones)."""
        words = "".join(self._strings()).replace("\xa0", "\x00").split()
        return " ".join(words).replace("\x00", "\xa0")

    def _strings(self) -> Iterator[str]:
        for child in self.inside:
            if isinstance(child, str):
                yield child
            else:
                inline = child.tag in {"a", "abbr", "b", "em", "i", "small", "span", "strong", "sub", "sup"}
                yield "" if inline else " "
                yield from child._strings()
                yield "" if inline else " "


def parse(html: str) -> Element:
    """The page's root, an element `document`; its texts are `breakable`."""
    builder = _Builder()
    builder.feed(breakable(html))
    builder.close()
    return builder.root


class _Builder(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.root = Element("document", {})
        self._open = [self.root]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag in _CLOSED_BY_SIBLING and self._open[-1].tag == tag:
            self._open.pop()
        element = Element(tag, {name: value or "" for name, value in attrs})
        self._open[-1].inside.append(element)
        if tag not in _VOID:
            self._open.append(element)

    def handle_startendtag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self._open[-1].inside.append(Element(tag, {name: value or "" for name, value in attrs}))

    def handle_endtag(self, tag: str) -> None:
        if any(element.tag == tag for element in self._open[1:]):
            while self._open.pop().tag != tag:
                pass

    def handle_data(self, data: str) -> None:
        self._open[-1].inside.append(data)


def faults(page: Element) -> list[str]:
    """What is wrong with a page of ours, in words; empty when nothing is."""
    return [*_frame(page), *_forms(page), *_policy(page)]


def _frame(page: Element) -> Iterator[str]:
    if not any(e.get("lang") for e in page.all("html")):
        yield "<html> has no lang"
    titles = [e.text for e in page.all("head") for e in e.all("title")]
    if len(titles) != 1 or not titles[0].strip(" –"):
        yield f"needs one <title> with words, has {titles}"
    headings = [e.text for e in page.all("h1")]
    if len(headings) != 1 or not headings[0]:
        yield f"needs one <h1> with words, has {headings}"
    ids = [e.get("id") for e in page.all() if e.get("id")]
    if twice := {i for i in ids if ids.count(i) > 1}:
        yield f"ids that occur twice: {sorted(twice)}"
    for image in page.all("img"):
        if "alt" not in image.attributes:
            yield f"<img src={image.get('src')}> has no alt"


def _forms(page: Element) -> Iterator[str]:
    labelled = {e.get("for") for e in page.all("label")}
    wrapped = {id(entry) for label in page.all("label") for entry in label.all()}
    for form in page.all("form"):
        where = f"form {form.get('action')}"
        if not form.get("action"):
            yield "a form has no action"
        if form.get("method").lower() == "post" and not any(
            e.get("name") == "_csrf_token" and e.get("value") for e in form.all("input")
        ):
            yield f"{where} has no anti-forgery token"
        for entry in form.all("input", "select", "textarea"):
            if entry.get("type") in {"hidden", "submit", "button"}:
                continue
            if not entry.get("name"):
                yield f"{where} has an entry without a name"
            if not (entry.get("id") in labelled or id(entry) in wrapped or entry.get("aria-label")):
                yield f"{where}: {entry.get('name')} has no label"


def _policy(page: Element) -> Iterator[str]:
    for element in page.all():
        if element.tag == "style" or "style" in element.attributes:
            yield f"inline style in <{element.tag}>"
        if element.tag == "script" and not element.get("src"):
            yield "inline script"
        if handlers := [name for name in element.attributes if name.startswith("on")]:
            yield f"<{element.tag}> has {handlers}"
        if element.tag in {"script", "img", "link", "iframe", "source", "video", "audio"}:
            address = element.get("src") or element.get("href")
            if urlsplit(address).netloc:
                yield f"<{element.tag}> asks another host: {address}"
