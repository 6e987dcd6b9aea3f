"""Answering requests: what a person waits for, done in one transaction and answered with its events."""

import hmac
import time
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

import structlog
from aio_pika.abc import AbstractIncomingMessage
from prometheus_client import CollectorRegistry, Counter
from pydantic import TypeAdapter, ValidationError
from sqlalchemy import delete, select, text, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.exc import DBAPIError
from structlog.contextvars import bound_contextvars

from contracts.envelope import PREFIX, Envelope, Unreadable, text_in
from contracts.message import Request
from contracts.reply import Accepted, CausedEvent, Failed, FieldError, Rejected, reply_adapter
from services.chassis.clock import Clock
from services.chassis.errors import Refused, told
from services.chassis.messaging import frames, topology
from services.chassis.messaging.consuming import told_of
from services.chassis.messaging.publishing import ConfirmedChannel, amqp_message
from services.chassis.storage.database import is_away
from services.chassis.storage.tables import answer
from services.chassis.storage.transactions import Transactions
from services.chassis.storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

RequestHandler = Callable[[Any, UnitOfWork], Awaitable[None]]

DEADLINE = "x-ebok-deadline"
IDEMPOTENCY_KEY = "x-ebok-idempotency-key"

LOCK_SECONDS = 2
"""How long a request waits for what somebody else is changing: shorter than anybody waits for the answer, so that those
who ask about something else have their turn."""

_LOCKED = "55P03"

SKEW = timedelta(seconds=30)
"""How far the asker's clock may be from this one's."""

LATE = timedelta(minutes=5)
"""The same where the broker counts too: only what lay in the hands of a frozen process comes so late."""

_WAIT_BRIEFLY = text(f"SET LOCAL lock_timeout = '{LOCK_SECONDS}s'")
_time = TypeAdapter(datetime)


class Expired(Exception):
    """Nobody waits for the answer any more, so nothing may be done."""


class Deadline:
    """Until when somebody waits for an answer: as long as the request may live at all, counted from its arrival.

    What waits in the queue for longer is dropped by the broker, so this needs no two clocks that agree. The moment
    that the asker names stands beside it, for a request that comes without such a time or very late.
    """

    def __init__(self, headers: Mapping[str, Any], lives: float | None, clock: Clock) -> None:
        self._ends = time.monotonic() + lives if lives is not None else None
        self._named = _named(headers)
        self._clock = clock

    def has_passed(self) -> bool:
        """Whether nobody waits any more."""
        if self._ends is not None and time.monotonic() > self._ends:
            return True
        tolerated = SKEW if self._ends is None else LATE
        return self._named is not None and self._named < self._clock() - tolerated


def _named(headers: Mapping[str, Any]) -> datetime | None:
    try:
        named = _time.validate_strings(headers.get(DEADLINE))
    except ValidationError:
        return None  # a request without a deadline may wait for ever
    return named if named.tzinfo else named.replace(tzinfo=UTC)


