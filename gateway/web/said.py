"""What a person is told once: on the page that follows a form, and not again when that page is loaded anew.

It travels in a signed cookie of a short life, which the next page takes away: no address shows it, typed or kept.
"""

import json
from dataclasses import astuple
from datetime import datetime, timedelta

from contracts.identity import Audience
from gateway.web.view import Message
from gateway.web.visitors.paths import local_path
from gateway.web.visitors.signing import signed, text_of

LASTS = timedelta(minutes=2)
"""How long the next page may be on its way."""


def said(secret: str, message: Message, at: Audience, now: datetime) -> str:
    """The cookie's value that brings `message` to the next page at the door `at`.

    Raises ValueError for a link that leads out of the office.
    """
    for href, _ in message.links:
        if local_path(href, "") != href:
            raise ValueError(f"a message may lead to pages of ours only, not to {href}")
    until = int((now + LASTS).timestamp())
    return signed(secret, "said once", json.dumps([until, at, *astuple(message)], ensure_ascii=False))


def heard(secret: str, value: str, at: Audience, now: datetime) -> Message | None:
    """The message of a cookie's value at the door `at`; None when it is not ours, or of another door, or old."""
    text = text_of(value, secret, "said once")
    if text is None:
        return None
    match json.loads(text):
        case [until, where, kind, title, words, links] if where == at and now.timestamp() <= until:
            return Message(kind, title, words, tuple((href, label) for href, label in links))
    return None  # what the release before has said names no door
