"""What the start pages show, and what everybody may know."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from markupsafe import Markup

from gateway.web.view import View


@dataclass(frozen=True)
class Home(View):
    """The start page."""

    template = "home/home.html"

    registration_open: bool
    takes_readings: bool


@dataclass(frozen=True)
class Document(View):
    """A text of the utility's own: its name, the text, and the text's language (W02, T10)."""

    template = "home/document.html"

    title: str
    text: Markup
    language: str


@dataclass(frozen=True)
class Contact(View):
    """The utility's address, telephones and e-mail (W17)."""

    template = "home/contact.html"


@dataclass(frozen=True, slots=True)
class Queue:
    """Things that wait for a clerk."""

    href: str
    label: str
    count: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class PastDecision:
    """What a clerk decided, in words; the application is at `href`."""

    href: str
    at: datetime
    text: str
    clerk: str


@dataclass(frozen=True)
class OfficeHome(View):
    """The clerks' start page: what waits, and the last decisions (None for a clerk who may not see them)."""

    template = "home/office.html"

    waiting: Sequence[Queue]
    recent: Sequence[PastDecision] | None
