"""`ebok dead-letters`: events that a service has given up. Each waits, with the reason, for a person to decide."""

import asyncio
import json
from collections.abc import Awaitable, Callable, Collection
from typing import Annotated, TypeVar

import cyclopts
from cyclopts import Parameter

from deploy.catalog import entry
from deploy.cli.operating import chosen, settings_of
from deploy.cli.terminal import confirmed, say, say_json, table
from deploy.local.errors import LocalStackError
from deploy.profiles import load_profile
from services.chassis.errors import told
from services.chassis.messaging.dead_letters import DeadLetter, DeadLetters
from services.chassis.messaging.publishing import BROKER_FAULTS

app = cyclopts.App(name="dead-letters", help="List, show, retry or drop messages that failed for good.")

T = TypeVar("T")

Service = Annotated[
    tuple[str, ...], Parameter(name="--service", metavar="SERVICE", help="Only of this service; may be given again.")
]


@app.command(name="list")
def list_(*, service: Service = (), as_json: Annotated[bool, Parameter(name="--json")] = False) -> None:
    """List what each service has given up, with the reasons.

    With --json a list of objects, each with `id`, `service`, `type`, `parked_at` (UTC; empty for what the broker parked
    itself) and `reason`. Newer versions may add names, and none goes away.

    Parameters
    ----------
    as_json
        Print it for a program.

    """
    letters = _parked(service)
    if as_json:
        names = ("id", "service", "type", "parked_at", "reason")
        say_json([{name: getattr(letter, name) for name in names} for letter in letters])
    elif letters:
        _show(letters)
    else:
        say("Nothing is parked.")


@app.command
def show(id: str, /, *, service: Service = ()) -> int:
    """Show one event with its headers and body; secrets are masked.

    Parameters
    ----------
    id
        As `list` tells it, or its beginning where no other begins so.

    """
    for letter in _named(_parked(service), (id,)):
        say(f"{letter.service}: {letter.reason}")
        say_json(json.loads(json.dumps(letter.shown(), default=str)))
    return 0


@app.command
def retry(*ids: str, all: bool = False, service: Service = ()) -> int:
    """Give events to their services again, as if they came for the first time.

    Parameters
    ----------
    ids
        As `list` tells them, or their beginnings where no other begins so.
    all
        Every one that is parked.

    """
    letters = _wanted(service, ids, all=all)
    return _told_count("Given again", sum(_of_each(service, lambda parked: parked.retry(_among(letters)))))


@app.command
def drop(*ids: str, all: bool = False, yes: bool = False, service: Service = ()) -> int:
    """Delete events for good, when you have said yes: their effect will be missing.

    Parameters
    ----------
    ids
        As `list` tells them, or their beginnings where no other begins so.
    all
        Every one that is parked.
    yes
        Delete without asking.

    """
    letters = _wanted(service, ids, all=all)
    if letters:
        _show(letters)
        count = "this event" if len(letters) == 1 else f"these {len(letters)} events"
        if not confirmed(f"Delete {count} for good?", yes=yes):
            say("Nothing was dropped.")
            return 1
    return _told_count("Dropped", sum(_of_each(service, lambda parked: parked.drop(_among(letters)))))


def _show(letters: Collection[DeadLetter]) -> None:
    rows = [(each.id, each.service, each.type, each.parked_at[:19], each.reason) for each in letters]
    table(("id", "service", "type", "parked", "reason"), rows)


def _wanted(services: tuple[str, ...], ids: tuple[str, ...], *, all: bool) -> list[DeadLetter]:
    if all == bool(ids):
        raise LocalStackError("Name events by the ids that `ebok dead-letters list` tells, or say --all.")
    letters = _parked(services)
    return letters if all else _named(letters, ids)


def _named(letters: Collection[DeadLetter], ids: Collection[str]) -> list[DeadLetter]:
    """The letters that `ids` name, each exactly or by a beginning that only one id has.

    One event may be parked by several services; its id names it at all of them. Raises LocalStackError for what names
    none, or several.
    """
    found: set[str] = set()
    for wanted in ids:
        known = {letter.id for letter in letters}
        matches = [wanted] if wanted in known else sorted(each for each in known if wanted and each.startswith(wanted))
        if not matches:
            raise LocalStackError(f"No event {wanted} is parked. `ebok dead-letters list` tells those that are.")
        if len(matches) > 1:
            raise LocalStackError("\n  ".join([f"Several parked events begin with {wanted}; which one?", *matches]))
        found.update(matches)
    return [letter for letter in letters if letter.id in found]


def _among(letters: Collection[DeadLetter]) -> Callable[[DeadLetter], bool]:
    """Only what was shown: what is parked meanwhile stays."""
    shown = {(letter.service, letter.id) for letter in letters}
    return lambda letter: (letter.service, letter.id) in shown


def _told_count(done: str, count: int) -> int:
    say(f"{done}: {count}.")
    return 0 if count else 1


def _parked(services: tuple[str, ...]) -> list[DeadLetter]:
    return [letter for found in _of_each(services, DeadLetters.all) for letter in found]


def _of_each(services: tuple[str, ...], ask: Callable[[DeadLetters], Awaitable[T]]) -> list[T]:
    """What `ask` finds in each service's parked queue, reached with that service's own rights."""

    async def each() -> list[T]:
        found = []
        for name in chosen(services, of="broker user"):
            settings = settings_of(name)
            if entry(name).build(settings, load_profile(settings.profile)).part.consumes:
                async with DeadLetters(name, settings.amqp_url) as letters:
                    found.append(await ask(letters))
        return found

    try:
        return asyncio.run(each())
    except BROKER_FAULTS as error:
        raise LocalStackError(f"The broker does not answer or refuses the service's user: {told(error)}") from error
