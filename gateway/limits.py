"""How often one address may send a form that is open to everybody.

Each process counts for itself, in memory: replicas together let through as many times the limit as there are of them.
"""

from typing import Any, Literal

from litestar import Request
from litestar.middleware.base import DefineMiddleware
from litestar.middleware.rate_limit import RateLimitConfig

from gateway.site import Site

LIMIT = "limit"
"""Key of a page's `opt` that names the limit it counts for."""

STORE = "limits"
"""Name of the store that the counts are in."""

Limited = Literal["login", "registration"]


def limits(site: Site) -> list[DefineMiddleware]:
    """Refuses, with 429, what one address sends more often than the settings allow."""
    settings = site.settings
    allowed: dict[Limited, int] = {
        "login": settings.logins_per_minute,
        "registration": settings.registrations_per_minute,
    }
    return [_limit(site, name, count) for name, count in allowed.items() if count]


def _limit(site: Site, name: Limited, count: int) -> DefineMiddleware:
    def applies(request: Request[Any, Any, Any]) -> bool:
        return request.route_handler.opt.get(LIMIT) == name

    def key(request: Request[Any, Any, Any]) -> str:
        return f"{name} {_address(request, site.settings.client_address_header)}"

    return RateLimitConfig(
        rate_limit=("minute", count), check_throttle_handler=applies, identifier_for_request=key, store=STORE
    ).middleware


def _address(request: Request[Any, Any, Any], header: str) -> str:
    """Whose request it is. Of a list only the last address counts: our own proxy added it, others anybody may write."""
    told = request.headers.get(header, "").rpartition(",")[2].strip() if header else ""
    return told or (request.client.host if request.client else "")
