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


@dataclass(frozen=True)
class Terms(View):
    """The terms of use, the utility's own text (W02, T10), and its language."""

    template = "home/terms.html"

    terms: Markup
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