class RequestConsumer:
    """Carries requests out and replies. An expired request is dropped, not run: nobody waits for it any more."""

    def __init__(
        self,
        handlers: Mapping[type[Request], RequestHandler],
        transactions: Transactions,
        channel: ConfirmedChannel,
        registry: CollectorRegistry,
    ) -> None:
        self._handlers = handlers
        self._transactions = transactions
        self._channel = channel
        self._expired = Counter(
            "ebok_requests_expired", "Requests that were dropped because nobody waited any more", registry=registry
        )
        self._failed = Counter(
            "ebok_requests_failed", "Requests that a fault of ours ended", ["type"], registry=registry
        )

    async def receive(self, delivery: AbstractIncomingMessage) -> None:
        """Handle one delivery from the broker: run it, reply, acknowledge. Whatever it is, it ends here."""
        with bound_contextvars(**told_of(delivery.headers)):
            try:
                reply = await self._answered(delivery)
            except Expired:
                self._expired.inc()
                log.warning("request.expired", type=delivery.headers.get(f"{PREFIX}type"))
            except Exception:
                log.exception("request.not_answered")
                await self._reply(delivery, Failed())
            else:
                await self._reply(delivery, reply)
            await delivery.ack()

    async def _answered(self, delivery: AbstractIncomingMessage) -> Accepted | Rejected | Failed:
        headers = delivery.headers
        lives = delivery.expiration if isinstance(delivery.expiration, float) else None
        deadline = Deadline(headers, lives, self._transactions.clock)
        if deadline.has_passed():
            raise Expired
        try:
            frames.check(headers)
            envelope = Envelope.from_amqp(headers, delivery.body)
            if delivery.routing_key != envelope.type:
                raise Unreadable(f"it came under the key {delivery.routing_key!r} and calls itself {envelope.type}")
        except Unreadable as error:
            return _unreadable(error)
        return await self.answer(envelope, headers, deadline)

    async def answer(
        self, envelope: Envelope, headers: Mapping[str, Any], deadline: Deadline | None = None
    ) -> Accepted | Rejected | Failed:
        """Carry out the request in `envelope` and return its reply; one of a known `IDEMPOTENCY_KEY` gets it again.

        Raises Expired when the `deadline` passed before it could begin.
        """
        try:
            key = text_in(headers, IDEMPOTENCY_KEY)
            request = envelope.message()
            handler = self._handlers.get(type(request))  # type: ignore[arg-type]  # an event has no handler here
            if handler is None:
                raise Unreadable(f"this service does not answer {envelope.type}")
        except Unreadable as error:
            return _unreadable(error)
        try:
            return await self._carry_out(handler, request, envelope, key, deadline)
        except Expired:
            raise
        except Refused as refusal:
            log.info("request.refused", type=envelope.type, code=refusal.code)
            return Rejected(code=refusal.code, errors=refusal.errors)
        except Exception as error:
            self._failed.labels(envelope.type).inc()
            if is_away(error):
                log.warning("request.database_away", type=envelope.type, error=told(error))
            elif isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) == _LOCKED:
                log.warning("request.locked_out", type=envelope.type)
            else:
                log.exception("request.failed", type=envelope.type)
            return Failed()

    async def _carry_out(
        self, handler: RequestHandler, request: Any, envelope: Envelope, key: str, deadline: Deadline | None
    ) -> Accepted | Rejected | Failed:
        async with self._transactions.begin(envelope.correlation_id, str(envelope.id)) as work:
            if deadline and deadline.has_passed():  # while it waited for a database connection
                raise Expired
            await work.connection.execute(_WAIT_BRIEFLY)
            stored_key = f"{key}:{_fingerprint(work, envelope.data)}" if key else None
            if stored_key and not await _is_first(work, stored_key):
                known = await work.connection.scalar(select(answer.c.reply).where(answer.c.key == stored_key))
                return reply_adapter.validate_python(known)
            reply = await _run(handler, request, work)
            if stored_key:
                await _remember(work, stored_key, reply)
        return reply

    async def _reply(self, delivery: AbstractIncomingMessage, reply: Accepted | Rejected | Failed) -> None:
        if not delivery.reply_to:
            return
        try:
            message = amqp_message({}, reply.model_dump_json().encode(), correlation_id=delivery.correlation_id)
            exchange = await self._channel.exchange(topology.REPLIES)
            # Not mandatory: the asker may have gone, and then nobody misses the reply.
            await exchange.publish(message, routing_key=delivery.reply_to, mandatory=False)
        except Exception as error:
            # The broker is away, or nobody can be told under such an address. The asker's deadline passes and the same
            # key brings the stored reply. The delivery is acknowledged all the same: kept back, it would hold its place
            # in the prefetch, and running it again would act twice.
            log.warning("reply.not_sent", error=type(error).__name__)


async def _run(handler: RequestHandler, request: Any, work: UnitOfWork) -> Accepted | Rejected:
    try:
        await handler(request, work)
    except Refused as refusal:
        if not refusal.keep:
            raise
        log.info("request.refused", code=refusal.code)
        return Rejected(code=refusal.code, errors=refusal.errors)
    return Accepted(
        events=tuple(_caused(e) for e in work.emitted if e.type in _brought_back(request)),
        answer=work.answered.model_dump(mode="json") if work.answered else None,
    )


def _unreadable(error: Unreadable) -> Rejected:
    reason = str(error)
    log.error("request.unreadable", reason=reason)
    wrong = FieldError(field="", code="unreadable", parameters={"reason": reason}, text=reason)
    return Rejected(code=wrong.code, errors=(wrong,))


def _fingerprint(work: UnitOfWork, data: bytes) -> str:
    """Tells apart two requests of one key. Keyed: `data` is personal, and a plain digest invites guessing."""
    return hmac.new(work.settings.secret.encode(), data, "sha256").hexdigest()


async def _remember(work: UnitOfWork, stored_key: str, reply: Accepted | Rejected) -> None:
    """Keep what was done; a refusal is forgotten, as one that rolls back is: the same form may be tried again."""
    mine = answer.c.key == stored_key
    if isinstance(reply, Rejected):
        await work.connection.execute(delete(answer).where(mine))
    else:
        await work.connection.execute(update(answer).where(mine).values(reply=reply.model_dump(mode="json")))


def _brought_back(request: Request) -> set[str]:
    return {event.message_type for event in request.causes}


async def _is_first(work: UnitOfWork, key: str) -> bool:
    """Claim `key`; waits for a twin that is being carried out, and is False when the twin was first."""
    row = await work.connection.execute(insert(answer).values(key=key).on_conflict_do_nothing().returning(answer.c.key))
    return row.first() is not None


def _caused(envelope: Envelope) -> CausedEvent:
    return CausedEvent(
        id=str(envelope.id),
        type=envelope.type,
        source=envelope.source,
        time=envelope.time.isoformat(),
        correlation_id=envelope.correlation_id,
        subject=envelope.subject,
        sequence=envelope.sequence,
        data=envelope.data.decode(),
    )
