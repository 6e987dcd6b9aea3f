"""Waiting for something to become true, instead of sleeping and hoping."""

import asyncio
import time
from collections.abc import Awaitable, Callable


def wait_until(condition: Callable[[], object], seconds: float, what: str) -> None:
    """Return when `condition` holds; fails with `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while not condition():
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {what}"
        time.sleep(0.02)


async def until(condition: Callable[[], Awaitable[object]], seconds: float = 15.0, what: str = "") -> None:
    """Return when the awaited `condition` holds; fails with `what` after `seconds`."""
    deadline = time.monotonic() + seconds
    while not await condition():
        assert time.monotonic() < deadline, f"not within {seconds:g} s: {what or condition}"
        await asyncio.sleep(0.02)
