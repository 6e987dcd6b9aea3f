"""`ebok dead-letters`: events that a service has given up. Each waits, with the reason, for a person to decide."""

import asyncio
import json
from collections.abc import Awaitable, Callable
from typing import Annotated, TypeVar

import cyclopts
from aio_pika.exceptions import AMQPError
from rich.console import Console
from rich.table import Table

from deploy.catalog import entry
from deploy.cli.operating import chosen, settings_of
from deploy.local.errors import LocalStackError
from deploy.profiles import load_profile
from services.chassis.messaging.dead_letters import DeadLetter, DeadLetters
from services.chassis.texts import visible

app = cyclopts.App(name="dead-letters", help="Events that a service has given up.")
console = Console(highlight=False, markup=False)

T = TypeVar("T")

Service = Annotated[tuple[str, ...], cyclopts.Parameter(name="--service", help="Only of this service.")]


@app.command(name="list")
def list_(*, service: Service = ()) -> None:
    """List what each service has given up, with the reasons."""
    letters = [letter for found in _of_each(service, DeadLetters.all) for letter in found]
    if not letters:
        console.print("Nothing is parked.")
        return
    table = Table("id", "service", "type", "parked", "reason")
    for letter in letters:
        table.add_row(*map(visible, (letter.id, letter.service, letter.type, letter.parked_at[:19], letter.reason)))
    console.print(table)


@app.command
def show(id: str, *, service: Service = ()) -> int:
    """Show one event with its headers and body; secrets are masked.

    Parameters
    ----------
    id
        As `list` tells it, or its beginning.

    """
    letters = [letter for found in _of_each(service, DeadLetters.all) for letter in found if letter.id.startswith(id)]
    for letter in letters:
        console.print(visible(f"{letter.service}: {letter.reason}"), soft_wrap=True)
        console.print(visible(json.dumps(letter.shown(), indent=2, ensure_ascii=False, default=str)), soft_wrap=True)
    return 0 if letters else _told_none(id)


@app.command
def retry(*ids: str, all: bool = False, service: Service = ()) -> int:
    """Give events to their services again, as if they came for the first time.

    Parameters
    ----------
    ids
        As `list` tells them, or their beginnings.
    all
        Every one that is parked.

    """
    wanted = _wanted(ids, all=all)
    count = sum(_of_each(service, lambda letters: letters.retry(wanted)))
    return _told_count("Given again", count, ids)


@app.command
def drop(*ids: str, all: bool = False, service: Service = ()) -> int:
    """Delete events for good: their effect will be missing.

    Parameters
    ----------
    ids
        As `list` tells them, or their beginnings.
    all
        Every one that is parked.

    """
    wanted = _wanted(ids, all=all)
    count = sum(_of_each(service, lambda letters: letters.drop(wanted)))
    return _told_count("Dropped", count, ids)


def _wanted(ids: tuple[str, ...], *, all: bool) -> Callable[[DeadLetter], bool]:
    if all == bool(ids):
        raise LocalStackError("Name events by the ids that `ebok dead-letters list` tells, or say --all.")
    return lambda letter: all or letter.id.startswith(ids)


def _told_count(done: str, count: int, ids: tuple[str, ...]) -> int:
    if ids and not count:
        return _told_none(*ids)
    console.print(f"{done}: {count}.")
    return 0 if count else 1


def _told_none(*ids: str) -> int:
    console.print(f"No event {' or '.join(map(visible, ids))} is parked.")
    return 1


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
    except (AMQPError, OSError) as error:
        raise LocalStackError(f"The broker does not answer or refuses the service's user: {error}") from error
