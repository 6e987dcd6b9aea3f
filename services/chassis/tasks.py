"""Tasks that run beside each other for a process's whole life."""

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

import structlog
from prometheus_client import CollectorRegistry, Counter

log = structlog.get_logger()

PAUSE_SECONDS = 1.0
"""How long a task that failed rests before it is started again."""


class Tasks:
    """A process's tasks; what fails is logged, counted in `/metrics` and started again."""

    def __init__(self, registry: CollectorRegistry) -> None:
        self._running: list[asyncio.Task[None]] = []
        self._failures = Counter(
            "ebok_background_failures", "Background tasks that ended by a fault", ["task"], registry=registry
        )

    def run(self, once: Coroutine[Any, Any, None]) -> None:
        """Run `once` beside the others; it is not started again."""
        self._running.append(asyncio.create_task(once))

    def keep(self, name: str, task: Callable[[], Awaitable[None]]) -> None:
        """Run `task` until it returns."""

        async def keep() -> None:
            while True:
                try:
                    await task()
                except Exception:
                    self._failures.labels(name).inc()
                    log.exception("background.failed", task=name)
                    await asyncio.sleep(PAUSE_SECONDS)
                else:
                    return

        self.run(keep())

    async def stop(self) -> None:
        """Cancel all of them and wait until they have ended."""
        for task in self._running:
            task.cancel()
        await asyncio.gather(*self._running, return_exceptions=True)
        self._running.clear()
