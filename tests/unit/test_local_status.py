"""What `ebok status` shows of an office that somebody looks at because something is wrong."""

import io
from pathlib import Path
from types import SimpleNamespace

import pytest
from rich.console import Console
from rich.table import Table

from deploy.catalog import SERVICES
from deploy.cli import status
from deploy.local import environment, health, interpreter
from deploy.local.account import Account
from deploy.local.postgres import Cluster
from deploy.local.processes import Child
from deploy.local.stack import Stack, in_silence
from deploy.local.state import State

RED, PLAIN = "\x1b[31m", ""


@pytest.fixture
def stack(tmp_path: Path) -> Stack:
    """A stack of which nothing runs."""
    state = State(ports=dict.fromkeys(environment.port_names(service.name for service in SERVICES), 1) | {"web": 1})
    account = Account("me", 1, 1, tmp_path)
    return Stack(account, state, interpreter.current(account), in_silence)


def line_of(table: Table, part: str) -> str:
    """The row of one part, with its colours."""
    screen = Console(file=io.StringIO(), force_terminal=True, color_system="standard", width=160)
    screen.print(table)
    assert isinstance(screen.file, io.StringIO)
    return next(line for line in screen.file.getvalue().splitlines() if part in line)


@pytest.mark.parametrize("answers", [True, False])
def test_a_database_that_runs_and_does_not_answer_is_not_ready(
    stack: Stack, monkeypatch: pytest.MonkeyPatch, answers: bool
) -> None:
    monkeypatch.setattr(Cluster, "identity", lambda _: SimpleNamespace(pid=7))
    monkeypatch.setattr(Cluster, "answers", lambda _: answers)
    line = line_of(status._servers(stack), "database")
    assert ("not ready" in line) != answers


@pytest.mark.parametrize(("oldest", "colour"), [(29.0, PLAIN), (31.0, RED)])
def test_an_event_that_has_waited_long_for_the_broker_is_shown_in_red(
    stack: Stack, monkeypatch: pytest.MonkeyPatch, oldest: float, colour: str
) -> None:
    gauges = {"ebok_outbox_messages": 1.0, "ebok_outbox_oldest_seconds": oldest}
    monkeypatch.setattr(Child, "is_running", lambda _: True)
    monkeypatch.setattr(status, "_depths", lambda _: {})
    monkeypatch.setattr(health, "samples", lambda _: gauges)
    line = line_of(status._services(stack, {}), "metering")
    assert f"{colour}{oldest:.1f} s" in line
    assert (RED in line) == bool(colour)
