"""The human check of W03: five digits are shown, the person types the two that the instruction names.

The form carries a signed token instead of server state, so the form can wait as long as the person needs (an hour).
"""

import base64
import hashlib
import hmac
import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

VALID = timedelta(hours=1)
DIGITS = 5
ASKED = 2


@dataclass(frozen=True)
class HumanCheck:
    """What the form shows: the digits, and which places (counted from 1) are asked for."""

    token: str
    digits: tuple[str, ...]
    asked: tuple[int, ...]


def new_check(secret: str, now: datetime) -> HumanCheck:
    """A fresh check, signed with `secret`."""
    digits = tuple(str(secrets.randbelow(10)) for _ in range(DIGITS))
    asked = tuple(sorted(secrets.SystemRandom().sample(range(1, DIGITS + 1), ASKED)))
    content = f"{''.join(digits)}.{''.join(map(str, asked))}.{int((now + VALID).timestamp())}"
    token = f"{base64.urlsafe_b64encode(content.encode()).decode()}.{_sign(secret, content)}"
    return HumanCheck(token, digits, asked)


def passes(secret: str, token: str, typed: tuple[str, ...], now: datetime) -> bool:
    """Whether `typed` are the digits that the check of `token` asked for, and in time."""
    encoded, _, signature = token.partition(".")
    try:
        content = base64.urlsafe_b64decode(encoded).decode()
    except ValueError:
        return False
    if not hmac.compare_digest(signature, _sign(secret, content)):
        return False
    digits, asked, until = content.split(".")
    if now.timestamp() > int(until):
        return False
    return tuple(digits[int(place) - 1] for place in asked) == tuple(entry.strip() for entry in typed)


def _sign(secret: str, content: str) -> str:
    return hmac.new(secret.encode(), f"human check {content}".encode(), hashlib.sha256).hexdigest()
