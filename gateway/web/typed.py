"""What was typed: into a form that only asks, and it stands in the address; or when the session had ended.

That stands in the form again after the login. It waits in a signed cookie, for the same person and the same page only,
and never holds a password.
"""

import json
import unicodedata
from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from litestar import Request

from gateway.web.visitors.signing import signed, text_of
from services.chassis.texts import is_odd

STEP = "step"
"""The field that names what a form's button is for. A form that only asks, and is sent in an address (GET), always has
it: that tells such an address from one that only leads somewhere."""

LASTS = timedelta(minutes=30)
"""How long somebody may need to log in."""

LARGEST = 3_000
"""Letters of the cookie's value, so that a browser takes it: what does not fit is not kept."""

_NOT_TYPED = frozenset({"_csrf_token", "idempotency_key", STEP})


def in_address(request: Request[Any, Any, Any]) -> Mapping[str, str]:
    """The fields of a form that only asks, as its address has them; none of an address that only leads somewhere."""
    fields = dict(request.query_params.multi_items())
    return fields if fields.get(STEP) else {}


def kept(secret: str, account: UUID, page: str, sent: Mapping[str, str], now: datetime) -> str:
    """The cookie's value that keeps what the person of `account` sent from the page `page`; empty where nothing is."""
    typed = {name: typable(name, text) for name, text in sent.items() if name not in _NOT_TYPED and text}
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


def typable(name: str, text: str) -> str:
    """What of a field can be typed: no characters that nobody sees.

    A password may hold any that a keyboard or a password manager gives, such as a sign made of several.
    """
    odd = _never_typed if "password" in name else is_odd
    return "".join(sign for sign in text if sign in "\r\n\t" or not odd(sign))


def _never_typed(sign: str) -> bool:
    return unicodedata.category(sign) in {"Cc", "Cs"}
