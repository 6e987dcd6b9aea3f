"""Toy services on a real broker and real databases."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from sqlalchemy import select, text

from services.chassis.messaging.topology import Part
from services.chassis.process import Process
from services.chassis.service import Service
from services.chassis.settings import Settings
from tests.support.infrastructure import Servers
from tests.support.profiles import a_profile
from tests.support.toy import PACKAGE, noted
from tests.support.wire import Wire


class Toys:
    """Makes and starts processes of toy services; those with the same name and `database_url` are replicas."""

    def __init__(self, servers: Servers, database: Callable[[str], str], ends: AsyncExitStack) -> None:
        self.address = servers.broker.plain_address
        self.wire = Wire(self.address)
        self._servers = servers
        self._database = database
        self._ends = ends

    def process(self, name: str, *, asks: bool = False, **settings: Any) -> Process:
        """A process on a fresh database, not started; `settings` override where its neighbours are.

        Its service does nothing; a test fills it in before the start.
        """
        where = {"amqp_url": self.address, **settings}
        if "database_url" not in where:
            where["database_url"] = self._database(PACKAGE)
        neighbours = Settings(**where, secret=secrets.token_hex(8))
        process = Process(Service(name, neighbours, a_profile(), migrations=PACKAGE, asks=asks))
        self._ends.push_async_callback(process.stop)
        return process

    async def declare(self, *processes: Process, extra: Sequence[Part] = ()) -> None:
        """Make the queues of `processes`, and of `extra` parts that nobody runs; all earlier ones are gone."""
        parts = {part.name: part for part in (*extra, *(process.service.part for process in processes))}
        self._servers.broker.plain(parts.values())

    async def start(self, *processes: Process, extra: Sequence[Part] = ()) -> None:
        """Make the queues and start `processes`; return when all are ready."""
        await self.declare(*processes, extra=extra)
        for process in processes:
            await process.start()
        await asyncio.gather(*(process.wait_until_ready(20) for process in processes))


@asynccontextmanager
async def toys_on(servers: Servers, database: Callable[[str], str]) -> AsyncIterator[Toys]:
    """Toys that are stopped at the end, with the test's own wire to the broker."""
    async with AsyncExitStack() as ends:
        toys = Toys(servers, database, ends)
        await ends.enter_async_context(toys.wire)
        yield toys


async def noted_by(process: Process) -> list[tuple[Any, str]]:
    """What a toy has noted: the id and text of each effect, in order."""
    async with process.engine.connect() as connection:
        rows = await connection.execute(select(noted.c.thing_id, noted.c.text).order_by(noted.c.place))
        return [(row.thing_id, row.text) for row in rows]


async def outbox_size(process: Process) -> int:
    """How many events wait in a toy's outbox."""
    async with process.engine.connect() as connection:
        return int(await connection.scalar(text("SELECT count(*) FROM outbox")) or 0)
