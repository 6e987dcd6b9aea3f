"""How often one address may send a form that is open to everybody.

Each process counts for itself, in memory: replicas together let through as many times the limit as there are of them.
"""

from collections.abc import Iterable
from copy import copy
from typing import Any, Literal

from litestar import Request
from litestar.handlers import HTTPRouteHandler
from litestar.middleware.base import DefineMiddleware
from litestar.middleware.rate_limit import RateLimitConfig

from gateway.web.site import Site

LIMIT = "limit"
"""Key of a page's `opt` that names the limit it counts for."""

STORE = "limits"
"""Name of the store that the counts are in."""

Limited = Literal["login", "registration"]


def behind_limits(site: Site, pages: Iterable[HTTPRouteHandler]) -> list[HTTPRouteHandler]:
    """`pages`, of which those that name a limit refuse, with 429, what one address sends more often than it allows.

    Only they have the limit around them: at every other page it would cost a fifth of the page's time.
    """
    settings = site.settings
    allowed: dict[Limited, int] = {
        "login": settings.logins_per_minute,
        "registration": settings.registrations_per_minute,
    }
    made = []
    for page in pages:
        name = page.opt.get(LIMIT)
        if name is None or not allowed[name]:
            made.append(page)
            continue
        limited = copy(page)  # the page itself serves other sites too, each with limits of its own
        limited.middleware = [_limit(site, name, allowed[name])]
        made.append(limited)
    return made


def _limit(site: Site, name: Limited, count: int) -> DefineMiddleware:
    def key(request: Request[Any, Any, Any]) -> str:
        return f"{name} {address_of(request, site.settings.client_address_header)}"

    return RateLimitConfig(rate_limit=("minute", count), identifier_for_request=key, store=STORE).middleware


def address_of(request: Request[Any, Any, Any], header: str) -> str:
    """Whose request it is. Of all lines the last address counts: our proxy added it, the others anybody may write."""
    lines = request.headers.getall(header, [""]) if header else [""]
    told = lines[-1].rpartition(",")[2].strip()
    return told or (request.client.host if request.client else "")
