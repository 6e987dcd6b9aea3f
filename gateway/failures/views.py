"""What the page of failures shows."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from gateway.web.view import Message, View


@dataclass(frozen=True, slots=True)
class FailureRow:
    """A mail or a document that failed, in words.

    `retry_href` and `drop_href` are where the buttons send their forms, each with a key of its own; nobody drops a
    document.
    """

    retry_href: str
    retry_key: str
    drop_href: str | None
    drop_key: str
    what: str
    about: str
    reason: str
    failed_at: datetime


@dataclass(frozen=True)
class FailureList(View):
    """What failed, the newest first, each with a button to try again."""

    template = "failures/list.html"

    failures: Sequence[FailureRow]
    page: int
    pages: int
    message: Message | None
