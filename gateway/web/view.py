"""What a template shows, as a type: the page makes it, mypy checks it, samples and tests make the same."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import ClassVar, Generic, TypeVar

from litestar import MediaType, Response
from litestar.datastructures import Cookie
from markupsafe import Markup

from gateway.profile import Features
from gateway.web.contacts import Contacts
from gateway.web.visitors.clerk import Clerk
from gateway.web.visitors.customer import Customer
from services.chassis.profile.utility import Utility

V = TypeVar("V", bound="View")


@dataclass(frozen=True)
class View:
    """A template's own content: a frozen dataclass whose fields are the names that the template uses."""

    template: ClassVar[str]
    """The template's name: `bills/list.html` lies in `gateway/bills/templates/`."""


@dataclass(frozen=True, slots=True)
class Link:
    """A link among others, in the main menu or a row of tabs; `count` is how many things are behind it, if told."""

    href: str
    label: str
    current: bool
    count: int | None = None


@dataclass(frozen=True, slots=True)
class Message:
    """A notice above a page; `kind` as in `components/notice.html`, `text` may be empty.

    `links` lead on from there: an address of ours, and how it is called in the visitor's language.
    """

    kind: str
    title: str
    text: str
    links: Sequence[tuple[str, str]] = ()


@dataclass(frozen=True, slots=True)
class Always:
    """The parts of a page that are the same on every page of one language (`layout/always.html`)."""

    head: Markup
    mark: Markup
    footer_calls: Markup
    footer_links: Markup
    owner: Markup


@dataclass(frozen=True)
class Frame:
    """What every page has around its own content, whatever its template.

    `here` is the path where the language switch comes back to, quoted, `page_ms` how long the page took to make,
    `data_updated_at` how old its data are (None where nobody is logged in), `said` what the visitor is told once
    (`gateway/web/said.py`).
    """

    utility: Utility
    features: Features
    always: Always
    contacts: Contacts
    lang: str
    languages: Sequence[tuple[str, str]]
    here: str
    csrf_token: str
    customer: Customer | None
    clerk: Clerk | None
    menu: Sequence[Link]
    data_updated_at: datetime | None
    page_ms: int
    request_id: str
    said: Message | None


class Html(Response[str], Generic[V]):
    """A page made from the view `V`: what a page function returns says which views it shows."""

    def __init__(self, content: str, status: int, cookies: Sequence[Cookie]) -> None:
        super().__init__(content, status_code=status, media_type=MediaType.HTML, cookies=cookies)
