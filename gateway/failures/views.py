"""What the page of failures shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gateway.web.view import Message, View


@dataclass(frozen=True, slots=True)
class FailureRow:
    """A mail or a document that failed, in words.

    `retry_href` is where the button sends its form, with a key of its own; `drop_href` is the page that asks whether
    the mail is to be dropped, None for a document. `payer_code` is empty where there is none.
    """

    retry_href: str
    retry_key: str
    drop_href: str | None
    what: str
    about: str
    payer_code: str
    reason: str
    failed_at: datetime


@dataclass(frozen=True)
class FailureList(View):
    """What failed, the newest first, each with a button to try again; `total` things on all pages, with one for all."""

    template = "failures/list.html"

    failures: Sequence[FailureRow]
    total: int
    page: int
    pages: int
    message: Message | None


@dataclass(frozen=True)
class DropPage(View):
    """Asks whether a mail is to leave the list for good; `key` is the form's."""

    template = "failures/drop.html"

    failure: FailureRow
    key: str
