"""Chromium as the tests use it: without a window, and without asking anybody on the network."""

from collections.abc import Iterator
from contextlib import contextmanager

from playwright.sync_api import Browser, Playwright

PROGRAM = "/usr/bin/chromium"
_ALONE = [
    "--headless", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
    "--disable-background-networking", "--disable-component-update", "--disable-sync",
]  # fmt: skip


@contextmanager
def launched(playwright: Playwright) -> Iterator[Browser]:
    """A browser that is closed at the end."""
    browser = playwright.chromium.launch(executable_path=PROGRAM, args=_ALONE)
    try:
        yield browser
    finally:
        browser.close()
