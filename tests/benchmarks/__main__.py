"""`python -m tests.benchmarks [name…]`: a table, and `var/bench.jsonl`. Exits 1 when a bar falls."""

import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import uvloop
from rich.console import Console

from deploy.cli.serve import spare_collections
from tests.benchmarks import event, handle, memory, page, relay, start
from tests.benchmarks.measuring import Measurement, store, tell
from tests.support.infrastructure import Servers

RESULTS = Path("var/bench.jsonl")

PRODUCTION_LIKE = {"max_connections": "400"}
"""The database's own defaults otherwise: every commit is on the disk before it is told."""


def _relay(servers: Servers) -> list[Measurement]:
    return uvloop.run(relay.measure(servers, servers.database.migrated("services.identity")))


def _event(servers: Servers) -> list[Measurement]:
    return uvloop.run(event.measure(servers))


def _handle(servers: Servers) -> list[Measurement]:
    return uvloop.run(handle.measure(servers))


def _page(servers: Servers) -> list[Measurement]:
    return uvloop.run(page.measure(servers))


BENCHMARKS: dict[str, Callable[[Servers], list[Measurement]]] = {
    "page": _page,
    "event": _event,
    "handle": _handle,
    "relay": _relay,
    "memory": memory.measure,
    "start": start.measure,
}


def _measured(names: list[str], console: Console) -> Iterator[Measurement]:
    spare_collections()  # as in the process of a service; the references run here too
    with Servers(database_settings=PRODUCTION_LIKE) as servers:
        for name in names:
            with console.status(f"{name}…"):
                yield from BENCHMARKS[name](servers)


def main() -> int:
    """Run the benchmarks named on the command line, or all."""
    console = Console()
    names = sys.argv[1:] or list(BENCHMARKS)
    if unknown := [name for name in names if name not in BENCHMARKS]:
        console.print(f"no benchmark is called {', '.join(unknown)}; there are: {', '.join(BENCHMARKS)}")
        return 2
    measurements = list(_measured(names, console))
    tell(measurements, console)
    store(measurements, RESULTS)
    return 0 if all(m.holds for m in measurements) else 1


if __name__ == "__main__":
    sys.exit(main())
