"""What a service does: which message goes to which function, and what it does by itself."""

from collections.abc import Awaitable, Callable, Container, Mapping
from dataclasses import dataclass
from datetime import timedelta
from typing import TYPE_CHECKING, TypeVar

from contracts.message import Event, Request
from services.chassis.clock import Clock
from services.chassis.messaging import inbox, outbox, topology
from services.chassis.messaging.answering import RequestHandler
from services.chassis.messaging.consuming import EventHandler
from services.chassis.messaging.projecting import Alongside, Projection
from services.chassis.messaging.replay import History
from services.chassis.profile.profile import Profile
from services.chassis.settings import Settings
from services.chassis.storage.unit_of_work import UnitOfWork

if TYPE_CHECKING:
    from services.chassis.process import Process

E = TypeVar("E", bound=Event)
R = TypeVar("R", bound=Request)
Step = Callable[[UnitOfWork], Awaitable[None]]
Measure = Callable[[UnitOfWork], Awaitable[float]]


@dataclass(frozen=True, slots=True)
class PeriodicStep:
    """A step that runs in a transaction of its own, and again each `period` after it ended."""

    period: timedelta
    step: Step


@dataclass(frozen=True, slots=True)
class BackgroundTask:
    """A task beside the consumers; one that is `at_once` bears that the database and the broker are away."""

    run: "Callable[[Process], Awaitable[None]]"
    at_once: bool


@dataclass(frozen=True, slots=True)
class Gauge:
    """A figure in `/metrics`, measured at each scrape."""

    description: str
    measure: Measure


class Service:
    """One service of the office, filled in by its `app.build`. It connects to nothing; a `Process` runs it.

    Its tables may be read, and what stands in them called: `service.event_handlers[ReadingAccepted](event, work)`.
    `periodic_steps`, `background_tasks` and `gauges` are by name; `asks` tells whether it sends requests to others;
    `database_settings` are PostgreSQL's, of each connection to its database. Its `clock` is the database's own,
    unless a test brings another.
    """

    def __init__(
        self,
        name: str,
        settings: Settings,
        profile: Profile,
        *,
        migrations: str,
        clock: Clock | None = None,
        asks: bool = False,
        database_settings: Mapping[str, str] | None = None,
    ) -> None:
        self.name = name
        self.settings = settings
        self.profile = profile
        self.migrations = migrations
        self.clock = clock
        self.asks = asks
        self.database_settings = database_settings or {}
        self.event_handlers: dict[type[Event], EventHandler] = {}
        self.request_handlers: dict[type[Request], RequestHandler] = {}
        self.projections: dict[type[Event], Projection] = {}
        self.alongside: list[Alongside] = []
        self.histories: list[History] = []
        self.periodic_steps: dict[str, PeriodicStep] = {}
        self.background_tasks: dict[str, BackgroundTask] = {}
        self.gauges: dict[str, Gauge] = {}
        self.every(timedelta(hours=1), inbox.sweep, name="inbox")
        self.gauge("ebok_outbox_messages", "Events that wait for the relay", outbox.waiting)
        self.gauge("ebok_outbox_oldest_seconds", "Age of the oldest event that waits for the relay", outbox.oldest)

    def on(self, event: type[E], handler: Callable[[E, UnitOfWork], Awaitable[None]]) -> None:
        """Give every `event` to `handler`, once, in its own transaction."""
        if self.projections:
            raise TypeError(f"{self.name} projects events, so it cannot also handle them: they share one queue")
        _once(self.event_handlers, event, event.message_type)
        self.event_handlers[event] = handler

    def projects(self, event: type[Event], projection: Projection) -> None:
        """Write `event`s into the read model, many in one transaction."""
        if self.event_handlers:
            raise TypeError(f"{self.name} handles events, so it cannot also project them: they share one queue")
        _once(self.projections, event, event.message_type)
        self.projections[event] = projection

    def projects_alongside(self, step: Alongside) -> None:
        """Run `step` in the transaction of each batch that is projected."""
        self.alongside.append(step)

    def answers(self, request: type[R], handler: Callable[[R, UnitOfWork], Awaitable[None]]) -> None:
        """Let `handler` carry out `request`; what it emits goes back with the reply."""
        _once(self.request_handlers, request, request.message_type)
        self.request_handlers[request] = handler

    def every(self, period: timedelta, step: Step, *, name: str) -> None:
        """Run `step` in a transaction of its own, now and then each `period` after it ended."""
        _once((*self.periodic_steps, *self.background_tasks), name, name)
        self.periodic_steps[name] = PeriodicStep(period, step)

    def background(self, run: "Callable[[Process], Awaitable[None]]", *, name: str, at_once: bool = False) -> None:
        """Run a task beside the consumers; it is started again when it fails.

        It begins when the service is ready, or `at_once`, when it can bear that the database and the broker are away.
        """
        _once((*self.periodic_steps, *self.background_tasks), name, name)
        self.background_tasks[name] = BackgroundTask(run, at_once=at_once)

    def gauge(self, name: str, description: str, measure: Measure) -> None:
        """Show what `measure` returns under `name` in `/metrics`, asked for at each scrape."""
        _once(self.gauges, name, name)
        self.gauges[name] = Gauge(description, measure)

    def replays(self, *histories: History) -> None:
        """Say today's state again as events when a read model is rebuilt; a service that projects has none to say."""
        self.histories.extend(histories)

    @property
    def part(self) -> topology.Part:
        """The service as the broker sees it."""
        consumed = (*self.event_handlers, *self.projections)
        return topology.Part(
            self.name,
            consumes=tuple(sorted(e.message_type for e in consumed)),
            answers=tuple(sorted(r.message_type for r in self.request_handlers)),
            asks=self.asks,
            projects=bool(self.projections),
        )


def _once(known: Container[object], key: object, name: str) -> None:
    if key in known:
        raise TypeError(f"{name} is given twice; one function answers for it")
