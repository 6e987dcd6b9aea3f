"""What `ebok doctor` looks at, where no stack is needed to see it."""

import shutil
from pathlib import Path
from typing import Any, NamedTuple

import pytest

from deploy.catalog import SERVICES
from deploy.local import checks, environment, health, interpreter
from deploy.local.account import Account
from deploy.local.checks import Level
from deploy.local.queues import Depth
from deploy.local.stack import Stack, in_silence
from deploy.local.state import State


class Usage(NamedTuple):
    free: int


def test_doctor_looks_at_the_disk_of_each_folder_that_is_a_mount_of_its_own(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = Account("me", 1, 1, tmp_path)
    for name in ("postgres", "rabbitmq", "mail"):
        (tmp_path / "stack" / name).mkdir(parents=True)
    own_mount = tmp_path / "stack" / "rabbitmq"
    monkeypatch.setattr(checks, "device_of", lambda folder: 2 if folder == own_mount else 1)
    monkeypatch.setattr(shutil, "disk_usage", lambda folder: Usage(0 if folder == own_mount else 10**12))

    found = list(checks.disks(account))

    assert [(finding.level, str(own_mount) in finding.text) for finding in found] == [
        (Level.FINE, False),
        (Level.PROBLEM, True),
    ]


@pytest.fixture
def stack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Stack:
    """A stack whose broker has all that it should have, and nothing parked."""
    state = State(ports=dict.fromkeys(environment.port_names(service.name for service in SERVICES), 1) | {"web": 1})
    account = Account("me", 1, 1, tmp_path)
    broker_has(monkeypatch, Depth(0, 0, 0, 1))
    return Stack(account, state, interpreter.current(account), in_silence)


def broker_has(monkeypatch: pytest.MonkeyPatch, depth: Depth, *gone: str) -> None:
    """Let the broker answer that metering's queues are so deep, and that the exchanges `gone` are not there."""

    async def depths(*_: Any) -> dict[str, Depth]:
        return {"metering": depth}

    async def gone_exchanges(*_: Any) -> list[str]:
        return list(gone)

    monkeypatch.setattr(checks, "depths", depths)
    monkeypatch.setattr(checks, "gone_exchanges", gone_exchanges)


def test_doctor_tells_what_of_the_broker_is_gone_and_how_it_comes_back(
    stack: Stack, monkeypatch: pytest.MonkeyPatch
) -> None:
    broker_has(monkeypatch, Depth(0, None, 0, 1), "ebok.events")
    monkeypatch.setattr(health, "samples", lambda _: {})
    exchange, queue = checks.left_undone(stack)
    assert (exchange.level, exchange.subject, "ebok.events" in exchange.text) == (Level.PROBLEM, "broker", True)
    assert (queue.level, queue.subject) == (Level.PROBLEM, "metering")
    assert "`ebok demo`" in exchange.advice


@pytest.mark.parametrize(
    ("gauge", "fine", "bad", "told"),
    [
        ("ebok_clock_ahead_seconds", 1.5, 5.0, "this machine's clock is 5 s ahead of the database's"),
        ("ebok_clock_ahead_seconds", -1.5, -5.0, "this machine's clock is 5 s behind the database's"),
        ("ebok_outbox_oldest_seconds", 20.0, 120.0, "an event has waited 120 s for the broker"),
        ("ebok_documents_awaited_seconds", 20.0, 120.0, "the PDF of a bill has waited 120 s to be made"),
        ("ebok_mail_failed", 0.0, 3.0, "3 mails failed"),
        ("ebok_documents_given_up", 0.0, 2.0, "2 PDFs of invoices cannot be made"),
    ],
)
def test_doctor_tells_what_a_service_counts_and_no_person_would_notice(
    stack: Stack, monkeypatch: pytest.MonkeyPatch, gauge: str, fine: float, bad: float, told: str
) -> None:
    monkeypatch.setattr(health, "samples", lambda _: {gauge: fine})
    assert list(checks.left_undone(stack)) == []
    monkeypatch.setattr(health, "samples", lambda _: {gauge: bad})
    (finding,) = checks.left_undone(stack)
    assert (finding.level, finding.subject, finding.text) == (Level.PROBLEM, "metering", told)
