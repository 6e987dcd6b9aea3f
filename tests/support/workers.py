"""How a run of the tests is shared among worker processes (pytest-xdist), and by one process when there are none."""

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

MOST_WORKERS = 4
BYTES_PER_WORKER = 1_500_000_000
"""What a worker takes at most, with the office's processes that it starts and its share of the servers."""

LONGEST_FIRST = ("resilience", "acceptance", "integration", "browser", "unit")
"""Folders of tests in the order in which workers take them, so that none is left with a long one at the end."""


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


def pytest_report_header(config: pytest.Config) -> str:
    return f"workers: {config.getoption('numprocesses', None) or 'none, one process'}"


@pytest.hookimpl(tryfirst=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep tests together that share something of their module, and begin with the longest."""
    if not hasattr(config, "workerinput"):
        return
    for item in items:
        if _shares_with_its_module(item):
            item.add_marker(pytest.mark.xdist_group(item.path.stem))
    items.sort(key=_turn)


def pytest_unconfigure(config: pytest.Config) -> None:
    """End the run, after the last worker."""
    if not hasattr(config, "workerinput") and RUN in config.stash:
        with Servers(config.stash[RUN]):
            pass


def _shares_with_its_module(item: pytest.Item) -> bool:
    fixtures = item._fixtureinfo.name2fixturedefs.values()  # type: ignore[attr-defined]
    return any(fixture.scope == "module" for found in fixtures for fixture in found)


def _turn(item: pytest.Item) -> tuple[bool, int]:
    folder = item.path.relative_to(Path(__file__).parents[1]).parts[0]
    alone = item.get_closest_marker("xdist_group") is None
    return alone, LONGEST_FIRST.index(folder) if folder in LONGEST_FIRST else 0


def _slice(worker: str, count: int) -> str:
    """The ports of one worker of `count`: two that look for a free port at the same moment must not find the same."""
    lowest, highest = ports.DEFAULT_RANGE
    size = (highest - lowest) // count
    begin = lowest + int(worker.removeprefix("gw")) % count * size
    return f"{begin}-{begin + size}"
