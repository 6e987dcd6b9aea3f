"""The web application: what surrounds every page, and the server in front of it."""

import asyncio
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import asyncpg
import structlog
from granian.constants import HTTPModes, Interfaces
from granian.http import HTTP1Settings
from granian.server.embed import Server
from litestar import Litestar
from litestar.di import Provide
from litestar.enums import HttpMethod, ScopeType
from litestar.exceptions import HTTPException, MethodNotAllowedException
from litestar.types import ASGIApp, Receive, Scope, Send

from gateway.web import errors
from gateway.web.arrival import LARGEST_FORM, NotOurForm, must_be_ours, provide_sent
from gateway.web.limits import STORE, behind_limits
from gateway.web.page import Page, routes
from gateway.web.recognition import provide_clerk, provide_customer, provide_visit
from gateway.web.site import Site
from gateway.web.visitors.pools import open_pools
from gateway.web.visitors.visit import LoginNeeded, PasswordChangeNeeded, RightNeeded, Visit
from services.chassis.process import Process
from services.chassis.storage.files import open_store

log = structlog.get_logger()

Sweep = Callable[[asyncpg.Pool, datetime], Awaitable[None]]
"""Forgets what has expired at a moment in UTC."""

SECURITY_HEADERS = (
    (
        b"content-security-policy",
        (
            b"default-src 'none'; style-src 'self'; img-src 'self'; script-src 'self'; connect-src 'self'; "
            b"manifest-src 'self'; form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)

HTTPS_ONLY = (b"strict-transport-security", b"max-age=31536000")
"""Sent where the office is reached by https."""

DRAIN_SECONDS = 10.0

CONNECTIONS = 4096
"""Browsers that may hold a connection open at once; the one after them waits."""

HEAD_MILLISECONDS = 10_000
"""How long a connection may be silent before its first request, and between two."""

LARGEST_HEAD = 16 * 1024
"""Bytes of a request's head; browsers send two or three thousand. A longer one is answered with 431."""


def web_application(site: Site) -> ASGIApp:
    """The ASGI application that serves the site's pages."""
    application = Litestar(
        route_handlers=behind_limits(site, routes(site.pages)),
        dependencies={
            "site": Provide(lambda: site, sync_to_thread=False, use_cache=True),
            "visit": Provide(provide_visit),
            "customer": Provide(provide_customer),
            "clerk": Provide(provide_clerk),
            "sent": Provide(provide_sent),
        },
        signature_types=[Site],
        stores={STORE: site.counts},
        before_request=must_be_ours(site),
        after_exception=[partial(errors.recognise, site)],
        request_max_body_size=LARGEST_FORM,
        exception_handlers={
            LoginNeeded: errors.go_to_login,
            PasswordChangeNeeded: errors.go_to_password,
            NotOurForm: lambda request, error: errors.outdated_form(site, request, error),
            RightNeeded: lambda request, error: errors.no_right(site, request, error),
            MethodNotAllowedException: lambda request, error: errors.not_allowed(site, request, error),
            HTTPException: lambda request, error: errors.error_page(site, request, error),
            Exception: lambda request, error: errors.fault_page(site, request, error),
        },
        openapi_config=None,
        logging_config=None,
    )
    return _answering_head(_with_security_headers(_releasing(application), site))


async def serve(process: Process, pages: Sequence[Page], sweeps: Sequence[Sweep]) -> None:
    """Serve `pages` until cancelled, and run `sweeps` now and then; bears that the database and the broker are away."""
    async with open_pools(process.settings.database_url) as pools:
        await _serve(Site(process, pools, open_store(process.settings), pages), sweeps)


def server_at(application: ASGIApp, host: str, port: int) -> Server:
    """The server of `application`, with the bounds that no connection goes beyond."""
    return Server(
        application,
        address=host,
        port=port,
        interface=Interfaces.ASGINL,
        http=HTTPModes.http1,  # what a proxy in front speaks
        websockets=False,
        backlog=CONNECTIONS,
        backpressure=CONNECTIONS,
        http1_settings=HTTP1Settings(header_read_timeout=HEAD_MILLISECONDS, max_buffer_size=LARGEST_HEAD),
        log_enabled=False,
    )


async def _serve(site: Site, sweeps: Sequence[Sweep]) -> None:
    server = server_at(web_application(site), site.settings.web_host, site.settings.web_port)
    serving = asyncio.create_task(server.serve())
    try:
        while not serving.done():
            await asyncio.wait([serving], timeout=timedelta(minutes=10).total_seconds())
            if not serving.done():
                await _sweep(site, sweeps)
        await serving
    finally:
        server.stop()  # type: ignore[no-untyped-call]  # granian says nothing of its types
        await asyncio.wait([serving], timeout=DRAIN_SECONDS)


async def _sweep(site: Site, sweeps: Sequence[Sweep]) -> None:
    try:
        await site.counts.delete_expired()
        for sweep in sweeps:
            await sweep(site.pool, site.clock())
    except Exception as error:
        log.warning("site.not_swept", error=type(error).__name__)


def _releasing(application: ASGIApp) -> ASGIApp:
    """Gives a visit's database connection back as soon as the response is made, and however the visit ends."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def release() -> None:
            visit: Visit | None = scope.get("state", {}).get("visit")
            if visit is not None:
                await visit.release()

        async def send_response(message: Any) -> None:
            await release()
            await send(message)

        try:
            await application(scope, receive, send_response)
        finally:
            await release()

    return wrapped


def _answering_head(application: ASGIApp) -> ASGIApp:
    """HEAD wherever GET is: the same answer without its body."""

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] != ScopeType.HTTP or scope["method"] != "HEAD":
            await application(scope, receive, send)
            return

        async def send_head(message: Any) -> None:
            if message["type"] == "http.response.body":
                message = {**message, "body": b""}
            await send(message)

        scope["method"] = HttpMethod.GET
        await application(scope, receive, send_head)

    return wrapped


def _with_security_headers(application: ASGIApp, site: Site) -> ASGIApp:
    always = (*SECURITY_HEADERS, *((HTTPS_ONLY,) if site.secure else ()))

    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], *always]
                if not any(name == b"cache-control" for name, _ in headers):
                    headers.append((b"cache-control", b"no-store"))
                message = {**message, "headers": headers}
            await send(message)

        await application(scope, receive, send_with_headers)

    return wrapped
