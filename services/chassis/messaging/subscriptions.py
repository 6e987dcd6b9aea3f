"""A process's connection for deliveries: which of its queues is read by which function, and how many at once."""

import time
from collections.abc import Awaitable, Callable
from dataclasses import dataclass
from typing import Any

from faststream import AckPolicy
from faststream.rabbit import Channel, QueueType, RabbitBroker, RabbitQueue
from faststream.rabbit.annotations import RabbitMessage
from faststream.rabbit.prometheus import RabbitPrometheusMiddleware
from prometheus_client import CollectorRegistry

Receive = Callable[[RabbitMessage], Awaitable[None]]
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


class Subscriptions:
    """Reads queues until stopped; once started, it connects again by itself when the broker was away."""

    def __init__(self, amqp_url: str, *, app_name: str, registry: CollectorRegistry) -> None:
        self._url = amqp_url
        self._app_name = app_name
        self._registry = registry
        self._broker: RabbitBroker | None = None
        self._in_hand: dict[object, float] = {}

    async def start(self, *subscriptions: Subscription) -> None:
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
            self._subscribe(broker, subscription)
        try:
            await broker.start()
        except BaseException:
            await broker.stop()
            raise
        self._broker = broker

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
        return time.monotonic() - min(self._in_hand.values(), default=time.monotonic())

    async def stop(self) -> None:
        """Take nothing more, and let what is in flight finish, at most `DRAIN_SECONDS`."""
        if self._broker is not None:
            await self._broker.stop()
            self._broker = None

    def _subscribe(self, broker: RabbitBroker, subscription: Subscription) -> None:
        subscriber = broker.subscriber(
            # FastStream has an overload for each type of queue, and none for a type that is a variable.
            RabbitQueue(subscription.queue, queue_type=subscription.queue_type, durable=True, declare=False),  # type: ignore[call-overload]
            channel=Channel(prefetch_count=subscription.at_once),
            title=subscription.queue,
            no_reply=True,  # RequestConsumer replies itself, through `ebok.replies`
        )

        async def deliver(message: Any) -> None:
            mark = object()
            self._in_hand[mark] = time.monotonic()
            try:
                await subscription.receive(message)
            finally:
                del self._in_hand[mark]

        subscriber(deliver)


async def _whole_message(message: RabbitMessage) -> RabbitMessage:
    """Hand the delivery itself to the receiver: what is in it is ours to read, and ours to park when unreadable."""
    return message
