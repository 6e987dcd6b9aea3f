"""Reading a queue in batches: as many deliveries together as have come while the last ones were handled.

FastStream calls a function for each delivery; what writes hundreds of events in one transaction, and then acknowledges
them at once, reads with aio-pika.
"""

import asyncio
import time
from collections import deque
from collections.abc import Awaitable, Callable, Sequence

import structlog
from aio_pika.abc import AbstractConnection, AbstractIncomingMessage, AbstractQueue
from prometheus_client import Counter

from services.chassis.messaging.publishing import BROKER_FAULTS

log = structlog.get_logger()

ReceiveBatch = Callable[[Sequence[AbstractIncomingMessage]], Awaitable[None]]
"""Brings each of the deliveries to its effect, or its copy to safety; they are acknowledged when it returns."""


class BatchReader:
    """Reads one queue until stopped, and again after the connection was away: at most `at_once` deliveries are in hand.

    A batch is at most half of them, so that the next one comes in while this one is handled. `ended` counts them.
    """

    def __init__(self, receive: ReceiveBatch, at_once: int, ended: Counter) -> None:
        self._receive = receive
        self._at_once = at_once
        self._ended = ended
        self._waiting: deque[tuple[float, AbstractIncomingMessage]] = deque()
        self._batch: Sequence[tuple[float, AbstractIncomingMessage]] = ()
        self._has_arrived = asyncio.Event()
        self._queue: AbstractQueue | None = None
        self._tag = ""
        self._task: asyncio.Task[None] | None = None

    async def start(self, connection: AbstractConnection, queue: str) -> None:
        """Read `queue` through a channel of its own. Raises one of `BROKER_FAULTS` while the broker is away."""
        channel = await connection.channel()
        await channel.set_qos(prefetch_count=self._at_once)
        self._queue = await channel.get_queue(queue)
        self._tag = await self._queue.consume(self._take)
        self._task = asyncio.create_task(self._run())

    async def stop(self, patience: float) -> None:
        """Take nothing more, and let what is in hand finish, at most `patience` seconds."""
        if self._queue is None or self._task is None:
            return
        try:
            async with asyncio.timeout(patience):
                await self._queue.cancel(self._tag)
                while self.in_hand:
                    await asyncio.sleep(0.02)
        except BROKER_FAULTS as error:
            log.warning("batch.not_finished", error=type(error).__name__)
        self._task.cancel()
        await asyncio.gather(self._task, return_exceptions=True)
        self._queue = self._task = None

    @property
    def in_hand(self) -> int:
        """How many deliveries have come and not ended."""
        return len(self._waiting) + len(self._batch)

    @property
    def oldest(self) -> float | None:
        """When the delivery came (`time.monotonic`) that has been in hand for longest; None without any."""
        held = self._batch or self._waiting
        return held[0][0] if held else None

    async def _take(self, delivery: AbstractIncomingMessage) -> None:
        if self._waiting and not _is_open(self._waiting[-1][1]):
            self._waiting.clear()  # the connection was away: the broker delivers again what came before
        self._waiting.append((time.monotonic(), delivery))
        self._has_arrived.set()

    async def _run(self) -> None:
        while True:
            await self._has_arrived.wait()
            self._batch = [self._waiting.popleft() for _ in range(min(len(self._waiting), self._at_once // 2))]
            if not self._waiting:
                self._has_arrived.clear()
            batch = [delivery for _, delivery in self._batch if _is_open(delivery)]
            try:
                await self._receive(batch)
            except Exception:
                log.exception("batch.not_ended", size=len(batch))
                await _end(batch, lambda last: last.nack(multiple=True, requeue=True))
            else:
                await _end(batch, lambda last: last.ack(multiple=True))
            self._batch = ()
            self._ended.inc(len(batch))


async def _end(
    batch: Sequence[AbstractIncomingMessage], end: Callable[[AbstractIncomingMessage], Awaitable[None]]
) -> None:
    """End all deliveries up to the last one of each channel; there are two when the connection was away in between.

    What came before on the same channel has been ended: deliveries are taken in the order of their tags.
    """
    still_open = [delivery for delivery in batch if _is_open(delivery)]
    for last in {id(delivery.channel): delivery for delivery in still_open}.values():
        try:
            await end(last)
        except BROKER_FAULTS as error:
            log.warning("batch.not_acknowledged", error=type(error).__name__)


def _is_open(delivery: AbstractIncomingMessage) -> bool:
    """Whether its channel is; if not, the broker delivers it again."""
    try:
        return not delivery.channel.is_closed
    except BROKER_FAULTS:
        return False
