"""Pages to open in Chromium, served as the gateway does: under its content policy, with its static files."""

import threading
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any, Self

from playwright.sync_api import Browser, Page

from gateway.web.assets import asset_at
from gateway.web.site import Site

POLICY = (
    "default-src 'none'; style-src 'self'; img-src 'self'; manifest-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'"
)


class Gallery:
    """A server on loopback of `pages` of the `site`: HTML by path."""

    def __init__(self, site: Site, pages: Mapping[str, str]) -> None:
        self.pages = pages

        class Handler(BaseHTTPRequestHandler):
            def do_GET(self) -> None:
                asset = asset_at(self.path) or site.looks.asset_at(self.path)
                self.send_response(200 if asset or self.path in pages else 404)
                self.send_header("Content-Type", asset.media_type if asset else "text/html; charset=utf-8")
                self.send_header("Content-Security-Policy", POLICY)
                self.end_headers()
                self.wfile.write(asset.content if asset else pages.get(self.path, "").encode())

            def log_message(self, *_: Any) -> None:
                """Keep the test's output quiet."""

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)

    @property
    def address(self) -> str:
        """Where the pages are, without a slash at the end."""
        return f"http://127.0.0.1:{self._server.server_port}"

    def __enter__(self) -> Self:
        threading.Thread(target=self._server.serve_forever, daemon=True).start()
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._server.server_close()


@contextmanager
def opened(browser: Browser, width: int, *, height: int = 800, **options: Any) -> Iterator[Page]:
    """A fresh browser window."""
    context = browser.new_context(viewport={"width": width, "height": height}, **options)
    try:
        yield context.new_page()
    finally:
        context.close()
