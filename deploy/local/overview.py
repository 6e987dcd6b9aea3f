"""How the office on this machine is: each server and service, its queues, and how far behind it is."""

import asyncio
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Literal

from deploy import catalog
from deploy.local import environment, health, opening
from deploy.local.processes import Child
from deploy.local.queues import Depth, depths
from deploy.local.stack import Stack
from deploy.profiles import load_profile
from services.chassis.errors import told
from services.chassis.messaging.publishing import BROKER_FAULTS

State = Literal["ready", "not ready", "stopped", "halted", "not ours"]
"""`not ours`: a server that the environment names and the office did not start."""


@dataclass(frozen=True)
class Server:
    """What the services stand on, and who looks after them. `pid` is None for what does not run or is not ours."""

    name: str
    state: State
    pid: int | None
    address: str


@dataclass(frozen=True)
class Service:
    """A service and its messages: counts, and seconds. None where that cannot be had now."""

    name: str
    state: State
    pid: int | None
    waiting: int | None
    again: int | None
    parked: int | None
    unsent: int | None
    oldest_seconds: float | None
    problem: str


@dataclass(frozen=True)
class Overview:
    """The whole office. `ready`: every part of it is; `problem` is why the broker tells nothing of its queues."""

    profile: str
    address: str
    ready: bool
    problem: str
    servers: tuple[Server, ...]
    services: tuple[Service, ...]


def of_stack(stack: Stack) -> Overview:
    """How `stack` is now. What does not answer is waited for some seconds."""
    problems = stack.problems()
    queues, problem = _depths(stack)
    ready = not problems and stack.mail.is_ready() and not opening.supervisor(stack).is_halted()
    return Overview(
        stack.state.profile,
        environment.web_url(stack.state),
        ready,
        problem,
        servers_of(stack),
        services_of(stack, problems, queues),
    )


def servers_of(stack: Stack) -> tuple[Server, ...]:
    """Broker, database, mail server and supervisor."""
    broker = Server("broker", "not ours", None, "EBOK_AMQP_URL")
    if stack.broker is not None:
        broker = _server("broker", stack.broker.child, stack.broker.is_ready(), f"127.0.0.1:{stack.broker.port}")
    database = Server("database", "not ours", None, "EBOK_DATABASE_URL")
    if stack.database is not None:
        known = stack.database.identity()
        state = _state(good=stack.database.answers())
        database = Server("database", state, known.pid if known else None, f"127.0.0.1:{stack.database.port}")
    mail = _server("mail", stack.mail.child, stack.mail.is_ready(), stack.mail.inbox_url)
    watcher = opening.supervisor(stack)
    supervisor = _server("supervisor", watcher, watcher.is_running(), "")
    if watcher.is_halted():
        supervisor = Server("supervisor", "halted", supervisor.pid, "")
    return broker, database, mail, supervisor


def _server(name: str, child: Child, good: bool, address: str) -> Server:
    known = child.identity()
    return Server(name, _state(good=good), known.pid if good and known else None, address)


def services_of(stack: Stack, problems: Mapping[str, str], queues: Mapping[str, Depth]) -> tuple[Service, ...]:
    """Each service of the stack; `problems` and `queues` by their names."""
    return tuple(_service(stack, name, child, problems, queues.get(name)) for name, child in stack.services.items())


def _service(stack: Stack, name: str, child: Child, problems: Mapping[str, str], depth: Depth | None) -> Service:
    running, known = child.is_running(), child.identity()
    samples = health.samples(environment.ops_url(stack.state, name)) if running else {}
    unsent = samples.get("ebok_outbox_messages")
    return Service(
        name,
        _state(good=name not in problems) if running else "stopped",
        known.pid if running and known else None,
        depth.waiting if depth else None,
        depth.again if depth else None,
        depth.parked if depth else None,
        None if unsent is None else round(unsent),
        samples.get("ebok_outbox_oldest_seconds"),
        problems.get(name, ""),
    )


def _depths(stack: Stack) -> tuple[dict[str, Depth], str]:
    try:
        parts = catalog.parts(load_profile(stack.state.profile))
        return asyncio.run(depths(environment.broker_url(stack.state, "admin"), parts)), ""
    except BROKER_FAULTS as error:
        return {}, told(error)


def _state(*, good: bool) -> State:
    return "ready" if good else "not ready"
