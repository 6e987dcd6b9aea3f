"""How a form arrives: read within bounds, and taken only from a page of ours."""

import asyncio
from collections.abc import Awaitable, Callable
from typing import Any, Literal
from urllib.parse import parse_qsl

import structlog
from litestar import Request
from litestar.exceptions import HTTPException
from litestar.status_codes import HTTP_400_BAD_REQUEST, HTTP_408_REQUEST_TIMEOUT

from gateway.web.forms import Sent
from gateway.web.recognition import anonymous_visit
from gateway.web.site import Site
from gateway.web.typed import in_address
from gateway.web.visitors import cookies
from gateway.web.visitors.paths import door
from gateway.web.visitors.signing import same

log = structlog.get_logger()

LARGEST_FORM = 64 * 1024
"""Bytes of a form's body; the longest of ours has a tenth of it."""

MOST_FIELDS = 100
SECONDS = 10.0
"""How long the body of a form may be on its way."""

_URL_ENCODED = "application/x-www-form-urlencoded"
_SAFE = frozenset({"GET", "HEAD", "OPTIONS"})


Cause = Literal["foreign", "no_cookies", "other_session"]
"""Why a form is none of ours: it has no token of a page; the browser has lost the page's cookies, or keeps none; or
somebody has logged in or out since the page was opened."""


class NotOurForm(Exception):
    """A form without the token of its page."""

    def __init__(self, why: Cause) -> None:
        super().__init__(why)
        self.why = why


async def provide_sent(request: Request[Any, Any, Any]) -> Sent:
    """The fields of the form that was sent, read once for a request; none where the body is no form.

    Of a form that only asks, they stand in the address.
    Litestar's own reading keeps the last thousand bodies in memory, and with them people's passwords.
    """
    known: Sent | None = request.scope["state"].get("sent")
    if known is not None:
        return known
    sent: Sent = {}
    if request.scope["method"] in _SAFE:
        sent = in_address(request)
    elif request.headers.get("content-type", "").partition(";")[0].strip().lower() == _URL_ENCODED:
        try:
            async with asyncio.timeout(SECONDS):
                body = await request.body()
            sent = dict(parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=MOST_FIELDS))
        except TimeoutError as error:
            raise HTTPException(status_code=HTTP_408_REQUEST_TIMEOUT) from error
        except ValueError as error:
            raise HTTPException(status_code=HTTP_400_BAD_REQUEST) from error
    request.scope["state"]["sent"] = sent
    return sent


def must_be_ours(site: Site) -> Callable[[Request[Any, Any, Any]], Awaitable[None]]:
    """What keeps out a form that does not carry the token of a page of ours, before anything else is done with it.

    To be called before each request. Litestar's guards would do the same and copy the route for it every time.
    """

    async def check(request: Request[Any, Any, Any]) -> None:
        if request.scope["method"] in _SAFE:
            return
        visit = anonymous_visit(request, site)
        sent = await provide_sent(request)
        # A fresh visit's token is the cookie's own only when that one is ours.
        given = sent.get("_csrf_token", "")
        if visit.cookies or not same(given, visit.csrf_token):
            lost = site.cookie(cookies.FORM[door(visit.path)]) not in cookies.cookies_of(request.scope)
            raise NotOurForm("foreign" if not given else "no_cookies" if lost else "other_session")

    return check
