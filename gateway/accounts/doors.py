"""The two doors: where each leads first, and the cookie that keeps a person inside."""

from litestar.datastructures import Cookie

from contracts.identity import Audience
from gateway.web.site import Site
from gateway.web.visitors.visit import SESSION_COOKIES

PATHS: dict[Audience, str] = {"customer": "/", "office": "/office"}
"""Below which path a door's session counts."""

START: dict[Audience, str] = {"customer": "/bills", "office": "/office"}
"""Where a person goes who has just come in."""


def session_cookie(site: Site, audience: Audience, token: str) -> Cookie:
    """The cookie that carries a session; it ends with the browser."""
    return Cookie(
        key=SESSION_COOKIES[audience],
        value=token,
        path=PATHS[audience],
        httponly=True,
        secure=site.secure,
        samesite="lax",
    )
