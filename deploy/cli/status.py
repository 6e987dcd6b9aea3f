"""`ebok status`: each part of the office on this machine, its queues and how far behind it is."""

import asyncio
import logging

from aio_pika.exceptions import AMQPError
from rich.console import Console
from rich.table import Table

from deploy import catalog
from deploy.cli.terminal import cell
from deploy.local import environment, health, opening
from deploy.local.queues import Depth, depths
from deploy.local.stack import Stack
from deploy.profiles import load_profile
from services.chassis.errors import told

console = Console(highlight=False)

OLD_SECONDS = 30.0
"""From when on the age of the oldest unsent event is shown in red."""


def status() -> int:
    """Show each part, its state, the messages in its queues and the events it has not published yet.

    The exit code is 0 when every part is ready.
    """
    logging.disable()  # the tables tell what the libraries would log
    stack = opening.last_stack()
    if stack is None:
        console.print("No office was started on this machine; `ebok demo` starts one.")
        return 1
    problems = stack.problems()
    console.print(f"Profile {stack.state.profile}, {environment.web_url(stack.state)}")
    console.print(_servers(stack))
    console.print(_services(stack, problems))
    for name, text in problems.items():
        console.print(f"[red]{name}[/red]: {cell(text)}")
    well = not problems and stack.mail.is_ready() and not opening.supervisor(stack).is_halted()
    return 0 if well else 1


def _servers(stack: Stack) -> Table:
    table = Table("part", "state", "pid", "address")
    if stack.broker is None:
        table.add_row("broker", "somebody else's", "", "EBOK_AMQP_URL")
    else:
        ready, known = stack.broker.is_ready(), stack.broker.child.identity()
        pid = str(known.pid) if ready and known else ""
        table.add_row("broker", _state(ready), pid, f"127.0.0.1:{stack.broker.port}")
    if stack.database is None:
        table.add_row("database", "somebody else's", "", "EBOK_DATABASE_URL")
    else:
        server = stack.database.identity()
        pid = str(server.pid) if server else ""
        table.add_row("database", _state(stack.database.answers()), pid, f"127.0.0.1:{stack.database.port}")
    known = stack.mail.child.identity()
    ready = stack.mail.is_ready()
    table.add_row("mail", _state(ready), str(known.pid) if ready and known else "", stack.mail.inbox_url)
    watcher = opening.supervisor(stack)
    known = watcher.identity()
    running = watcher.is_running()
    state = "[red]halted[/red]" if watcher.is_halted() else _state(running)
    table.add_row("supervisor", state, str(known.pid) if running and known else "", "")
    return table


def _services(stack: Stack, problems: dict[str, str]) -> Table:
    table = Table("service", "state", "pid", "waiting", "again", "parked", "unsent", "oldest")
    for column in table.columns[:3]:
        column.no_wrap = True
    for column in table.columns[3:]:
        column.justify = "right"
    queues = _depths(stack)
    for name, child in stack.services.items():
        known, depth = child.identity(), queues.get(name)
        samples = health.samples(environment.ops_url(stack.state, name)) if child.is_running() else {}
        waits, oldest = samples.get("ebok_outbox_messages"), samples.get("ebok_outbox_oldest_seconds")
        table.add_row(
            name,
            _state(name not in problems) if child.is_running() else "[red]stopped[/red]",
            str(known.pid) if known is not None and child.is_running() else "",
            _count(depth.waiting if depth else None),
            _count(depth.again if depth else None),
            _count(depth.parked if depth else None, bad=True),
            "?" if waits is None else f"{waits:.0f}",
            "?" if oldest is None else f"[red]{oldest:.1f} s[/red]" if oldest > OLD_SECONDS else f"{oldest:.1f} s",
        )
    return table


def _depths(stack: Stack) -> dict[str, Depth]:
    try:
        parts = catalog.parts(load_profile(stack.state.profile))
        return asyncio.run(depths(environment.broker_url(stack.state, "admin"), parts))
    except (AMQPError, OSError) as error:
        console.print(f"[red]broker[/red]: {cell(told(error))}")
        return {}


def _state(good: bool) -> str:
    return "[green]ready[/green]" if good else "[red]not ready[/red]"


def _count(number: int | None, *, bad: bool = False) -> str:
    if number is None:
        return "?"
    return f"[red]{number}[/red]" if bad and number else str(number)
