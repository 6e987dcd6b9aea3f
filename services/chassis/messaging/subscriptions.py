"""A process's connection for deliveries: which of its queues is read by which function, and how many at once."""

import asyncio
import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import TypeAlias

from aio_pika.abc import AbstractIncomingMessage
from faststream import AckPolicy
from faststream.rabbit import Channel, QueueType, RabbitBroker, RabbitQueue
from faststream.rabbit.annotations import RabbitMessage
from faststream.rabbit.prometheus import RabbitPrometheusMiddleware
from prometheus_client import CollectorRegistry, Counter, Gauge

from services.chassis.messaging.batches import BatchReader, ReceiveBatch

Receive = Callable[[AbstractIncomingMessage], Awaitable[None]]
"""Handles one delivery and acknowledges it."""

DRAIN_SECONDS = 15.0
RECONNECT_SECONDS = 1.0
PING_SECONDS = 0.1


@dataclass(frozen=True, slots=True)
class Subscription:
    """Deliveries of `queue` go to `receive`, at most `at_once` at the same time."""

    queue: str
    queue_type: QueueType
    at_once: int
    receive: Receive


@dataclass(frozen=True, slots=True)
class BatchSubscription:
    """Deliveries of `queue` go to `receive` in batches; at most `at_once` are in hand at the same time."""

    queue: str
    at_once: int
    receive: ReceiveBatch


AnySubscription: TypeAlias = Subscription | BatchSubscription


class Subscriptions:
    """Reads `queues` until stopped; once started, it connects again by itself when the broker was away."""

    def __init__(self, amqp_url: str, *, app_name: str, registry: CollectorRegistry) -> None:
        self._url = amqp_url
        self._app_name = app_name
        self._registry = registry
        self._broker: RabbitBroker | None = None
        self.queues: tuple[str, ...] = ()
        self._readers: list[BatchReader] = []
        self._in_hand: dict[object, float] = {}
        self._batched = Counter(
            "ebok_batched_deliveries", "Deliveries that ended, of queues read in batches", registry=registry
        )
        Gauge(
            "ebok_batched_deliveries_in_hand",
            "Deliveries that have not ended, of queues read in batches",
            registry=registry,
        ).set_function(lambda: sum(reader.in_hand for reader in self._readers))

    async def start(self, *subscriptions: AnySubscription) -> None:
        """Connect and read. Raises one of `BROKER_FAULTS` while the broker is away; may then be tried again."""
        broker = RabbitBroker(
            self._url,
            middlewares=[RabbitPrometheusMiddleware(registry=self._registry, app_name=self._app_name)],
            ack_policy=AckPolicy.MANUAL,
            decoder=_whole_message,
            apply_types=False,
            graceful_timeout=DRAIN_SECONDS,
            logger=None,
            reconnect_interval=RECONNECT_SECONDS,
        )
        for subscription in subscriptions:
            if isinstance(subscription, Subscription):
                self._subscribe(broker, subscription)
        try:
            await broker.start()
            connection = await broker.connect()
            for subscription in subscriptions:
                if isinstance(subscription, BatchSubscription):
                    reader = BatchReader(subscription.receive, subscription.at_once, self._batched)
                    await reader.start(connection, subscription.queue)
                    self._readers.append(reader)
        except BaseException:
            await self._stop(broker)
            raise
        self._broker = broker
        self.queues = tuple(subscription.queue for subscription in subscriptions)

    @property
    def are_started(self) -> bool:
        """Whether there is anything that is read."""
        return self._broker is not None

    async def are_connected(self) -> bool:
        """Whether deliveries can come now: after a cut it takes `RECONNECT_SECONDS` until they can again."""
        return self._broker is not None and await self._broker.ping(PING_SECONDS)

    @property
    def oldest_in_hand(self) -> float:
        """For how many seconds the delivery has been handled that came first of those not ended yet; 0 without any."""
        came = [*self._in_hand.values(), *(reader.oldest for reader in self._readers if reader.oldest is not None)]
        return time.monotonic() - min(came, default=time.monotonic())

    async def stop(self) -> None:
        """Take nothing more, and let what is in flight finish, at most `DRAIN_SECONDS`."""
        if self._broker is not None:
            broker, self._broker = self._broker, None
            await self._stop(broker)

    async def _stop(self, broker: RabbitBroker) -> None:
        await asyncio.gather(*(reader.stop(DRAIN_SECONDS) for reader in self._readers))
        self._readers.clear()
        await broker.stop()

    def _subscribe(self, broker: RabbitBroker, subscription: Subscription) -> None:
        subscriber = broker.subscriber(
            # FastStream has an overload for each type of queue, and none for a type that is a variable.
            RabbitQueue(subscription.queue, queue_type=subscription.queue_type, durable=True, declare=False),  # type: ignore[call-overload]
            channel=Channel(prefetch_count=subscription.at_once),
            title=subscription.queue,
            no_reply=True,  # RequestConsumer replies itself, through `ebok.replies`
        )

        async def deliver(message: RabbitMessage) -> None:
            mark = object()
            self._in_hand[mark] = time.monotonic()
            try:
                await subscription.receive(message.raw_message)
            finally:
                del self._in_hand[mark]

        subscriber(deliver)


async def _whole_message(message: RabbitMessage) -> RabbitMessage:
    """Hand the delivery itself to the receiver: what is in it is ours to read, and ours to park when unreadable."""
    return message
