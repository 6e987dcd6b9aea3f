"""Consuming events: one delivery, one transaction, and an end for every message that fails."""

import asyncio
import time
from collections.abc import Awaitable, Callable, Container, Mapping
from typing import Any

import structlog
from aio_pika.abc import AbstractIncomingMessage
from structlog.contextvars import bound_contextvars

from contracts.envelope import LONGEST, PREFIX, Envelope, UnknownType, Unreadable
from contracts.message import Event
from services.chassis.clock import Clock
from services.chassis.errors import Permanent, Refused, Transient, told
from services.chassis.messaging import frames, inbox
from services.chassis.messaging.failing import FailedEvents
from services.chassis.messaging.publishing import BROKER_FAULTS
from services.chassis.storage.database import is_away
from services.chassis.storage.transactions import Transactions
from services.chassis.storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

EventHandler = Callable[[Any, UnitOfWork], Awaitable[None]]

AWAY_SECONDS = 1.0
"""How long a delivery waits in hand before the next look whether the database is back; it counts as no attempt."""

HELD_SECONDS = 300.0
"""How long it waits so before it is sent to wait in a queue. The broker takes back what is held for half an hour (its
`consumer_timeout`) and counts that as a failed delivery; up to three batches of a projection wait for each other."""


class StillAway(Exception):
    """The database was away for `HELD_SECONDS`."""


def read_event(
    delivery: AbstractIncomingMessage, known: Container[type[Event]], own_exchange: str
) -> tuple[Envelope, Event]:
    """The envelope and the event of a delivery.

    Raises `UnknownType` for one that a newer release of this service may know, and `Unreadable` for one that nobody
    can use, or that its sender had no right to: the broker lets a service publish only under keys that begin with its
    own name, so type and source are believed only when they agree with the key.
    """
    frames.check(delivery.headers)
    envelope = Envelope.from_amqp(delivery.headers, delivery.body)
    # Only this service itself may write into its own exchange, where its failed events come back from.
    if delivery.exchange != own_exchange and delivery.routing_key != envelope.type:
        raise Unreadable(f"it came under the key {delivery.routing_key!r} and calls itself {envelope.type}")
    if envelope.type.partition(".")[0] != envelope.source:
        raise Unreadable(f"{envelope.type} is not for {envelope.source!r} to tell")
    event = envelope.message()
    if not isinstance(event, Event):
        raise Unreadable(f"{envelope.type} is a request, not an event")
    if type(event) not in known:
        raise UnknownType(f"this service has no use for {envelope.type}")
    return envelope, event


async def read_or_moved(
    delivery: AbstractIncomingMessage, known: Container[type[Event]], failed: FailedEvents, now: Clock
) -> tuple[Envelope, Event] | None:
    """The first place of every delivered event; None for one that cannot be read, whose copy is safe elsewhere then.

    One of an unknown type is tried again later, since in a rolling upgrade another replica may know it already.
    """
    try:
        return read_event(delivery, known, failed.exchange)
    except Exception as error:
        headers, body = delivery.headers, delivery.body
        with bound_contextvars(**told_of(headers)):
            match error:
                case UnknownType():
                    await failed.retry_later(headers, body, str(error), now())
                case Unreadable():
                    await failed.park(headers, body, str(error), now())
                case _:
                    log.exception("event.not_read")
                    await failed.park(headers, body, told(error), now())
        return None


async def once_there(carry_out: Callable[[], Awaitable[None]], *waiting: Envelope) -> None:
    """Carry out what needs the database, as soon as that is there. Raises `StillAway`, and whatever `carry_out` raises.

    `waiting` are the events for whose sake it is done.
    """
    patience = time.monotonic() + HELD_SECONDS
    while True:
        try:
            await carry_out()
        except Exception as error:
            if not is_away(error):
                raise
            if time.monotonic() > patience:
                raise StillAway from error
            log.warning("event.waits_for_database", type=waiting[0].type, events=len(waiting))
            await asyncio.sleep(AWAY_SECONDS)
        else:
            return


def told_of(headers: Mapping[str, Any]) -> dict[str, str]:
    """What the log says of a delivery in each line, as far as it can be read."""
    said = {"correlation_id": headers.get(f"{PREFIX}correlationid"), "message_id": headers.get(f"{PREFIX}id")}
    return {name: value[:LONGEST] for name, value in said.items() if isinstance(value, str)}


class EventConsumer:
    """Gives each event to its handler, once, in a transaction of its own."""

    def __init__(
        self, handlers: Mapping[type[Event], EventHandler], transactions: Transactions, failed: FailedEvents
    ) -> None:
        self._handlers = handlers
        self._transactions = transactions
        self._failed = failed

    async def receive(self, delivery: AbstractIncomingMessage) -> None:
        """Handle one delivery from the broker and acknowledge it when its effect, or its copy, is stored.

        Whatever is wrong with it, it is logged, and it ends.
        """
        with bound_contextvars(**told_of(delivery.headers)):
            try:
                if read := await read_or_moved(delivery, self._handlers, self._failed, self._transactions.clock):
                    await self._take(delivery, *read)
                await delivery.ack()
            except BROKER_FAULTS as error:  # not acknowledged, so the broker delivers it again
                log.warning("event.not_acknowledged", error=type(error).__name__)
            except Exception:
                log.exception("event.not_ended")
                await delivery.nack(
                    requeue=True
                )  # the broker counts, and parks it after `topology.DELIVERY_LIMIT` times

    async def _take(self, delivery: AbstractIncomingMessage, envelope: Envelope, event: Event) -> None:
        headers, body, now = delivery.headers, delivery.body, self._transactions.clock
        try:
            await self.handle(envelope, event)
        except StillAway:
            await self._failed.wait(headers, body)
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

    async def handle(self, envelope: Envelope, event: Event) -> None:
        """Give `event`, which came in `envelope`, to its handler, unless it came before; waits for an absent database.

        Raises KeyError for an event that the service has no handler for, `StillAway`, and whatever the handler raises.
        """
        handler = self._handlers[type(event)]

        async def carry_out() -> None:
            async with self._transactions.begin(envelope.correlation_id, str(envelope.id)) as work:
                if await inbox.is_new(work.connection, envelope.id):
                    await handler(event, work)

        await once_there(carry_out, envelope)
