"""What the pages stand on: the read model, the other services, the files, the templates."""

from datetime import date

import asyncpg
from litestar.stores.memory import MemoryStore
from obstore.store import ObjectStore

from contracts.message import Event, Request
from contracts.reply import Accepted, Rejected
from gateway.web.rendering import Templates
from services.chassis.clock import Clock, local_date
from services.chassis.messaging.requester import events_of
from services.chassis.process import Process
from services.chassis.profile.profile import Profile
from services.chassis.settings import Settings


class Site:
    """One gateway's parts, made once for a process and given to every page."""

    def __init__(self, process: Process, pool: asyncpg.Pool, files: ObjectStore) -> None:
        self.settings: Settings = process.settings
        self.profile: Profile = process.profile
        self.clock: Clock = process.clock
        self.pool = pool
        self.files = files
        self.counts = MemoryStore()
        self.templates = Templates(process.profile)
        self._process = process

    @property
    def today(self) -> date:
        """The local date in Poland."""
        return local_date(self.clock())

    @property
    def secure(self) -> bool:
        """Whether browsers reach the office by https, so that cookies may demand it."""
        return self.settings.public_url.startswith("https://")

    async def ask(
        self, request: Request, *, correlation_id: str, idempotency_key: str | None = None
    ) -> tuple[Event, ...] | Rejected:
        """Let the owning service carry `request` out; what it caused is in the read model before this returns.

        Raises `Unavailable` when the service does not answer.
        """
        requester = self._process.requester
        if requester is None:
            raise RuntimeError("the gateway was built without `asks`")
        reply = await requester.ask(request, correlation_id=correlation_id, idempotency_key=idempotency_key)
        if not isinstance(reply, Accepted):
            return reply
        events = events_of(reply)
        await self._process.apply(events)
        return tuple(events)
