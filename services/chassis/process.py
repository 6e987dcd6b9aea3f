"""The process of a service: its connections, what runs in it, and how it starts and ends."""

import asyncio
import contextlib
import signal
import time
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from functools import partial
from typing import Self

import prometheus_client
import structlog
from faststream.rabbit import QueueType
from granian.server.embed import Server
from prometheus_client import CollectorRegistry, ProcessCollector
from structlog.contextvars import bound_contextvars

from contracts.message import Event
from services.chassis.clock import Clock
from services.chassis.errors import told
from services.chassis.ids import new_id
from services.chassis.messaging import inbox, replay, topology
from services.chassis.messaging.answering import RequestConsumer
from services.chassis.messaging.consuming import EventConsumer
from services.chassis.messaging.failing import FailedEvents
from services.chassis.messaging.outbox import Relay
from services.chassis.messaging.projecting import Projector
from services.chassis.messaging.publishing import BROKER_FAULTS, ConfirmedChannel
from services.chassis.messaging.requester import Requester
from services.chassis.messaging.subscriptions import AnySubscription, BatchSubscription, Subscription, Subscriptions
from services.chassis.ops import ops_server
from services.chassis.service import PeriodicStep, Service
from services.chassis.storage import database_clock
from services.chassis.storage.database import is_away, open_engine, pending_migration
from services.chassis.storage.database_clock import DatabaseClock
from services.chassis.storage.transactions import Transactions
from services.chassis.storage.unit_of_work import UnitOfWork
from services.chassis.tasks import Tasks

log = structlog.get_logger()

EVENTS_AT_ONCE = 8
"""Events of one service that are handled at the same time; each holds a database connection."""

PROJECTED_AT_ONCE = 500
"""Twice as many as a batch takes; more would only be held in memory, ten kilobytes each."""
REQUESTS_AT_ONCE = 8
CONNECTIONS = EVENTS_AT_ONCE + REQUESTS_AT_ONCE + 4
"""Database connections of one process: one for whatever is handled, and some for periodic steps and health."""

RETRY_SECONDS = 1.0

PROBE_SECONDS = 1.5
"""How long the database and the broker, asked at the same time, may take to show that they work; whoever asks for
readiness waits 3 s."""

FULL_SECONDS = 60.0
"""How long a database that had no room for something counts as full."""

STANDING_SECONDS = 20.0
"""How long one delivery may be in hand before the service counts as standing still; most take milliseconds."""
LEAST_SECRET = 16


