"""`ebok status`: each part of the office on this machine, its queues and how far behind it is."""

from dataclasses import asdict
from typing import Annotated

from cyclopts import Parameter
from rich.text import Text

from deploy.cli.terminal import Cell, say, say_json, table
from deploy.local import opening
from deploy.local.errors import LocalStackError
from deploy.local.overview import Overview, Server, Service, of_stack

OLD_SECONDS = 30.0
"""From when on the age of the oldest unsent event is shown in red."""

_FIGURES = {
    "waiting": "messages that the service has still to handle",
    "again": "failed ones that wait to be tried again",
    "parked": "given up; `ebok dead-letters` looks after them",
    "unsent": "events that the service has still to publish",
    "oldest": "seconds that the oldest of these has waited",
}
_UNKNOWN = "?"


def status(*, as_json: Annotated[bool, Parameter(name="--json")] = False) -> int:
    """Show each part of the office, its queues and how far behind it is.

    The exit code is 0 when every part is ready. The figures of a service, `?` for one that cannot be had now:

      waiting: messages that the service has still to handle
      again: failed ones that wait to be tried again
      parked: given up; `ebok dead-letters` looks after them
      unsent: events that the service has still to publish
      oldest: seconds that the oldest of these has waited

    With --json an object: `profile`, `address`, `ready`, `problem` (why the broker tells no figures), `servers` (each
    with `name`, `state`, `pid`, `address`) and `services` (each with `name`, `state`, `pid`, `waiting`, `again`,
    `parked`, `unsent`, `oldest_seconds`, `problem`). A state is `ready`, `not ready`, `stopped`, `halted` or
    `not ours`; what cannot be had now is null. Newer versions may add names, and none goes away.

    Parameters
    ----------
    as_json
        Print it for a program.

    """
    stack = opening.last_stack()
    if stack is None:
        raise LocalStackError("No office was started on this machine; `ebok demo` starts one.")
    seen = of_stack(stack)
    if as_json:
        say_json(asdict(seen))
    else:
        show(seen)
    return 0 if seen.ready else 1


def show(seen: Overview) -> None:
    """Print what was seen: the parts, then the services with a legend, then what is wrong."""
    say(f"Profile {seen.profile}, {seen.address}")
    say("")
    table(("part", "state", "pid", "address"), [_server_row(server) for server in seen.servers])
    say("")
    headings = ("service", "state", "pid", *_FIGURES)
    table(headings, [service_row(service) for service in seen.services], figures=tuple(_FIGURES))
    say("")
    for name, meaning in _FIGURES.items():
        say(f"{name}: {meaning}", indent="  ")
    if seen.problem:
        say(f"broker: {seen.problem}", style="red", indent="  ")
    for service in seen.services:
        if service.problem:
            say(f"{service.name}: {service.problem}", style="red", indent="  ")


def _server_row(server: Server) -> tuple[Cell, ...]:
    return server.name, _state(server.state), _number(server.pid, unknown=""), server.address


def service_row(service: Service) -> tuple[Cell, ...]:
    """The cells of one service; what asks for somebody's attention is red."""
    oldest = service.oldest_seconds
    age = _UNKNOWN if oldest is None else f"{oldest:.1f}"
    return (
        service.name,
        _state(service.state),
        _number(service.pid, unknown=""),
        _number(service.waiting),
        _number(service.again),
        Text(_number(service.parked), "red" if service.parked else ""),
        _number(service.unsent),
        Text(age, "red" if oldest is not None and oldest > OLD_SECONDS else ""),
    )


def _state(state: str) -> Text:
    return Text(state, {"ready": "green", "not ours": ""}.get(state, "red"))


def _number(number: int | None, *, unknown: str = _UNKNOWN) -> str:
    return unknown if number is None else str(number)
