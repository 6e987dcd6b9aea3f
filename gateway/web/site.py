"""What the pages stand on: the read model, the other services, the files, the pages."""

from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from functools import cache, partial
from typing import TypeVar
from urllib.parse import quote
from uuid import UUID

import asyncpg
from litestar.datastructures import Cookie
from litestar.stores.memory import MemoryStore
from obstore.store import ObjectStore

from contracts.message import Event, Request, Value
from contracts.reply import Accepted, Rejected
from gateway.profile import Features
from gateway.web import said, typed
from gateway.web.contacts import contacts
from gateway.web.looks import looks
from gateway.web.page import Page, menu
from gateway.web.rendering import always, render
from gateway.web.view import Always, Frame, Html, Message, View
from gateway.web.visitors import cookies
from gateway.web.visitors.paths import door
from gateway.web.visitors.pools import Pools
from gateway.web.visitors.visit import Visit
from services.chassis.catalogues import NAMES
from services.chassis.clock import Clock, local_date
from services.chassis.errors import Unavailable
from services.chassis.messaging.requester import Requester, answer_of, events_of
from services.chassis.process import Process
from services.chassis.profile.languages import Languages
from services.chassis.profile.looks import Looks
from services.chassis.profile.profile import Profile
from services.chassis.profile.utility import Utility
from services.chassis.settings import Settings
from services.chassis.unbroken import unbroken

V = TypeVar("V", bound=View)
A = TypeVar("A", bound=Value)

LOOK_UP = timedelta(seconds=2)
"""How long a page waits for an answer that it can do without."""


def _unbroken(utility: Utility) -> Utility:
    """The utility as pages write it: no line ends within "Sp. z o.o."."""
    names = {"name": unbroken(utility.name), "short_name": unbroken(utility.short_name)}
    return utility.model_copy(update={**names, "address": tuple(map(unbroken, utility.address))})


class Site:
    """One gateway's parts, made once for a process and given to every page."""

    def __init__(self, process: Process, pools: Pools, files: ObjectStore, pages: Sequence[Page]) -> None:
        self.settings: Settings = process.settings
        self.profile: Profile = process.profile
        self.utility = _unbroken(process.profile.utility)
        self.clock: Clock = process.clock
        self.pools = pools
        self.files = files
        self.pages = pages
        self.counts = MemoryStore()
        self._process = process
        self._in_menus = [page for page in pages if page.menu]
        self.looks = looks(process.profile.of(Looks), process.profile.utility.short_name)
        # Made at the first page in a language: a language's data are read for them, and take two megabytes.
        self._contacts = cache(partial(contacts, process.profile.utility))
        self._always = cache(self._made_always)
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

    def own_cookie(self, name: str, value: str, lasts: timedelta | None = None) -> Cookie:
        """A cookie for the office's own pages; without `lasts` until the browser ends. An empty one is forgotten."""
        seconds = None if lasts is None else int(lasts.total_seconds())
        return Cookie(
            self.cookie(name),
            value=value,
            max_age=seconds if value else 0,
            httponly=True,
            secure=self.secure,
            samesite="lax",
        )

    def say(
        self,
        visit: Visit,
        kind: str,
        title: str,
        text: str = "",
        links: Sequence[tuple[str, str]] = (),
        /,
        **values: object,
    ) -> Cookie:
        """What the next page at this door tells the visitor, once.

        Polish `title` and `text` are in the visit's language then, with `values`. It goes with the answer to a form:
        `see_other(path, site.say(…))`. `kind` as in `components/notice.html`, `links` as in `Message`.
        """
        title, text = (visit.translate(words) % values if words else "" for words in (title, text))
        message = Message(kind, title, text, links)
        at = door(visit.path)
        return self.own_cookie(cookies.SAID[at], said.said(self.settings.secret, message, at, visit.now), said.LASTS)

    def keep_typed(self, visit: Visit, account: UUID, page: str, sent: Mapping[str, str]) -> Sequence[Cookie]:
        """What keeps a form that came too late, for `typed_before`; nothing where nothing can be kept."""
        value = typed.kept(self.settings.secret, account, page, sent, visit.now)
        return [self.own_cookie(cookies.TYPED, value, typed.LASTS)] if value else []

    def typed_before(self, visit: Visit, account: UUID) -> Mapping[str, str]:
        """What this person had typed into the form on this page when the session ended; it is given once."""
        values = typed.found(self.settings.secret, visit.typed, account, visit.path, visit.now) if visit.typed else {}
        if values:
            visit.cookies.append(self.own_cookie(cookies.TYPED, ""))
        return values

    def page(self, visit: Visit, view: V, *, status: int = 200, path: str = "") -> Html[V]:
        """The page that shows `view`.

        `path` is where the language switch comes back to, for a page that answers a form sent to an address of its own.
        """
        whom = visit.customer or visit.clerk
        frame = Frame(
            utility=self.utility,
            features=self._features,
            always=self._always(visit.lang),
            contacts=self._contacts(visit.lang),
            lang=visit.lang,
            languages=self._languages,
            here=quote(path or visit.path),
            csrf_token=visit.csrf_token,
            customer=visit.customer,
            clerk=visit.clerk,
            menu=menu(self._in_menus, visit),
            data_updated_at=whom.data_updated_at if whom else None,
            page_ms=visit.milliseconds,
            request_id=visit.request_id,
            said=said.heard(self.settings.secret, visit.said, door(visit.path), visit.now) if visit.said else None,
        )
        told = [self.own_cookie(cookies.SAID[door(visit.path)], "")] if visit.said else []
        return Html(render(frame, view), status, [*visit.cookies, *told])

    def _made_always(self, lang: str) -> Always:
        return always(lang, self.utility, self.looks, self._contacts(lang))

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
