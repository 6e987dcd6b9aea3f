"""The web application: which address goes to which page, and what surrounds every page."""

import asyncio
import json
from datetime import timedelta
from typing import Any

import asyncpg
import structlog
from granian.constants import Interfaces
from granian.server.embed import Server
from litestar import Litestar, Request, Response
from litestar.config.csrf import CSRFConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.response import Redirect
from litestar.types import ASGIApp, Receive, Scope, Send
from sqlalchemy.engine import make_url

from gateway import human_check
from gateway.limits import STORE, behind_limits
from gateway.pages import assets, bills, login, office, password, public, readings, registration, styleguide
from gateway.sessions import sweep
from gateway.site import Site
from gateway.visit import (
    LoginNeeded,
    PasswordChangeNeeded,
    anonymous_visit,
    login_href,
    provide_clerk,
    provide_customer,
    provide_visit,
)
from services.chassis.service import Service
from services.chassis.storage.database import is_away
from services.chassis.storage.files import open_store

log = structlog.get_logger()

PUBLIC_PAGES = (
    public.home,
    public.terms,
    public.contact,
    public.choose_language,
    registration.registration_form,
    registration.register,
    registration.registration_sent,
    login.login_form,
    login.log_in,
    login.log_out,
    login.office_login_form,
    login.office_log_in,
    login.office_log_out,
    assets.static_file,
    styleguide.style_guide,
)
"""Pages for everybody. Every other page asks for a `Customer` or a `Clerk` (a test holds this)."""

CUSTOMER_PAGES = (
    bills.bill_list,
    bills.bill,
    bills.bill_document,
    readings.reading_list,
    readings.reading_form,
    readings.submit_reading,
    password.password_form,
    password.change_password,
)

OFFICE_PAGES = (
    office.office_home,
    office.application_list,
    office.application_detail,
    office.accept_application,
    office.reject_application,
    password.office_password_form,
    password.change_office_password,
)

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
    """The ASGI application that serves `site`."""
    application = Litestar(
        route_handlers=behind_limits(site, [*PUBLIC_PAGES, *CUSTOMER_PAGES, *OFFICE_PAGES]),
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
            LoginNeeded: _go_to_login,
            PasswordChangeNeeded: _go_to_password,
            HTTPException: lambda request, error: _error_page(site, request, error),
            Exception: lambda request, error: _fault_page(site, request, error),
        },
        openapi_config=None,
        logging_config=None,
    )
    return _with_security_headers(application)


async def serve(service: Service) -> None:
    """Serve the pages until cancelled; bears that the database and the broker are away."""
    settings = service.settings
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
    site = Site(service, pool, open_store(settings))
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
                await _sweep(site)
        await serving
    finally:
        server.stop()  # type: ignore[no-untyped-call]
        await asyncio.wait([serving], timeout=DRAIN_SECONDS)
        await pool.close()


async def _sweep(site: Site) -> None:
    try:
        await site.counts.delete_expired()
        await sweep(site.pool, site.clock())
        await human_check.sweep(site.pool, site.clock())
    except Exception as error:
        log.warning("sessions.not_swept", error=type(error).__name__)


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


def _go_to_login(_: Request[Any, Any, Any], error: LoginNeeded) -> Redirect:
    return Redirect(login_href(error), status_code=303)


def _go_to_password(_: Request[Any, Any, Any], error: PasswordChangeNeeded) -> Redirect:
    return Redirect(error.page, status_code=303)


def _error_page(site: Site, request: Request[Any, Any, Any], error: HTTPException, detail: str = "") -> Response[str]:
    visit = anonymous_visit(request, site)
    wait = (error.headers or {}).get("RateLimit-Reset")
    page = site.templates.page(
        visit,
        "errors/page.html",
        status=error.status_code,
        detail=detail,
        retry_seconds=wait,
        back_href="/office" if visit.path.startswith("/office") else "/",
    )
    if wait:
        page.headers["retry-after"] = wait
    return page


def _fault_page(site: Site, request: Request[Any, Any, Any], error: Exception) -> Response[str]:
    if is_away(error):
        log.warning("page.database_away", path=request.url.path, error=type(error).__name__)
        return _error_page(site, request, HTTPException(status_code=503))
    log.error("page.failed", path=request.url.path, exc_info=error)
    return _error_page(site, request, HTTPException(status_code=500))
