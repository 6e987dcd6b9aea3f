"""Consuming events: one delivery, one transaction, and an end for every message that fails."""

import asyncio
from collections.abc import Awaitable, Callable, Container, Mapping
from datetime import datetime
from typing import Any

import structlog
from faststream.rabbit.annotations import RabbitMessage
from structlog.contextvars import bound_contextvars

from contracts.envelope import Envelope, Unreadable
from contracts.message import Event
from services.chassis.errors import Permanent, Refused, Transient, told
from services.chassis.messaging import inbox
from services.chassis.messaging.failing import FailedEvents
from services.chassis.storage.database import is_away
from services.chassis.storage.transactions import Transactions
from services.chassis.storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

EventHandler = Callable[[Any, UnitOfWork], Awaitable[None]]

AWAY_SECONDS = 1.0
"""How long a delivery waits in place before the next look whether the database is back; it counts as no attempt."""


async def read_or_park(
    delivery: RabbitMessage, known: Container[type[Event]], failed: FailedEvents, now: datetime
) -> tuple[Envelope, Event] | None:
    """The envelope and the event of a delivery; None when this service cannot use it: it is parked and acknowledged."""
    try:
        envelope = Envelope.from_amqp(delivery.headers, delivery.body)
        event = envelope.message()
        if not isinstance(event, Event):
            raise Unreadable(f"{envelope.type} is a request, not an event")
        if type(event) not in known:
            raise Unreadable(f"this service has no use for {envelope.type}")
    except Unreadable as error:
        await failed.park(delivery.headers, delivery.body, str(error), now)
        await delivery.ack()
        return None
    return envelope, event


class EventConsumer:
    """Gives each event to its handler, once, in a transaction of its own."""

    def __init__(
        self, handlers: Mapping[type[Event], EventHandler], transactions: Transactions, failed: FailedEvents
    ) -> None:
        self._handlers = handlers
        self._transactions = transactions
        self._failed = failed

    async def receive(self, delivery: RabbitMessage) -> None:
        """Handle one delivery from the broker and acknowledge it when its effect, or its copy, is stored."""
        headers, body, now = delivery.headers, delivery.body, self._transactions.clock
        taken = await read_or_park(delivery, self._handlers, self._failed, now())
        if taken is None:
            return
        envelope, event = taken
        with bound_contextvars(correlation_id=envelope.correlation_id, message_id=str(envelope.id)):
            try:
                await self.handle(envelope, event)
            except Permanent as error:
                await self._failed.park(headers, body, str(error), now())
            except Refused as error:
                reasons = "; ".join(e.text for e in error.errors) or error.code
                await self._failed.park(headers, body, reasons, now())
            except Transient as error:
                await self._failed.retry_later(headers, body, told(error), now())
            except Exception as error:
                log.exception("event.failed", type=envelope.type)
                await self._failed.retry_later(headers, body, told(error), now())
            await delivery.ack()

    async def handle(self, envelope: Envelope, event: Event) -> None:
        """Give `event`, which came in `envelope`, to its handler, unless it came before; waits for an absent database.

        Raises KeyError for an event that the service has no handler for, and whatever the handler raises.
        """
        handler = self._handlers[type(event)]
        while True:
            try:
                async with self._transactions.begin(envelope.correlation_id, str(envelope.id)) as work:
                    if await inbox.is_new(work.connection, envelope.id):
                        await handler(event, work)
            except Exception as error:
                if not is_away(error):
                    raise
                log.warning("event.waits_for_database", type=envelope.type)
                await asyncio.sleep(AWAY_SECONDS)
            else:
                return