class Process:
    """A service that runs, or a command that works in a service's database without running it.

    Making one connects to nothing. `start` returns at once and the process becomes ready as its database, its
    migrations and the broker come up, in whatever order; `stop` lets what is in flight finish. As an async context
    manager it stops at the end. `events`, `requests` and `projector` are where its deliveries go; `requester` asks
    other services, if this one does; `registry` holds what `/metrics` shows.
    """

    def __init__(self, service: Service, *, connections: int = CONNECTIONS) -> None:
        self.service = service
        self.name = service.name
        self.settings = service.settings
        self.profile = service.profile
        self.clock: Clock = service.clock or DatabaseClock()
        self.registry = CollectorRegistry()
        self._ops: Server | None = None
        self._waits_for: dict[str, str] = {}
        self._tasks = Tasks(self.registry)
        self._counters: dict[str, prometheus_client.Counter] = {}
        self._connect(connections)
        ProcessCollector(registry=self.registry)
        self._clock_ahead = prometheus_client.Gauge(
            "ebok_clock_ahead_seconds", "The machine's clock, ahead of the database's", registry=self.registry
        )
        self._gauges = {
            prometheus_client.Gauge(name, gauge.description, registry=self.registry): gauge.measure
            for name, gauge in service.gauges.items()
        }

    def _connect(self, connections: int) -> None:
        service, settings = self.service, self.settings
        database_url = settings.database_url or "postgresql://"
        self.engine = open_engine(
            database_url,
            application_name=f"ebok {self.name}",
            pool_size=connections,
            settings=service.database_settings,
        )
        self._publisher = ConfirmedChannel(settings.amqp_url)
        self._relay = Relay(database_url, self._publisher)
        self._transactions = Transactions(
            self.engine,
            source=self.name,
            settings=settings,
            profile=self.profile,
            clock=self.clock,
            committed=self._relay.wake,
        )
        failed = FailedEvents(self.name, self._publisher)
        self.events = EventConsumer(service.event_handlers, self._transactions, failed)
        self.requests = RequestConsumer(service.request_handlers, self._transactions, self._publisher, self.registry)
        self.projector = Projector(service.projections, self.engine, failed, self.clock, service.alongside)
        self.requester = Requester(settings.amqp_url, source=self.name, clock=self.clock) if service.asks else None
        self._subscriptions = Subscriptions(settings.amqp_url, app_name=f"ebok-{self.name}", registry=self.registry)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.stop()

    @contextlib.asynccontextmanager
    async def work(self, correlation_id: str = "") -> AsyncIterator[UnitOfWork]:
        """A unit of work outside of any message: for periodic steps, the command line and tests."""
        async with self._transactions.begin(correlation_id or str(new_id())) as work:
            yield work

    async def apply(self, events: Sequence[Event]) -> None:
        """Project events that came with a reply, before the page that shows them."""
        await self.projector.apply(events)

    async def replay(self, told: Callable[[int], None] = lambda _count: None) -> int:
        """Say the service's present state again to read models, see `messaging.replay`; how many events."""
        return await replay.replay(
            self.service.histories,
            source=self.name,
            engine=self.engine,
            amqp_url=self.settings.amqp_url,
            clock=self.clock,
            told=told,
        )

    async def problems(self) -> Mapping[str, str]:
        """What keeps the service from its work now, by part; empty when it is ready."""
        if self._waits_for:
            return dict(self._waits_for)
        database, broker = await asyncio.gather(
            _in_time(self._database_problem(), "does not answer"),
            # An alarm of the broker (memory, disk) keeps the confirm back just as an absent one does.
            _in_time(self._broker_problem(), "takes no messages"),
        )
        standing = self._subscriptions.oldest_in_hand
        found = {
            "database": database,
            "broker": broker,
            "messages": f"one has been in hand for {standing:.0f} s" if standing > STANDING_SECONDS else "",
        }
        return {part: problem for part, problem in found.items() if problem}

    async def _database_problem(self) -> str:
        """Whether a row could be written: a standby and a full disk still answer questions. It is rolled back."""
        try:
            async with self.engine.connect() as connection:
                await inbox.is_new(connection, new_id())
        except Exception as error:
            return f"takes nothing: {told(error)}"
        full_at = self._transactions.full_at  # one row may still find room
        return "has no room left" if full_at and time.monotonic() - full_at < FULL_SECONDS else ""

    async def _broker_problem(self) -> str:
        if not self._subscriptions.are_started:  # a command, or a service that reads nothing
            return ""
        try:
            await self._publisher.probe(self.name)
        except BROKER_FAULTS as error:
            return f"takes no messages: {told(error)}"
        if not await self._subscriptions.are_connected():
            return "brings no messages: the connection for them is down"
        try:
            readers = {queue: await self._publisher.readers_of(queue) for queue in self._subscriptions.queues}
            if unread := [queue for queue, count in readers.items() if not count]:
                state = "is gone" if readers[unread[0]] is None else "is read by nobody"
                return f"brings no messages: the queue {unread[0]} {state}"
            if self.requester is not None:
                await self.requester.check()
        except BROKER_FAULTS as error:
            return f"brings no answers: {told(error)}"
        return ""

    def counter(self, name: str, description: str, label: str) -> prometheus_client.Counter:
        """The counter `name` in `registry`, by the values of `label`; made at the first call.

        For a background task, which begins anew after a fault.
        """
        if name not in self._counters:
            self._counters[name] = prometheus_client.Counter(name, description, [label], registry=self.registry)
        return self._counters[name]

    async def measure(self) -> None:
        """Bring the service's gauges in `registry` up to date; a database that is away leaves them as they were."""
        if problem := await _in_time(self._measured(), "not in time"):
            log.warning("metrics.not_measured", error=problem)

    async def _measured(self) -> str:
        try:
            async with self.work() as work:
                for gauge, measure in self._gauges.items():
                    gauge.set(await measure(work))
        except Exception as error:
            return type(error).__name__
        return ""

    async def start(self) -> None:
        """Start the operators' server and, as its neighbours come up, everything else.

        Raises ValueError when the secret is too short to sign or fingerprint anything with.
        """
        if len(self.settings.secret) < LEAST_SECRET:
            raise ValueError(f"EBOK_SECRET must have at least {LEAST_SECRET} characters")
        self._waits_for = {"start": "the service is starting"}
        if self.settings.ops_port:
            self._ops = ops_server(self.settings, self.registry, self.problems, self.measure)
            self._tasks.run(self._ops.serve())
        self._keep_background(at_once=True)
        self._tasks.run(self._come_up())

    async def wait_until_ready(self, timeout: float = 60.0) -> None:
        """Return when the service is ready; `TimeoutError` after `timeout` seconds."""
        async with asyncio.timeout(timeout):
            while await self.problems():
                await asyncio.sleep(0.05)

    async def stop(self) -> None:
        """Let handlers in flight finish (at most `DRAIN_SECONDS`), then close every connection."""
        await self._subscriptions.stop()
        if self._ops is not None:
            self._ops.stop()  # type: ignore[no-untyped-call]  # granian says nothing of its types
        await self._tasks.stop()
        if self.requester is not None:
            await self.requester.close()
        await self._publisher.close()
        await self.engine.dispose()

    async def run(self) -> None:
        """Run until SIGTERM or SIGINT."""
        asked_to_stop = asyncio.Event()
        loop = asyncio.get_running_loop()
        for number in (signal.SIGTERM, signal.SIGINT):
            loop.add_signal_handler(number, asked_to_stop.set)
        await self.start()
        await asked_to_stop.wait()
        await self.stop()
        log.info("service.stopped", name=self.name)

    async def _come_up(self) -> None:
        with bound_contextvars(correlation_id=f"start-{new_id()}"):
            await self._until("database", self._database_is_ready)
            if subscribed := self._subscribed():
                await self._until("broker", partial(self._subscriptions.start, *subscribed))
        self._tasks.keep("clock", self._keep_clock)
        self._tasks.keep("relay", self._relay.run)
        for name, periodic in self.service.periodic_steps.items():
            self._tasks.keep(name, partial(self._repeat, name, periodic))
        self._keep_background(at_once=False)
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
        missing = await pending_migration(self.engine, self.service.migrations)
        if missing is not None:
            raise _NotYet(f"the database lacks migration {missing}; run: ebok migrate {self.name}")
        await self._follow_clock()

    async def _follow_clock(self) -> None:
        if isinstance(self.clock, DatabaseClock):
            await self.clock.follow(self.engine)
            self._clock_ahead.set(self.clock.machine_ahead.total_seconds())

    async def _keep_clock(self) -> None:
        while True:
            await asyncio.sleep(database_clock.EVERY_SECONDS)
            try:
                await self._follow_clock()
            except Exception as error:
                log.warning("clock.not_followed", error=told(error))

    def _subscribed(self) -> list[AnySubscription]:
        events, requests = topology.events_queue(self.name), topology.requests_queue(self.name)
        found: list[AnySubscription] = []
        if self.service.event_handlers:
            found.append(Subscription(events, QueueType.QUORUM, EVENTS_AT_ONCE, self.events.receive))
        if self.service.projections:
            found.append(BatchSubscription(events, PROJECTED_AT_ONCE, self.projector.receive))
        if self.service.request_handlers:
            found.append(Subscription(requests, QueueType.CLASSIC, REQUESTS_AT_ONCE, self.requests.receive))
        return found

    async def _repeat(self, name: str, periodic: PeriodicStep) -> None:
        while True:
            try:
                async with self.work() as work:
                    await periodic.step(work)
            except Exception as error:
                log.warning("step.failed", step=name, error=told(error))
            await asyncio.sleep(periodic.period.total_seconds())

    def _keep_background(self, *, at_once: bool) -> None:
        for name, task in self.service.background_tasks.items():
            if task.at_once is at_once:
                self._tasks.keep(name, partial(task.run, self))


_left: set[asyncio.Task[str]] = set()
"""Probes that were given up; each ends by itself, and without a reference here it might be collected before."""


async def _in_time(probe: Coroutine[None, None, str], otherwise: str) -> str:
    """What `probe` finds, or `otherwise` after `PROBE_SECONDS`.

    The end of what hangs is not waited for: to close a connection that does not answer takes seconds more.
    """
    task = asyncio.create_task(probe)
    done, _ = await asyncio.wait({task}, timeout=PROBE_SECONDS)
    if done:
        return task.result()
    _left.add(task)
    task.add_done_callback(_left.discard)
    task.cancel()
    return f"{otherwise}: TimeoutError"


class _NotYet(Exception):
    """Something that another step must do first."""
