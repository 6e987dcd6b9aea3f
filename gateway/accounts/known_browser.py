"""The mark of a browser in which somebody has logged in before: strangers' wrong passwords do not count there."""

import secrets

from litestar.datastructures import Cookie

from contracts.identity import Audience
from gateway.web.site import Site
from gateway.web.visitors.cookies import Sent
from gateway.web.visitors.signing import same, signature

_COOKIES: dict[Audience, str] = {"customer": "ebok_known", "office": "ebok_office_known"}
_YEAR = 365 * 24 * 3600


def tried_from(site: Site, audience: Audience, identifier: str, cookies: Sent, address: str) -> str:
    """Where a try to log in comes from, as identity counts it: this browser, if `identifier` was let in there before.

    Else the client's address, by a digest: identity need not know it.
    """
    for cookie in reversed(cookies.get(site.cookie(_COOKIES[audience]), [])):
        mark, _, given = cookie.partition(".")
        if mark and same(given, _signature(site, audience, identifier, mark)):
            return f"browser {mark}"
    return f"address {_digest(site, address)}"


def remembered(site: Site, audience: Audience, identifier: str) -> Cookie:
    """The cookie for a browser in which `identifier` has just been let in."""
    mark = secrets.token_urlsafe(12)
    return Cookie(
        key=site.cookie(_COOKIES[audience]),
        value=f"{mark}.{_signature(site, audience, identifier, mark)}",
        max_age=_YEAR,
        httponly=True,
        secure=site.secure,
        samesite="lax",
    )


def _signature(site: Site, audience: Audience, identifier: str, mark: str) -> str:
    return _digest(site, f"{audience} {''.join(identifier.split()).casefold()} {mark}")


def _digest(site: Site, text: str) -> str:
    return signature(site.settings.secret, "known browser", text)[:32]
