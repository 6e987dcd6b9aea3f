"""What a person is told once: on the page that follows a form, and not again when that page is loaded anew.

It travels in a signed cookie of a short life, which the next page takes away: no address shows it, typed or kept.
"""

import json
from dataclasses import astuple
from datetime import datetime, timedelta

from gateway.web.view import Message
from gateway.web.visitors.paths import local_path
from gateway.web.visitors.signing import signed, text_of

LASTS = timedelta(minutes=2)
"""How long the next page may be on its way."""


def said(secret: str, message: Message, now: datetime) -> str:
    """The cookie's value that brings `message` to the next page.

    Raises ValueError for a link that leads out of the office.
    """
    for href, _ in message.links:
        if local_path(href, "") != href:
            raise ValueError(f"a message may lead to pages of ours only, not to {href}")
    until = int((now + LASTS).timestamp())
    return signed(secret, "said once", json.dumps([until, *astuple(message)], ensure_ascii=False))


def heard(secret: str, value: str, now: datetime) -> Message | None:
    """The message of a cookie's value; None when it is none of ours, or an old one."""
    text = text_of(value, secret, "said once")
    if text is None:
        return None
    until, kind, title, words, *more = json.loads(text)  # `links` are missing in what the release before has said
    links = tuple((href, label) for href, label in more[0]) if more else ()
    return Message(kind, title, words, links) if now.timestamp() <= until else None
