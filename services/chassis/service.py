"""A service: which message goes to which function, and the life of the process around it."""

import asyncio
import contextlib
import functools
import signal
from collections.abc import AsyncIterator, Awaitable, Callable, Mapping, Sequence
from datetime import timedelta
from typing import Any

import structlog
from faststream import AckPolicy
from faststream.rabbit import Channel, QueueType, RabbitBroker, RabbitQueue
from faststream.rabbit.annotations import RabbitMessage
from faststream.rabbit.prometheus import RabbitPrometheusMiddleware
from granian.server.embed import Server
from prometheus_client import CollectorRegistry, Counter, Gauge, ProcessCollector
from sqlalchemy import func, select
from sqlalchemy.ext.asyncio import AsyncConnection
from structlog.contextvars import bound_contextvars

from contracts.message import Event, Request
from services.chassis.clock import Clock, system_clock
from services.chassis.errors import told
from services.chassis.ids import new_id
from services.chassis.messaging import inbox, topology
from services.chassis.messaging.answering import RequestConsumer, RequestHandler
from services.chassis.messaging.consuming import EventConsumer, EventHandler
from services.chassis.messaging.failing import FailedEvents
from services.chassis.messaging.outbox import Relay
from services.chassis.messaging.projecting import Alongside, Projection, Projector
from services.chassis.messaging.publishing import BROKER_FAULTS, ConfirmedChannel
from services.chassis.messaging.requester import Requester
from services.chassis.ops import ops_server
from services.chassis.profile.profile import Profile
from services.chassis.settings import Settings
from services.chassis.storage.database import is_away, open_engine, pending_migration
from services.chassis.storage.tables import outbox
from services.chassis.storage.transactions import Transactions
from services.chassis.storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

Step = Callable[[UnitOfWork], Awaitable[None]]
History = Callable[[AsyncConnection], AsyncIterator[Event]]
Measure = Callable[[UnitOfWork], Awaitable[float]]

EVENTS_AT_ONCE = 8
"""Events of one service that are handled at the same time; each holds a database connection."""

PROJECTED_AT_ONCE = 1000
REQUESTS_AT_ONCE = 8
CONNECTIONS = EVENTS_AT_ONCE + REQUESTS_AT_ONCE + 4
"""Database connections of one process: one for whatever is handled, and some for periodic steps and health."""

RETRY_SECONDS = 1.0
LEAST_SECRET = 16
DRAIN_SECONDS = 15.0


