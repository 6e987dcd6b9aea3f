"""What all forms share: how they arrive, what becomes of them, and how they stand on the page again when refused."""

import re
import secrets
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from typing import Self, TypeVar

from litestar.datastructures import Cookie
from litestar.response import Redirect

from contracts.message import Event, Request
from contracts.reply import Rejected
from gateway.web.refusals import text_of
from gateway.web.site import Site
from gateway.web.texts.languages import N_
from gateway.web.typed import typable
from gateway.web.visitors.visit import Visit
from services.chassis import written
from services.chassis.errors import Unavailable

E = TypeVar("E", bound=Event)

Sent = Mapping[str, str]
"""The fields of a form that was sent: what a page function gets as `sent`."""

LONGEST = 1_000
"""Characters of one field; what is longer was not typed into any of our forms."""

DATE_PARTS = ("day", "month", "year")

TOO_LONG = N_("Ten tekst jest za długi. Skróć go.")
UNPRINTABLE = N_("W tym polu są znaki, których nie widać. Wpisz je jeszcze raz, bez kopiowania.")

_OUR_KEY = re.compile(r"[\w-]{22}", re.ASCII)


def new_key() -> str:
    """A key for a form that is shown for the first time; sending that form twice acts once."""
    return secrets.token_urlsafe(16)


@dataclass(frozen=True)
class Form:
    """A form as it stands on a page: empty, or with what was typed and what is wrong with it.

    `values` and `errors` are texts by field; the error of the field "" is about the form as a whole. `code` is the
    refusal's name. A form with a page that checks it first carries its values and its `key` along in hidden fields, and
    only the last step is submitted once.
    """

    values: Mapping[str, str] = field(default_factory=dict)
    errors: Mapping[str, str] = field(default_factory=dict)
    key: str = field(default_factory=new_key)
    code: str = ""
    unavailable: bool = False

    @classmethod
    def sent(cls, data: Sent) -> Self:
        """The form that a person sent. A key that is not one of ours is replaced.

        A field that is too long, or holds what nobody can type, has its error from the start: `submit` asks nobody.
        """
        key = data.get("idempotency_key", "")
        odd = {name: found for name, text in data.items() if (found := _oddity(name, text))}
        return cls(
            {name: typable(name, text[:LONGEST]) for name, text in data.items()},
            odd,
            key=key if _OUR_KEY.fullmatch(key) else new_key(),
        )

    def value(self, name: str) -> str:
        """The text of one field without blanks around it."""
        return self.values.get(name, "").strip()

    def day(self, name: str) -> date | None:
        """The day in the three entries of `date_entry`; None when no calendar has it."""
        return written.day(".".join(self.in_entries(name)))

    def in_entries(self, name: str) -> Sequence[str]:
        """Day, month and year as they were typed into `date_entry`."""
        return [self.value(f"{name}_{part}") for part in DATE_PARTS]

    def ticked(self, name: str) -> bool:
        """Whether a box was ticked."""
        return self.values.get(name) == "yes"

    @property
    def looked_at(self) -> str:
        """What the person asked: "yes" to see the passwords as they were typed, "no" to hide them again, or nothing.

        Such a form is shown again with what was typed, and nothing else is done with it.
        """
        asked = self.values.get("look", "")
        return asked if asked in {"yes", "no"} else ""

    def error(self, name: str) -> str:
        """What is wrong with one field; empty when nothing is."""
        return self.errors.get(name, "")

    def wrong(self, visit: Visit, errors: Mapping[str, str]) -> Self:
        """The form with the page's own Polish `errors`, and those it came with, in the visit's language."""
        return replace(self, errors={name: visit.translate(text) for name, text in {**errors, **self.errors}.items()})

    def refused(self, reply: Rejected, owner: str, lang: str, names: Mapping[str, str]) -> Self:
        """The form with the words of the refusal of `owner` beside its fields, several of one field joined.

        `names` says what the form calls a field that the request calls otherwise.
        """
        errors: dict[str, str] = {}
        for error in reply.errors:
            name, text = names.get(error.field, error.field), text_of(error, owner, lang)
            errors[name] = f"{errors[name]} {text}" if name in errors else text
        return replace(self, errors=errors, code=reply.code)

    @property
    def status(self) -> int:
        """The HTTP status of the page that shows the form."""
        if self.unavailable:
            return 503
        return 422 if self.errors or self.code else 200


def entries_of(name: str, day: date) -> Mapping[str, str]:
    """The values of `date_entry` that show `day`."""
    return {f"{name}_{part}": str(getattr(day, part)) for part in DATE_PARTS}


@dataclass(frozen=True)
class Done:
    """The form was carried out; what it caused is in the read model."""

    events: tuple[Event, ...]

    def event(self, kind: type[E]) -> E:
        """The event of this kind that it caused."""
        return next(event for event in self.events if isinstance(event, kind))


async def submit(
    site: Site, visit: Visit, form: Form, request: Request, *, once: bool = True, names: Mapping[str, str] | None = None
) -> Done | Form:
    """Let the owning service carry out the `request` that `form` makes; the form to show again when that was not done.

    The same form sent twice acts once, unless `once` is False: a login must be checked each time. `names` as in
    `Form.refused`.
    """
    if form.errors:
        return form.wrong(visit, {})
    try:
        reply = await site.ask(visit, request, idempotency_key=form.key if once else None)
    except Unavailable:
        return replace(form, unavailable=True)
    if isinstance(reply, Rejected):
        return form.refused(reply, request.owner(), visit.lang, names or {})
    return Done(reply)


async def judged(
    site: Site,
    visit: Visit,
    form: Form,
    request: Request,
    own: Mapping[str, str],
    *,
    names: Mapping[str, str] | None = None,
) -> Form:
    """The form with everything that is wrong with it: what the owning service finds, and then the page's `own` errors.

    `request` asks for no more than a check. While the service does not answer, the page's own errors stand alone.
    """
    outcome = await submit(site, visit, form, request, once=False, names=names)
    found = outcome.errors if isinstance(outcome, Form) else {}
    own = {name: visit.translate(text) for name, text in own.items() if name not in found}
    return replace(form, errors={**found, **own})


def _oddity(name: str, text: str) -> str:
    if len(text) > LONGEST:
        return TOO_LONG
    return "" if typable(name, text[:LONGEST]) == text else UNPRINTABLE


def see_other(path: str, said: Cookie | None = None) -> Redirect:
    """After a form was carried out: look at `path` (303), so that reloading does not send the form again.

    `said` is what that page tells, once: `site.say(…)`.
    """
    return Redirect(path, status_code=303, cookies=[said] if said else [])
