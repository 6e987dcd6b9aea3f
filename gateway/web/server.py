"""The web application: what surrounds every page, and the server in front of it."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime, timedelta
from typing import Any

import asyncpg
import structlog
from granian.constants import Interfaces
from granian.server.embed import Server
from litestar import Litestar
from litestar.config.csrf import CSRFConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.types import ASGIApp, Receive, Scope, Send
from sqlalchemy.engine import make_url

from gateway.web import errors
from gateway.web.limits import STORE, behind_limits
from gateway.web.page import Page, routes
from gateway.web.recognition import provide_clerk, provide_customer, provide_visit
from gateway.web.site import Site
from gateway.web.visit import LoginNeeded, PasswordChangeNeeded, RightNeeded
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
            b"form-action 'self'; base-uri 'none'; frame-ancestors 'none'"
        ),
    ),
    (b"x-content-type-options", b"nosniff"),
    (b"referrer-policy", b"same-origin"),
    (b"cross-origin-opener-policy", b"same-origin"),
    (b"cross-origin-resource-policy", b"same-origin"),
    (b"permissions-policy", b"camera=(), geolocation=(), microphone=()"),
)

DRAIN_SECONDS = 10.0
PAGE_SECONDS = 10.0
"""How long a page's query may take before the page says that the office is not available."""

_SESSION = {"application_name": "ebok gateway pages", "plan_cache_mode": "force_generic_plan", "jit": "off"}
"""A page finds a few rows by their keys, so one plan serves all; making it anew took longer than the query itself."""


def web_application(site: Site) -> ASGIApp:
    """The ASGI application that serves the site's pages."""
    application = Litestar(
        route_handlers=behind_limits(site, routes(site.pages)),
        dependencies={
            "site": Provide(lambda: site, sync_to_thread=False, use_cache=True),
            "visit": Provide(provide_visit),
            "customer": Provide(provide_customer),
            "clerk": Provide(provide_clerk),
        },
        signature_types=[Site],
        stores={STORE: site.counts},
        csrf_config=CSRFConfig(
            secret=site.settings.secret,
            cookie_name="ebok_csrf",
            cookie_httponly=True,
            cookie_samesite="lax",
            cookie_secure=site.secure,
        ),
        exception_handlers={
            LoginNeeded: errors.go_to_login,
            PasswordChangeNeeded: errors.go_to_password,
            RightNeeded: lambda request, error: errors.no_right(site, request, error),
            HTTPException: lambda request, error: errors.error_page(site, request, error),
            Exception: lambda request, error: errors.fault_page(site, request, error),
        },
        openapi_config=None,
        logging_config=None,
    )
    return _with_security_headers(application)


async def serve(process: Process, pages: Sequence[Page], sweeps: Sequence[Sweep]) -> None:
    """Serve `pages` until cancelled, and run `sweeps` now and then; bears that the database and the broker are away."""
    settings = process.settings
    dsn = make_url(settings.database_url).set(drivername="postgresql").render_as_string(hide_password=False)
    pool = await asyncpg.create_pool(
        dsn,
        min_size=0,
        max_size=10,
        timeout=5,
        command_timeout=PAGE_SECONDS,
        init=_read_json,
        reset=_leave,
        server_settings=_SESSION,
    )
    site = Site(process, pool, open_store(settings), pages)
    server = Server(
        web_application(site),
        address=settings.web_host,
        port=settings.web_port,
        interface=Interfaces.ASGINL,
        log_enabled=False,
    )
    serving = asyncio.create_task(server.serve())
    try:
        while not serving.done():
            await asyncio.wait([serving], timeout=timedelta(minutes=10).total_seconds())
            if not serving.done():
                await _sweep(site, sweeps)
        await serving
    finally:
        server.stop()  # type: ignore[no-untyped-call]
        await asyncio.wait([serving], timeout=DRAIN_SECONDS)
        await pool.close()


async def _sweep(site: Site, sweeps: Sequence[Sweep]) -> None:
    try:
        await site.counts.delete_expired()
        for sweep in sweeps:
            await sweep(site.pool, site.clock())
    except Exception as error:
        log.warning("site.not_swept", error=type(error).__name__)


async def _leave(_connection: asyncpg.Connection) -> None:
    """Nothing here changes a session's state; putting it back after each query would be a round trip for nothing."""


async def _read_json(connection: asyncpg.Connection) -> None:
    await connection.set_type_codec("jsonb", encoder=json.dumps, decoder=json.loads, schema="pg_catalog")


def _with_security_headers(application: ASGIApp) -> ASGIApp:
    async def wrapped(scope: Scope, receive: Receive, send: Send) -> None:
        async def send_with_headers(message: Any) -> None:
            if message["type"] == "http.response.start":
                headers = [*message["headers"], *SECURITY_HEADERS]
                if not any(name == b"cache-control" for name, _ in headers):
                    headers.append((b"cache-control", b"no-store"))
                message = {**message, "headers": headers}
            await send(message)

        await application(scope, receive, send_with_headers)

    return wrapped
