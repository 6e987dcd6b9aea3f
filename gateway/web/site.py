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
from services.chassis.profile.profile import Profile
from services.chassis.service import Service
from services.chassis.settings import Settings


class Site:
    """One gateway's parts, made once for a process and given to every page."""

    def __init__(self, service: Service, pool: asyncpg.Pool, files: ObjectStore) -> None:
        self.settings: Settings = service.settings
        self.profile: Profile = service.profile
        self.clock: Clock = service.clock
        self.pool = pool
        self.files = files
        self.counts = MemoryStore()
        self.templates = Templates(service.profile)
        self._service = service

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
        requester = self._service.requester
        if requester is None:
            raise RuntimeError("the gateway's service was built without a requester")
        reply = await requester.ask(request, correlation_id=correlation_id, idempotency_key=idempotency_key)
        if not isinstance(reply, Accepted):
            return reply
        events = events_of(reply)
        await self._service.apply(events)
        return tuple(events)
