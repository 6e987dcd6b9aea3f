"""The token in every form, which a page of another site cannot know (OWASP: signed double-submit cookie).

It stands in the form and in a cookie, and is signed together with the session's own token: it is worth nothing in
another session, after a login, or for an office with another secret.
"""

import hmac
import secrets

_NONCE_BYTES = 12


def new_token(secret: str, session: str) -> str:
    """A token for the forms of the browser whose session cookie is `session`; empty before a login."""
    nonce = secrets.token_urlsafe(_NONCE_BYTES)
    return f"{nonce}.{_signature(secret, session, nonce)}"


def is_ours(token: str, secret: str, session: str) -> bool:
    """Whether `token` was made for this session with this secret."""
    nonce, _, signature = token.partition(".")
    return hmac.compare_digest(signature.encode(), _signature(secret, session, nonce).encode())


def same(one: str, other: str) -> bool:
    """Whether two tokens are equal, found out in a time that tells nothing."""
    return hmac.compare_digest(one.encode(), other.encode())


def _signature(secret: str, session: str, nonce: str) -> str:
    return hmac.digest(secret.encode(), f"form {nonce} {session}".encode(), "sha256").hex()
