"""What `ebok status` shows of an office that somebody looks at because something is wrong."""

import io
import re
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.console import Console
from rich.text import Text

from deploy.catalog import SERVICES
from deploy.cli import status, terminal
from deploy.local import environment, health, interpreter, overview
from deploy.local.account import Account
from deploy.local.overview import Overview
from deploy.local.postgres import Cluster
from deploy.local.processes import Child
from deploy.local.queues import Depth
from deploy.local.stack import Stack, in_silence
from deploy.local.state import State


@pytest.fixture
def stack(tmp_path: Path) -> Stack:
    """A stack of which nothing runs."""
    state = State(ports=dict.fromkeys(environment.port_names(service.name for service in SERVICES), 1) | {"web": 1})
    account = Account("me", 1, 1, tmp_path)
    return Stack(account, state, interpreter.current(account), in_silence)


@pytest.mark.parametrize("answers", [True, False])
def test_a_database_that_runs_and_does_not_answer_is_not_ready(
    stack: Stack, monkeypatch: pytest.MonkeyPatch, answers: bool
) -> None:
    monkeypatch.setattr(Cluster, "identity", lambda _: SimpleNamespace(pid=7))
    monkeypatch.setattr(Cluster, "answers", lambda _: answers)
    database = next(server for server in overview.servers_of(stack) if server.name == "database")
    assert (database.state, database.pid) == ("ready" if answers else "not ready", 7)


@pytest.fixture
def behind(stack: Stack, monkeypatch: pytest.MonkeyPatch) -> Callable[[float], Overview]:
    """An office whose oldest unsent events have waited so many seconds."""

    def seen(oldest: float) -> Overview:
        gauges = {"ebok_outbox_messages": 3.0, "ebok_outbox_oldest_seconds": oldest}
        monkeypatch.setattr(Child, "is_running", lambda _: True)
        monkeypatch.setattr(health, "samples", lambda _: gauges)
        services = overview.services_of(stack, {}, {"metering": Depth(12, 5, 7, 1)})
        return Overview("demo", "http://127.0.0.1:8000", True, "", (), services)

    return seen


@pytest.mark.parametrize(("oldest", "colour"), [(29.0, ""), (31.0, "red")])
def test_an_event_that_has_waited_long_for_the_broker_is_shown_in_red(
    behind: Callable[[float], Overview], oldest: float, colour: str
) -> None:
    cell = status.service_row(behind(oldest).services[0])[-1]
    assert isinstance(cell, Text)
    assert (cell.plain, cell.style) == (f"{oldest:.1f}", colour)


@pytest.mark.parametrize("width", [40, 60, 80])
def test_the_figures_and_what_they_mean_are_shown_at_any_width(
    behind: Callable[[float], Overview], monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    screen = io.StringIO()
    monkeypatch.setattr(terminal, "console", Console(file=screen, force_terminal=True, width=width, color_system=None))
    status.show(behind(4.5))
    said = screen.getvalue()
    for figure in ("waiting", "again", "parked", "unsent", "oldest"):
        assert f"{figure}:" in said
    metering = said[said.index("metering") : said.index("correspondence")]
    assert re.findall(r"[0-9.]+", metering) == ["12", "5", "7", "3", "4.5"]
    assert "…" not in said


def test_what_programs_read_of_the_status_keeps_its_names(behind: Callable[[float], Overview]) -> None:
    seen = asdict(behind(4.5))
    assert list(seen) == ["profile", "address", "ready", "problem", "servers", "services"]
    assert next(each for each in seen["services"] if each["name"] == "metering") == {
        "name": "metering",
        "state": "ready",
        "pid": None,
        "waiting": 12,
        "again": 5,
        "parked": 7,
        "unsent": 3,
        "oldest_seconds": 4.5,
        "problem": "",
    }
