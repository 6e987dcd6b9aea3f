"""How a run of the tests is shared among worker processes (pytest-xdist), if there are any.

All tests of a file go to one worker (`--dist loadfile`), because they share what is made once for the file. The broker
node and the database server are one for all workers; virtual hosts, databases and ports are each worker's own.
"""

import os
from pathlib import Path
from typing import Any

import psutil
import pytest

from deploy.local import ports
from deploy.local.processes import Identity
from tests.support.infrastructure import BROKER_ADDRESS, Servers
from tests.support.runs import Run

RUN = pytest.StashKey[Run]()
TESTS = Path(__file__).parents[1]

MOST_WORKERS = 4
BYTES_PER_WORKER = 1_500_000_000
"""What a worker takes at most, with the office's processes that it starts and its share of the servers."""

LONGEST_FIRST = ("resilience", "acceptance", "integration", "browser", "unit")
"""Folders of tests in the order in which workers take their files, so that none begins a long one at the end."""


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption("--long", action="store_true", help="the long form of the kill tests (tests/resilience)")


def pytest_configure(config: pytest.Config) -> None:
    given = getattr(config, "workerinput", None)
    if given is not None:
        config.stash[RUN] = Run(given["run"], Identity(*given["owner"]))
        os.environ[ports.RANGE_VARIABLE] = _slice(given["workerid"], given["workercount"])
        return
    config.stash[RUN] = Run.begin()
    if BROKER_ADDRESS in os.environ and (config.getoption("numprocesses", None) or 0) > 1:
        raise pytest.UsageError(f"{BROKER_ADDRESS} names one virtual host, which workers cannot share: leave out -n")


@pytest.hookimpl(optionalhook=True)
def pytest_configure_node(node: Any) -> None:
    """Tell a worker which run it belongs to."""
    run = node.config.stash[RUN]
    node.workerinput["run"] = run.name
    node.workerinput["owner"] = (run.owner.pid, run.owner.started)


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_auto_num_workers() -> int:
    """How many workers `-n auto` means; 0 is none, everything in one process."""
    if BROKER_ADDRESS in os.environ:
        return 0
    cores = len(os.sched_getaffinity(0))
    fitting = psutil.virtual_memory().available // BYTES_PER_WORKER
    count = min(cores, fitting, MOST_WORKERS)
    return count if count > 1 else 0


def pytest_sessionstart(session: pytest.Session) -> None:
    workers = session.config.getoption("numprocesses", None)
    terminal = session.config.pluginmanager.get_plugin("terminalreporter")
    if workers is not None and terminal is not None:
        terminal.write_line(f"{workers} worker processes" if workers else "one process, without workers")


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    if hasattr(config, "workerinput"):
        items.sort(key=_turn)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the run, after the last worker."""
    if not hasattr(config, "workerinput") and RUN in config.stash:
        with Servers(config.stash[RUN]):
            pass


def _turn(item: pytest.Item) -> int:
    folder = item.path.relative_to(TESTS).parts[0]
    return LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else 0


def _slice(worker: str, count: int) -> str:
    """The ports of one worker of `count`: two that look for a free port at the same moment must not find the same."""
    lowest, highest = ports.DEFAULT_RANGE
    size = (highest - lowest) // count
    begin = lowest + int(worker.removeprefix("gw")) % count * size
    return f"{begin}-{begin + size}"
