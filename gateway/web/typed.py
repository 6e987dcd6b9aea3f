"""What was typed into a form whose session had ended: it stands in the form again after the login.

It waits in a signed cookie, for the same person and the same page only, and never holds a password.
"""

import json
from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from gateway.web.visitors.signing import signed, text_of

LASTS = timedelta(minutes=30)
"""How long somebody may need to log in."""

LARGEST = 3_000
"""Letters of the cookie's value, so that a browser takes it: what does not fit is not kept."""

_NOT_TYPED = frozenset({"_csrf_token", "idempotency_key"})


def kept(secret: str, account: UUID, page: str, sent: Mapping[str, str], now: datetime) -> str:
    """The cookie's value that keeps what the person of `account` sent from the page `page`; empty where nothing is."""
    typed = {name: text for name, text in sent.items() if name not in _NOT_TYPED and text}
    if not typed or any("password" in name for name in typed):
        return ""
    until = int((now + LASTS).timestamp())
    value = signed(secret, "typed before", json.dumps([until, str(account), page, typed], ensure_ascii=False))
    return value if len(value) <= LARGEST else ""


def found(secret: str, value: str, account: UUID, page: str, now: datetime) -> Mapping[str, str]:
    """What the cookie's value keeps for the person of `account` at the page `page`."""
    text = text_of(value, secret, "typed before")
    if text is None:
        return {}
    until, whose, where, typed = json.loads(text)
    mine = (whose, where) == (str(account), page) and now.timestamp() <= until
    return {str(name): str(given) for name, given in typed.items()} if mine else {}
