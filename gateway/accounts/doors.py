"""The cookie that keeps a person inside a door."""

from litestar.datastructures import Cookie

from contracts.identity import Audience
from gateway.web.site import Site
from gateway.web.visitors import cookies


def session_cookie(site: Site, audience: Audience, token: str) -> Cookie:
    """The cookie that carries a session until the browser ends; without a `token`, what makes a browser forget it."""
    return Cookie(
        key=site.cookie(cookies.SESSION[audience]),
        value=token,
        max_age=None if token else 0,
        httponly=True,
        secure=site.secure,
        samesite="lax",
    )