class Service:
    """One service of the office, built by its `app.build` and started by `ebok serve` or a test.

    Building it connects to nothing. `start` returns at once and the service becomes ready as its database, its
    migrations and the broker come up, in whatever order; `stop` lets what is in flight finish.
    """

    def __init__(
        self,
        name: str,
        settings: Settings,
        profile: Profile,
        *,
        migrations: str,
        clock: Clock = system_clock,
        asks: bool = False,
    ) -> None:
        self.name = name
        self.settings = settings
        self.profile = profile
        self.migrations = migrations
        self.clock = clock
        self.registry = CollectorRegistry()
        self.histories: list[History] = []
        self._event_handlers: dict[type[Event], EventHandler] = {}
        self._request_handlers: dict[type[Request], RequestHandler] = {}
        self._projections: dict[type[Event], Projection] = {}
        self._alongside: list[Alongside] = []
        self._background: dict[str, Callable[[Service], Awaitable[None]]] = {}
        self._at_once: dict[str, Callable[[Service], Awaitable[None]]] = {}
        self._measures: dict[Gauge, Measure] = {}
        self._tasks: list[asyncio.Task[None]] = []
        self._broker: RabbitBroker | None = None
        self._ops: Server | None = None
        self._waits_for: dict[str, str] = {}
        self._connect(asks=asks)
        self._observe()
        self.every(timedelta(hours=1), inbox.sweep, name="inbox")

    # What the service does; `app.build` calls these.

    def on(self, event: type[Event], handler: EventHandler) -> None:
        """Give every `event` to `handler`, once, in its own transaction."""
        if self._projections:
            raise TypeError(f"{self.name} projects events, so it cannot also handle them: they share one queue")
        _once(self._event_handlers, event, event.message_type)
        self._event_handlers[event] = handler

    def projects(self, event: type[Event], projection: Projection) -> None:
        """Write `event`s into the read model, many in one transaction."""
        if self._event_handlers:
            raise TypeError(f"{self.name} handles events, so it cannot also project them: they share one queue")
        _once(self._projections, event, event.message_type)
        self._projections[event] = projection

    def answers(self, request: type[Request], handler: RequestHandler) -> None:
        """Let `handler` carry out `request`; what it emits goes back with the reply."""
        _once(self._request_handlers, request, request.message_type)
        self._request_handlers[request] = handler

    def every(self, period: timedelta, step: Step, *, name: str) -> None:
        """Run `step` in a transaction of its own, now and then each `period` after it ended."""

        async def repeat(service: Service) -> None:
            while True:
                try:
                    async with service.work() as work:
                        await step(work)
                except Exception as error:
                    log.warning("step.failed", step=name, error=told(error))
                await asyncio.sleep(period.total_seconds())

        self.background(repeat, name=name)

    def background(self, task: "Callable[[Service], Awaitable[None]]", *, name: str, at_once: bool = False) -> None:
        """Run `task` beside the consumers; it is started again when it fails.

        It begins when the service is ready, or `at_once`, when it can bear that the database and the broker are away.
        """
        tasks = self._at_once if at_once else self._background
        _once(tasks, name, name)
        tasks[name] = task

    def gauge(self, name: str, description: str, measure: Measure) -> None:
        """Show what `measure` returns under `name` in `/metrics`, asked for at each scrape."""
        self._measures[Gauge(name, description, registry=self.registry)] = measure

    def replays(self, *histories: History) -> None:
        """Say today's state again as events when a read model is rebuilt; a service that projects has none to say."""
        self.histories.extend(histories)

    def projects_alongside(self, step: Alongside) -> None:
        """Run `step` in the transaction of each batch that is projected."""
        self._alongside.append(step)

    # What others ask it.

    @property
    def part(self) -> topology.Part:
        """The service as the broker sees it."""
        consumed = (*self._event_handlers, *self._projections)
        return topology.Part(
            self.name,
            consumes=tuple(sorted(e.message_type for e in consumed)),
            answers=tuple(sorted(r.message_type for r in self._request_handlers)),
            asks=self.requester is not None,
            projects=bool(self._projections),
        )

    @contextlib.asynccontextmanager
    async def work(self, correlation_id: str = "") -> AsyncIterator[UnitOfWork]:
        """A unit of work outside of any message: for periodic steps, the command line and tests."""
        async with self.transactions.begin(correlation_id or str(new_id())) as work:
            yield work

    async def apply(self, events: Sequence[Event]) -> None:
        """Project events that came with a reply, before the page that shows them."""
        await self._projector.apply(events)

    async def problems(self) -> Mapping[str, str]:
        """What keeps the service from its work now, by part; empty when it is ready."""
        found = dict(self._waits_for)
        if not found:
            try:
                async with asyncio.timeout(2), self.engine.connect() as connection:
                    await connection.execute(select(1))
            except Exception as error:
                found["database"] = f"does not answer: {type(error).__name__}"
            if self._broker is not None and not await self._broker.ping(timeout=2):
                found["broker"] = "does not answer"
        return found

    # Its life.

    async def start(self) -> None:
        """Start the operators' server and, as its neighbours come up, everything else.

        Raises ValueError when the secret is too short to sign or fingerprint anything with.
        """
        if len(self.settings.secret) < LEAST_SECRET:
            raise ValueError(f"EBOK_SECRET must have at least {LEAST_SECRET} characters")
        self._waits_for = {"start": "the service is starting"}
        if self.settings.ops_port:
            self._ops = ops_server(self.settings, self.registry, self.problems, self._measure)
            self._tasks.append(asyncio.create_task(self._ops.serve()))
        self._keep_all(self._at_once)
        self._tasks.append(asyncio.create_task(self._come_up()))

    async def wait_until_ready(self, timeout: float = 60.0) -> None:
        """Return when the service is ready; `TimeoutError` after `timeout` seconds."""
        async with asyncio.timeout(timeout):
            while await self.problems():
                await asyncio.sleep(0.05)

    async def stop(self) -> None:
        """Let handlers in flight finish (at most `DRAIN_SECONDS`), then close every connection."""
        if self._broker is not None:
            await self._broker.stop()
        if self._ops is not None:
            self._ops.stop()  # type: ignore[no-untyped-call]
        for task in self._tasks:
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)
        self._tasks.clear()
        if self.requester is not None:
            await self.requester.close()
        await self._publisher.close()
        await self.engine.dispose()
        log.info("service.stopped", name=self.name)

    async def run(self) -> None:
        """Run until SIGTERM or SIGINT."""
        asked_to_stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, asked_to_stop.set)
        await self.start()
        await asked_to_stop.wait()
        await self.stop()

    def _connect(self, *, asks: bool) -> None:
        settings = self.settings
        self.engine = open_engine(
            settings.database_url or "postgresql://", application_name=f"ebok {self.name}", pool_size=CONNECTIONS
        )
        self._publisher = ConfirmedChannel(settings.amqp_url)
        self._relay = Relay(settings.database_url or "postgresql://", self._publisher)
        self._failed = FailedEvents(self.name, self._publisher)
        self.requester = Requester(settings.amqp_url, source=self.name, clock=self.clock) if asks else None
        self.transactions = Transactions(
            self.engine,
            source=self.name,
            settings=settings,
            profile=self.profile,
            clock=self.clock,
            committed=self._relay.wake,
        )
        self._projector = Projector(self._projections, self.engine, self._failed, self.clock, self._alongside)

    def _observe(self) -> None:
        ProcessCollector(registry=self.registry)
        self._failures = Counter(
            "ebok_background_failures", "Background tasks that ended by a fault", ["task"], registry=self.registry
        )
        self.gauge("ebok_outbox_messages", "Events that wait for the relay", _outbox_size)
        self.gauge("ebok_outbox_oldest_seconds", "Age of the oldest event that waits for the relay", _outbox_age)

    async def _come_up(self) -> None:
        with bound_contextvars(correlation_id=f"start-{new_id()}"):
            await self._until("database", self._database_is_ready)
            if self._event_handlers or self._projections or self._request_handlers:
                await self._until("broker", self._consume)
        self._keep("relay", self._relay.run)
        if self._projections:
            self._keep("projector", self._projector.run)
        self._keep_all(self._background)
        self._waits_for = {}
        log.info("service.ready", name=self.name)

    async def _until(self, what: str, attempt: Callable[[], Awaitable[None]]) -> None:
        while True:
            try:
                await attempt()
            except Exception as error:
                if not (is_away(error) or isinstance(error, (*BROKER_FAULTS, _NotYet))):
                    log.exception("service.cannot_start", part=what)
                reason = told(error)
                if self._waits_for != {what: reason}:
                    log.warning("service.waits", part=what, reason=reason)
                self._waits_for = {what: reason}
                await asyncio.sleep(RETRY_SECONDS)
            else:
                return

    async def _database_is_ready(self) -> None:
        missing = await pending_migration(self.engine, self.migrations)
        if missing is not None:
            raise _NotYet(f"the database lacks migration {missing}; run: ebok migrate {self.name}")

    async def _consume(self) -> None:
        broker = RabbitBroker(
            self.settings.amqp_url,
            middlewares=[RabbitPrometheusMiddleware(registry=self.registry, app_name=f"ebok-{self.name}")]
            if self._broker is None
            else [],
            ack_policy=AckPolicy.MANUAL,
            decoder=_whole_message,
            apply_types=False,
            graceful_timeout=DRAIN_SECONDS,
            logger=None,
            reconnect_interval=RETRY_SECONDS,
        )
        if self._event_handlers:
            events = EventConsumer(self._event_handlers, self.transactions, self._failed)
            _subscribe(broker, topology.events_queue(self.name), QueueType.QUORUM, EVENTS_AT_ONCE, events.receive)
        if self._projections:
            queue = topology.events_queue(self.name)
            _subscribe(broker, queue, QueueType.QUORUM, PROJECTED_AT_ONCE, self._projector.receive)
        if self._request_handlers:
            requests = RequestConsumer(self._request_handlers, self.transactions, self._publisher)
            queue = topology.requests_queue(self.name)
            _subscribe(broker, queue, QueueType.CLASSIC, REQUESTS_AT_ONCE, requests.receive)
        try:
            await broker.start()
        except BaseException:
            await broker.stop()
            raise
        self._broker = broker

    def _keep_all(self, tasks: "Mapping[str, Callable[[Service], Awaitable[None]]]") -> None:
        for name, task in tasks.items():
            self._keep(name, functools.partial(task, self))

    def _keep(self, name: str, task: Callable[[], Awaitable[None]]) -> None:
        async def keep() -> None:
            while True:
                try:
                    await task()
                except Exception:
                    self._failures.labels(name).inc()
                    log.exception("background.failed", task=name)
                    await asyncio.sleep(RETRY_SECONDS)
                else:
                    return

        self._tasks.append(asyncio.create_task(keep(), name=f"{self.name}.{name}"))

    async def _measure(self) -> None:
        try:
            async with asyncio.timeout(2), self.work() as work:
                for gauge, measure in self._measures.items():
                    gauge.set(await measure(work))
        except Exception as error:
            log.warning("metrics.not_measured", error=type(error).__name__)


