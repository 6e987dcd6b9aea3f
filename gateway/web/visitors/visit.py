"""One request of one person: who it is, in which language, and the id that follows what it causes."""

import math
import time
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import datetime

from litestar.datastructures import Cookie

from contracts.identity import Audience
from gateway.web.texts.languages import catalogue
from gateway.web.visitors.clerk import Clerk
from gateway.web.visitors.customer import Customer
from gateway.web.visitors.scoped import ScopedConnection

START: dict[Audience, str] = {"customer": "/bills", "office": "/office"}
"""Where a person goes who has just come in."""

LOGIN_PAGES: dict[Audience, str] = {"customer": "/login", "office": "/office/login"}
LOGOUT_PAGES: dict[Audience, str] = {"customer": "/logout", "office": "/office/logout"}
PASSWORD_PAGES: dict[Audience, str] = {"customer": "/password", "office": "/office/password"}


class LoginNeeded(Exception):
    """The page is for people who are logged in; `back` is where they wanted to go.

    `cookies` tell whoever was logged in before why that is over, and keep what was typed.
    """

    def __init__(self, audience: Audience, back: str, cookies: Sequence[Cookie] = ()) -> None:
        super().__init__(audience)
        self.audience = audience
        self.back = back
        self.cookies = cookies


class PasswordChangeNeeded(Exception):
    """The temporary password must be replaced first (W06)."""

    def __init__(self, audience: Audience) -> None:
        super().__init__(audience)
        self.page = PASSWORD_PAGES[audience]


class RightNeeded(Exception):
    """The page is for clerks who may do more."""


@dataclass(slots=True)
class Visit:
    """What every page knows about its request.

    `request_id` is the correlation id of everything that it causes; `session_token` is what the cookie of its door
    says, whether that is known or not. So are `said` and `typed` what their cookies say (`gateway/web/said.py`,
    `gateway/web/typed.py`); `cookies` go with the page.
    """

    request_id: str
    path: str
    lang: str
    csrf_token: str
    now: datetime
    started: float
    session_token: str = ""
    said: str = ""
    typed: str = ""
    connection: ScopedConnection | None = None
    customer: Customer | None = None
    clerk: Clerk | None = None
    cookies: list[Cookie] = field(default_factory=list)

    def translate(self, text: str) -> str:
        """The Polish `text` in the visit's language."""
        return catalogue(self.lang).gettext(text)

    async def release(self) -> None:
        """Give the database connection back before a wait for something else; the next query takes one again."""
        if self.connection is not None:
            await self.connection.release()

    @property
    def milliseconds(self) -> int:
        """How long the page has taken so far, counted in begun milliseconds."""
        return math.ceil((time.perf_counter() - self.started) * 1000)
