"""Asking another service and waiting for its answer: many in flight, each with a deadline.

FastStream's own `request` holds one lock per broker, one request in flight; hence this one on aio-pika: one exclusive
reply queue for the process, and a future for each correlation id.
"""

import asyncio
from dataclasses import dataclass
from datetime import timedelta
from typing import Self
from uuid import uuid4

import aio_pika
import structlog
from aio_pika import DeliveryMode
from aio_pika.abc import AbstractChannel, AbstractConnection, AbstractExchange, AbstractIncomingMessage
from aio_pika.exceptions import PublishError

from contracts.envelope import Envelope, Unreadable
from contracts.message import Event, Request, Value
from contracts.reply import Accepted, CausedEvent, Failed, Rejected, reply_adapter
from services.chassis.clock import Clock
from services.chassis.errors import Unavailable, told
from services.chassis.ids import new_id
from services.chassis.messaging import topology
from services.chassis.messaging.answering import DEADLINE, IDEMPOTENCY_KEY
from services.chassis.messaging.publishing import BROKER_FAULTS, amqp_message

log = structlog.get_logger()

DEFAULT_TIMEOUT = timedelta(seconds=5)
MAX_IN_FLIGHT = 200


class Requester:
    """Sends requests for one process and gives each caller its reply."""

    def __init__(self, amqp_url: str, *, source: str, clock: Clock) -> None:
        self._url = amqp_url
        self._source = source
        self._clock = clock
        self._reply_queue = ""
        self._waiting: dict[str, _Waiter] = {}
        self._in_flight = asyncio.Semaphore(MAX_IN_FLIGHT)
        self._opening = asyncio.Lock()
        self._connection: AbstractConnection | None = None
        self._channel: AbstractChannel | None = None
        self._exchange: AbstractExchange | None = None
        self._is_in_doubt = False

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()

    async def ask(
        self,
        request: Request,
        *,
        correlation_id: str,
        idempotency_key: str | None = None,
        timeout: timedelta = DEFAULT_TIMEOUT,
    ) -> Accepted | Rejected:
        """The answer of the service that owns `request`.

        With an `idempotency_key` the same request may be sent again and is carried out once. Raises `Unavailable` when
        no answer came within `timeout`: the service or the broker is away, or the service failed.
        """
        try:
            async with asyncio.timeout(timeout.total_seconds()), self._in_flight:
                reply = await self._send_and_wait(request, correlation_id, idempotency_key, timeout)
        except PublishError as error:
            raise Unavailable(f"nobody answers {request.message_type}") from error
        except BROKER_FAULTS as error:
            self._is_in_doubt = True
            raise Unavailable(f"no answer to {request.message_type}: {type(error).__name__}") from error
        if isinstance(reply, Failed):
            raise Unavailable(f"{request.owner()} failed to carry out {request.message_type}")
        return reply

    async def check(self) -> None:
        """Raise one of `BROKER_FAULTS` when no answer could come, though questions were asked."""
        if self._channel is not None:
            self._is_in_doubt = True
            await self._open()

    async def close(self) -> None:
        """Close the connection; who still waits gets `Unavailable`."""
        if self._connection is not None:
            await self._connection.close()
        self._give_up(ConnectionError("closed"))

    async def _send_and_wait(
        self, request: Request, correlation_id: str, idempotency_key: str | None, timeout: timedelta
    ) -> Accepted | Rejected | Failed:
        exchange = await self._open()
        now = self._clock()
        envelope = Envelope.of(request, id=new_id(), source=self._source, time=now, correlation_id=correlation_id)
        headers = {**envelope.headers(), DEADLINE: (now + timeout).isoformat()}
        if idempotency_key:
            headers[IDEMPOTENCY_KEY] = idempotency_key
        waiter = _Waiter(request, asyncio.get_running_loop().create_future())
        self._waiting[str(envelope.id)] = waiter
        try:
            message = amqp_message(
                headers,
                envelope.data,
                correlation_id=str(envelope.id),
                reply_to=self._reply_queue,
                expiration=timeout,
                # It lives for seconds; a broker that restarts has lost its asker as well.
                delivery_mode=DeliveryMode.NOT_PERSISTENT,
            )
            await exchange.publish(message, routing_key=request.message_type, mandatory=True)
            return await waiter.reply
        finally:
            self._waiting.pop(str(envelope.id), None)

    async def _open(self) -> AbstractExchange:
        async with self._opening:
            if self._exchange is not None and await self._hears():
                return self._exchange
            if self._connection is not None:
                await self._connection.close()
            self._connection = await aio_pika.connect(self._url, timeout=5)
            self._connection.close_callbacks.add(lambda *_: self._give_up(ConnectionError("the broker went away")))
            self._channel = await self._connection.channel(publisher_confirms=True, on_return_raises=True)
            # A new name each time: the broker may still hold the last one for a connection that it takes for alive.
            self._reply_queue = f"{self._source}.replies.{uuid4().hex}"
            queue = await self._channel.declare_queue(self._reply_queue, exclusive=True, auto_delete=True)
            await queue.bind(topology.REPLIES, self._reply_queue)
            await queue.consume(self._receive, no_ack=True)
            self._exchange = await self._channel.get_exchange(topology.REQUESTS, ensure=False)
            self._is_in_doubt = False
            return self._exchange

    async def _hears(self) -> bool:
        """Whether answers still come to the reply queue; asked of the broker only when one did not come."""
        if self._channel is None or self._channel.is_closed:
            return False
        if self._is_in_doubt:
            try:
                queue = await self._channel.declare_queue(self._reply_queue, passive=True)
                await queue.bind(topology.REPLIES, self._reply_queue)  # if the exchange was made anew
            except BROKER_FAULTS:
                return False
            self._is_in_doubt = not queue.declaration_result.consumer_count
        return not self._is_in_doubt

    async def _receive(self, message: AbstractIncomingMessage) -> None:
        waiter = self._waiting.get(message.correlation_id or "")
        if waiter is None or waiter.reply.done():
            log.info("reply.late", correlation_id=message.correlation_id)
            return
        try:
            reply = reply_adapter.validate_json(message.body)
            if isinstance(reply, Accepted):
                _check(reply, waiter.request)
        except Exception as error:  # whatever it is, somebody waits for it
            log.error("reply.unreadable", error=told(error), type=waiter.request.message_type)  # noqa: TRY400 (told)
            reply = Failed()
        waiter.reply.set_result(reply)

    def _give_up(self, reason: Exception) -> None:
        for waiter in self._waiting.values():
            if not waiter.reply.done():
                waiter.reply.set_exception(reason)


@dataclass(frozen=True, slots=True)
class _Waiter:
    request: Request
    reply: asyncio.Future[Accepted | Rejected | Failed]


def _check(reply: Accepted, request: Request) -> None:
    """Raises an error for a reply that cannot be read, or brings what its request cannot cause or did not ask."""
    causes = {event.message_type for event in request.causes}
    for event in reply.events:
        if event.type not in causes:
            raise Unreadable(f"{request.message_type} does not cause {event.type}")
        _event(event)
    answer_of(reply, request)


def answer_of(reply: Accepted, request: Request) -> Value | None:
    """What `request` asked, as its model; None for one that asks nothing. Raises `ValidationError` for another one."""
    return None if request.answer is None else request.answer.model_validate(reply.answer)


def events_of(reply: Accepted) -> list[Event]:
    """The events that a reply brought back, as their models."""
    return [event for event in map(_event, reply.events) if isinstance(event, Event)]


def _event(caused: CausedEvent) -> object:
    return Envelope.from_amqp(
        {
            "cloudEvents_id": caused.id,
            "cloudEvents_type": caused.type,
            "cloudEvents_source": caused.source,
            "cloudEvents_time": caused.time,
        },
        caused.data.encode(),
    ).message()