def _once(known: Mapping[Any, object], key: object, name: str) -> None:
    if key in known:
        raise TypeError(f"{name} is given twice; one function answers for it")


class _NotYet(Exception):
    """Something that another step must do first."""


async def _whole_message(message: RabbitMessage) -> RabbitMessage:
    """Hand the delivery itself to the receiver: what is in it is ours to read, and ours to park when unreadable."""
    return message


def _subscribe(
    broker: RabbitBroker,
    queue: str,
    queue_type: QueueType,
    at_once: int,
    receive: Callable[[RabbitMessage], Awaitable[None]],
) -> None:
    subscriber = broker.subscriber(
        RabbitQueue(queue, queue_type=queue_type, durable=True, declare=False),  # type: ignore[call-overload]
        channel=Channel(prefetch_count=at_once),
        title=queue,
        no_reply=True,  # RequestConsumer replies itself, through `ebok.replies`
    )

    async def deliver(message: Any) -> None:
        await receive(message)

    subscriber(deliver)


async def _outbox_size(work: UnitOfWork) -> float:
    return float(await work.connection.scalar(select(func.count()).select_from(outbox)) or 0)


async def _outbox_age(work: UnitOfWork) -> float:
    oldest = await work.connection.scalar(select(func.min(outbox.c.written_at)))
    return (work.now - oldest).total_seconds() if oldest else 0.0
