"""One service for tests: on a real database, with a clock that the test moves; messages go the way of the broker's."""

from collections.abc import AsyncIterator, Awaitable, Callable
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any, Self, TypeVar

from sqlalchemy import select, text

from contracts.envelope import Envelope
from contracts.message import Event, Request
from contracts.reply import Accepted, Failed, Rejected
from deploy import catalog
from services.chassis.ids import new_id
from services.chassis.messaging.answering import IDEMPOTENCY_KEY
from services.chassis.process import CONNECTIONS, Process
from services.chassis.profile.profile import Profile
from services.chassis.settings import Settings
from services.chassis.storage.tables import outbox
from services.chassis.storage.unit_of_work import UnitOfWork
from tests.support.profiles import a_profile

E = TypeVar("E", bound=Event)

UnderTest = Callable[..., Awaitable["ServiceUnderTest"]]
"""What the fixture `under_test` gives."""

CORRELATION = "from-the-browser"
"""The correlation id of what a test tells and asks."""


class ServiceUnderTest:
    """A service of the catalogue without a broker; an async context manager. What it publishes stays in its outbox.

    `now` is its clock, which stands still until the test moves it. `process` is not started, so nothing happens by
    itself.
    """

    def __init__(
        self, name: str, settings: Settings, *, profile: Profile | None = None, connections: int = CONNECTIONS
    ) -> None:
        self.profile = profile or a_profile()
        self.now = datetime(2026, 11, 22, 10, 0, tzinfo=UTC)
        service = catalog.entry(name).build(settings, self.profile, lambda: self.now)
        self.process = Process(service, connections=connections)

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.process.stop()

    async def tell(self, *events: Event) -> None:
        """Let the service handle `events`, each a message of its own. Raises what a handler raises."""
        for event in events:
            await self.process.events.handle(self._envelope(event, event.owner()), event)

    async def ask(self, request: Request, key: str | None = None) -> Accepted | Rejected | Failed:
        """The service's reply to `request`; `key` is the form's idempotency key."""
        return await self.process.requests.answer(self._envelope(request, "gateway"), {IDEMPOTENCY_KEY: key})

    @asynccontextmanager
    async def work(self) -> AsyncIterator[UnitOfWork]:
        """A transaction in the service's database, with what it emits in the outbox."""
        async with self.process.work(CORRELATION) as work:
            yield work

    async def published(self, kind: type[E]) -> list[E]:
        """The events of `kind` that the service has emitted, in order."""
        mine = select(outbox.c.body).where(outbox.c.message_type == kind.message_type).order_by(outbox.c.position)
        async with self.process.engine.connect() as connection:
            return [kind.model_validate_json(body) for body in await connection.scalars(mine)]

    async def said_again(self) -> list[Event]:
        """What the service tells in a replay."""
        async with self.process.engine.connect() as connection:
            return [event for history in self.process.service.histories async for event in history(connection)]

    async def rows(self, query: str, **values: object) -> list[Any]:
        """What `query` finds in the service's database."""
        async with self.process.engine.connect() as connection:
            return list(await connection.execute(text(query), values))

    async def do(self, statement: str) -> None:
        """Change the service's database behind its back."""
        async with self.process.engine.begin() as connection:
            await connection.execute(text(statement))

    def _envelope(self, message: Event | Request, source: str) -> Envelope:
        return Envelope.of(message, id=new_id(), source=source, time=self.now, correlation_id=CORRELATION)
