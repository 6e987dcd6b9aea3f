"""What the pages stand on: the read model, the other services, the files, the pages."""

from collections.abc import Sequence
from datetime import date, timedelta
from typing import TypeVar

import asyncpg
from litestar.stores.memory import MemoryStore
from obstore.store import ObjectStore

from contracts.message import Event, Request, Value
from contracts.reply import Accepted, Rejected
from gateway.profile import Features, Looks
from gateway.web.looks import looks
from gateway.web.page import Page, menu
from gateway.web.rendering import render
from gateway.web.view import Frame, Html, View
from gateway.web.visitors.pools import Pools
from gateway.web.visitors.visit import Visit
from services.chassis.catalogues import NAMES
from services.chassis.clock import Clock, local_date
from services.chassis.errors import Unavailable
from services.chassis.messaging.requester import Requester, answer_of, events_of
from services.chassis.process import Process
from services.chassis.profile.languages import Languages
from services.chassis.profile.profile import Profile
from services.chassis.settings import Settings

V = TypeVar("V", bound=View)
A = TypeVar("A", bound=Value)

LOOK_UP = timedelta(seconds=2)
"""How long a page waits for an answer that it can do without."""


class Site:
    """One gateway's parts, made once for a process and given to every page."""

    def __init__(self, process: Process, pools: Pools, files: ObjectStore, pages: Sequence[Page]) -> None:
        self.settings: Settings = process.settings
        self.profile: Profile = process.profile
        self.clock: Clock = process.clock
        self.pools = pools
        self.files = files
        self.pages = pages
        self.counts = MemoryStore()
        self._process = process
        self._in_menus = [page for page in pages if page.menu]
        self.looks = looks(process.profile.of(Looks), process.profile.utility.short_name)
        self._features = process.profile.of(Features)
        self._languages = [(code, NAMES[code]) for code in process.profile.of(Languages).offered]

    @property
    def pool(self) -> asyncpg.Pool:
        """For what is nobody's own, such as sessions: its connections see no customer's rows."""
        return self.pools.public

    @property
    def today(self) -> date:
        """The local date in Poland."""
        return local_date(self.clock())

    @property
    def secure(self) -> bool:
        """Whether browsers reach the office by https, so that cookies may demand it."""
        return self.settings.public_url.startswith("https://")

    def cookie(self, name: str) -> str:
        """The name under which a cookie is set: by https one that no other host, path or plain page can set."""
        return f"__Host-{name}" if self.secure else name

    def page(self, visit: Visit, view: V, *, status: int = 200, path: str = "") -> Html[V]:
        """The page that shows `view`.

        `path` is where the language switch comes back to, for a page that answers a form sent to an address of its own.
        """
        whom = visit.customer or visit.clerk
        frame = Frame(
            utility=self.profile.utility,
            features=self._features,
            looks=self.looks,
            lang=visit.lang,
            languages=self._languages,
            path=path or visit.path,
            csrf_token=visit.csrf_token,
            customer=visit.customer,
            clerk=visit.clerk,
            menu=menu(self._in_menus, visit),
            data_updated_at=whom.data_updated_at if whom else None,
            page_ms=visit.milliseconds,
            request_id=visit.request_id,
        )
        return Html(render(frame, view), status, visit.cookies)

    async def ask(
        self, visit: Visit, request: Request, *, idempotency_key: str | None = None
    ) -> tuple[Event, ...] | Rejected:
        """Let the owning service carry `request` out; what it caused is in the read model before this returns.

        Raises `Unavailable` when the service does not answer.
        """
        await visit.release()
        reply = await self._requester.ask(request, correlation_id=visit.request_id, idempotency_key=idempotency_key)
        if not isinstance(reply, Accepted):
            return reply
        events = events_of(reply)
        await self._process.apply(events)
        return tuple(events)

    async def look_up(self, visit: Visit, request: Request, model: type[A]) -> A | None:
        """What the owner of `request` answers, an object of its `answer`; None when it is away or cannot say.

        For what a page can do without, so it does not wait for long.
        """
        await visit.release()
        try:
            reply = await self._requester.ask(request, correlation_id=visit.request_id, timeout=LOOK_UP)
        except Unavailable:
            return None
        answer = answer_of(reply, request) if isinstance(reply, Accepted) else None
        return answer if isinstance(answer, model) else None

    @property
    def _requester(self) -> Requester:
        if self._process.requester is None:
            raise RuntimeError("the gateway was built without `asks`")
        return self._process.requester
