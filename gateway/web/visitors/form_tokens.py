"""The token in every form, which a page of another site cannot know (OWASP: signed double-submit cookie).

It stands in the form and in a cookie, and is signed together with the session's own token: it is worth nothing in
another session, after a login, or for an office with another secret.
"""

import secrets

from gateway.web.visitors.signing import is_signed, signature

_NONCE_BYTES = 12


def new_token(secret: str, session: str) -> str:
    """A token for the forms of the browser whose session cookie is `session`; empty before a login."""
    nonce = secrets.token_urlsafe(_NONCE_BYTES)
    return f"{nonce}.{signature(secret, 'form token', f'{nonce} {session}')}"


def is_ours(token: str, secret: str, session: str) -> bool:
    """Whether `token` was made for this session with this secret."""
    nonce, _, given = token.partition(".")
    return is_signed(given, secret, "form token", f"{nonce} {session}")
