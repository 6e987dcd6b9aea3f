"""The fixtures of all tests. Nothing here starts a server until a test asks for something that needs it."""

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from typing import Any

import pytest
import structlog

from deploy import catalog
from services.chassis.process import CONNECTIONS
from services.chassis.profile.profile import Profile
from services.chassis.settings import Settings
from tests.support.infrastructure import Servers
from tests.support.mailbox import Mailbox
from tests.support.service import ServiceUnderTest, UnderTest
from tests.support.stack import Stack
from tests.support.toys import Toys, toys_on
from tests.support.workers import RUN


@pytest.fixture(autouse=True)
def plain_logs() -> None:
    """Short lines: the default rendering of a fault takes a tenth of a second and prints every local variable."""
    structlog.configure(
        processors=[
            structlog.contextvars.merge_contextvars,
            structlog.processors.add_log_level,
            structlog.dev.ConsoleRenderer(colors=False, exception_formatter=structlog.dev.plain_traceback),
        ]
    )


@pytest.fixture(scope="session")
def servers(pytestconfig: pytest.Config) -> Servers:
    """Broker and database server of this run."""
    return Servers(pytestconfig.stash[RUN])


@pytest.fixture
def database_url(servers: Servers) -> Iterator[str]:
    """An empty database for a role that owns it."""
    url = servers.database.empty()
    yield url
    servers.database.drop(url)


@pytest.fixture
def database(servers: Servers) -> Iterator[Callable[[str], str]]:
    """Gives the address of a fresh database with the tables of a package, such as `services.billing`."""
    made: list[str] = []

    def fresh(package: str) -> str:
        made.append(servers.database.migrated(package))
        return made[-1]

    yield fresh
    for url in made:
        servers.database.drop(url)


@pytest.fixture
async def under_test(database: Callable[[str], str]) -> AsyncIterator[UnderTest]:
    """Gives a service of the catalogue on a fresh database.

    `billing = await under_test("billing")`. Keyword arguments are settings, and `profile` and `connections` as
    `ServiceUnderTest` has them.
    """
    async with AsyncExitStack() as ends:

        async def fresh(
            name: str, *, profile: Profile | None = None, connections: int = CONNECTIONS, **settings: Any
        ) -> ServiceUnderTest:
            url = database(catalog.entry(name).package)
            where = Settings(database_url=url, **settings)
            service = ServiceUnderTest(name, where, profile=profile, connections=connections)
            return await ends.enter_async_context(service)

        yield fresh


@pytest.fixture
async def toys(servers: Servers, database: Callable[[str], str]) -> AsyncIterator[Toys]:
    """Toy services for tests of the chassis; they share one set of queues, so one test at a time."""
    async with toys_on(servers, database) as toys:
        yield toys


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A mail server of our own that keeps what it takes."""
    with Mailbox() as mailbox:
        yield mailbox


@pytest.fixture(scope="module")
def wloclawek(servers: Servers) -> Iterator[Stack]:
    """The running office of Włocławek, nothing loaded."""
    with Stack(servers, "wloclawek") as stack:
        yield stack


@pytest.fixture(scope="module")
def demo(servers: Servers) -> Iterator[Stack]:
    """The running office with everything on, nothing loaded."""
    with Stack(servers, "demo") as stack:
        yield stack
