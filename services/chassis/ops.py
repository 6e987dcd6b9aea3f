"""What operators ask a process: `/health/live`, `/health/ready` and `/metrics`."""

import json
from collections.abc import Awaitable, Callable, Mapping
from typing import Any

from granian.constants import Interfaces
from granian.server.embed import Server
from prometheus_client import CONTENT_TYPE_LATEST, CollectorRegistry, generate_latest

from services.chassis.settings import Settings

Check = Callable[[], Awaitable[Mapping[str, str]]]
"""Gives what is wrong, by part; empty when all is well."""


def ops_server(
    settings: Settings, registry: CollectorRegistry, problems: Check, refresh: Callable[[], Awaitable[None]]
) -> Server:
    """A server for operators on `settings.ops_host:ops_port`; `refresh` updates gauges that need a query."""

    async def app(scope: dict[str, Any], _receive: Any, send: Any) -> None:
        if scope["type"] != "http":
            return
        status, media_type, body = 404, "application/json", b"{}"
        if scope["path"] == "/health/live":
            status, body = 200, b'{"status": "alive"}'
        elif scope["path"] == "/health/ready":
            found = await problems()
            status = 503 if found else 200
            body = json.dumps({"status": "not ready" if found else "ready", "problems": dict(found)}).encode()
        elif scope["path"] == "/metrics":
            await refresh()
            status, media_type, body = 200, CONTENT_TYPE_LATEST, generate_latest(registry)
        headers = [(b"content-type", media_type.encode()), (b"cache-control", b"no-store")]
        await send({"type": "http.response.start", "status": status, "headers": headers})
        await send({"type": "http.response.body", "body": body})

    return Server(
        app, address=settings.ops_host, port=settings.ops_port, interface=Interfaces.ASGINL, log_enabled=False
    )
