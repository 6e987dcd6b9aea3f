"""What the gateway signs, so that it knows its own when a browser brings it back."""

import base64
import hashlib
import hmac
from typing import Literal

Purpose = Literal["form token", "known browser", "human check", "said once", "typed before"]
"""Nothing signed for one purpose passes for another; up to 16 letters."""


def signature(secret: str, purpose: Purpose, text: str) -> str:
    """The signature of `text` with the office's secret, as 64 hex digits: BLAKE2b with a key (RFC 7693).

    Every page checks one, and HMAC through OpenSSL takes twenty times as long.
    """
    key = hashlib.blake2b(secret.encode()).digest()  # secrets may be longer than a key
    return hashlib.blake2b(text.encode(), key=key, person=purpose.encode(), digest_size=32).hexdigest()


def is_signed(given: str, secret: str, purpose: Purpose, text: str) -> bool:
    """Whether `given` is the signature of `text`, found out in a time that tells nothing."""
    return same(given, signature(secret, purpose, text))


def signed(secret: str, purpose: Purpose, text: str) -> str:
    """`text` with its signature, in letters that a cookie and a form's hidden field can carry; anybody can read it."""
    encoded = base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")  # which a cookie would quote
    return f"{encoded}.{signature(secret, purpose, text)}"


def text_of(token: str, secret: str, purpose: Purpose) -> str | None:
    """The text that was `signed`; None when the token is not one of ours."""
    encoded, _, given = token.partition(".")
    try:
        text = base64.urlsafe_b64decode(encoded + "=" * (-len(encoded) % 4)).decode()
    except ValueError:
        return None
    return text if is_signed(given, secret, purpose, text) else None


def same(one: str, other: str) -> bool:
    """Whether two texts are equal, found out in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())
