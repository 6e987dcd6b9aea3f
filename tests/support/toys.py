"""Toy services on a real broker and real databases."""

import asyncio
import secrets
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import AsyncExitStack, asynccontextmanager
from typing import Any

from sqlalchemy import select, text

from deploy.profiles import load_profile
from services.chassis.messaging.topology import Part
from services.chassis.service import Service
from services.chassis.settings import Settings
from tests.support.infrastructure import Servers
from tests.support.toy import PACKAGE, noted
from tests.support.wire import Wire


class Toys:
    """Makes and starts toy services; those with the same name and `database_url` are replicas."""

    def __init__(self, servers: Servers, database: Callable[[str], str], ends: AsyncExitStack) -> None:
        self.address = servers.broker.plain_address
        self.wire = Wire(self.address)
        self._servers = servers
        self._database = database
        self._ends = ends

    def service(self, name: str, *, asks: bool = False, **settings: Any) -> Service:
        """A service on a fresh database, not started; `settings` override where its neighbours are."""
        where = {"amqp_url": self.address, **settings}
        if "database_url" not in where:
            where["database_url"] = self._database(PACKAGE)
        service = Service(
            name, Settings(**where, secret=secrets.token_hex(8)), load_profile("demo"), migrations=PACKAGE, asks=asks
        )
        self._ends.push_async_callback(service.stop)
        return service

    async def declare(self, *services: Service, extra: Sequence[Part] = ()) -> None:
        """Make the queues of `services`, and of `extra` parts that nobody runs; all earlier ones are gone."""
        parts = {part.name: part for part in (*extra, *(service.part for service in services))}
        self._servers.broker.plain(parts.values())

    async def start(self, *services: Service, extra: Sequence[Part] = ()) -> None:
        """Make the queues and start `services`; return when all are ready."""
        await self.declare(*services, extra=extra)
        for service in services:
            await service.start()
        await asyncio.gather(*(service.wait_until_ready(20) for service in services))


@asynccontextmanager
async def toys_on(servers: Servers, database: Callable[[str], str]) -> AsyncIterator[Toys]:
    """Toys that are stopped at the end, with the test's own wire to the broker."""
    async with AsyncExitStack() as ends:
        toys = Toys(servers, database, ends)
        await ends.enter_async_context(toys.wire)
        yield toys


async def noted_by(service: Service) -> list[tuple[Any, str]]:
    """What a toy has noted: the id and text of each effect, in order."""
    async with service.engine.connect() as connection:
        rows = await connection.execute(select(noted.c.thing_id, noted.c.text).order_by(noted.c.place))
        return [(row.thing_id, row.text) for row in rows]


async def outbox_size(service: Service) -> int:
    """How many events wait in a toy's outbox."""
    async with service.engine.connect() as connection:
        return int(await connection.scalar(text("SELECT count(*) FROM outbox")) or 0)
