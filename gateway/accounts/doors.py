"""The cookies that keep a person inside a door."""

from collections.abc import Sequence

from litestar.datastructures import Cookie

from contracts.identity import Audience
from gateway.web.recognition import form_cookie
from gateway.web.site import Site
from gateway.web.visitors import cookies, form_tokens


def session_cookies(site: Site, audience: Audience, token: str) -> Sequence[Cookie]:
    """The cookies of a session that begins, until the browser ends.

    The token of its forms comes with it: they are signed together, which tells ours from others of the same name.
    """
    form_token = form_tokens.new_token(site.settings.secret, token)
    return _session_cookie(site, audience, token), form_cookie(site, audience, form_token)


def no_session_cookie(site: Site, audience: Audience) -> Cookie:
    """What makes a browser forget its session."""
    return _session_cookie(site, audience, "")


def _session_cookie(site: Site, audience: Audience, token: str) -> Cookie:
    return Cookie(
        key=site.cookie(cookies.SESSION[audience]),
        value=token,
        max_age=None if token else 0,
        httponly=True,
        secure=site.secure,
        samesite="lax",
    )
