"""`ebok dead-letters`, run as a person runs it, against a real broker."""

import json
import os
import subprocess
import sys
from typing import Any

import aio_pika
import pytest

from contracts.envelope import PREFIX
from deploy.catalog import parts
from services.chassis.messaging import topology
from services.chassis.messaging.failing import PARKED_AT, REASON
from tests.support.infrastructure import Servers
from tests.support.profiles import a_profile

ALIKE = ("01a214ee-b401-7000-8000-000000000001", "01a214ee-b402-7000-8000-000000000002")
TYPE = "billing.party.recorded.v1"
OTHER = "02b00000-0000-7000-8000-000000000003"


class Operator:
    """Somebody at a prompt whose environment names correspondence's broker user, where three events are parked."""

    def __init__(self, address: str) -> None:
        self.address = address

    def ebok(self, *words: str, width: int = 40) -> "subprocess.CompletedProcess[str]":
        return subprocess.run(
            [sys.executable, "-m", "deploy.cli", "dead-letters", *words, "--service", "correspondence"],
            env={**os.environ, "EBOK_AMQP_URL": self.address, "COLUMNS": str(width)},
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            timeout=60,
            check=False,
        )

    def ids(self) -> list[str]:
        """What is parked, as programs are told it."""
        return [letter["id"] for letter in json.loads(self.ebok("list", "--json").stdout)]


@pytest.fixture
async def operator(servers: Servers) -> Operator:
    address = servers.broker.fresh(part for part in parts(a_profile()) if part.name == "correspondence").admin
    async with await aio_pika.connect(address) as connection:
        channel = await connection.channel(on_return_raises=True)
        retry = await channel.get_exchange(topology.retry_exchange("correspondence"), ensure=False)
        for letter in (*ALIKE, OTHER):
            headers: dict[str, Any] = {
                PREFIX + "id": letter,
                PREFIX + "type": TYPE,
                REASON: "no\ttariff",
                PARKED_AT: "x",
            }
            await retry.publish(aio_pika.Message(b"{}", headers=headers), routing_key=topology.PARKED)
    return Operator(address)


def test_a_pipe_is_told_whole_ids_between_tabs_and_a_program_gets_json(operator: Operator) -> None:
    lines = [line.split("\t") for line in operator.ebok("list").stdout.splitlines()]
    assert lines[0] == ["id", "service", "type", "parked", "reason"]
    assert lines[1:] == [[letter, "correspondence", TYPE, "x", "no tariff"] for letter in (*ALIKE, OTHER)]
    first, *_ = json.loads(operator.ebok("list", "--json").stdout)
    assert first == {
        "id": ALIKE[0],
        "service": "correspondence",
        "type": TYPE,
        "parked_at": "x",
        "reason": "no\ttariff",
    }


@pytest.mark.parametrize("act", [("drop", "--yes"), ("retry",), ("show",)])
def test_a_beginning_that_several_ids_have_names_none_of_them_but_lists_them(
    operator: Operator, act: tuple[str, ...]
) -> None:
    done = operator.ebok(act[0], "01a214ee-b40", *act[1:])
    assert done.returncode == 1
    assert [line.strip() for line in done.stderr.splitlines()[1:]] == list(ALIKE)
    assert operator.ids() == [*ALIKE, OTHER]


def test_a_beginning_that_one_id_has_names_it(operator: Operator) -> None:
    assert operator.ebok("drop", "02", "--yes").returncode == 0
    assert operator.ids() == list(ALIKE)
    assert operator.ebok("drop", ALIKE[1], "--yes").returncode == 0
    assert operator.ids() == [ALIKE[0]]
    assert operator.ebok("retry", "01a214ee").returncode == 0
    assert operator.ids() == []


def test_nothing_is_dropped_that_nobody_has_said_yes_to(operator: Operator) -> None:
    for named in ((OTHER,), ("--all",)):
        done = operator.ebok("drop", *named)
        assert done.returncode == 1
        assert "--yes" in done.stderr
    assert operator.ids() == [*ALIKE, OTHER]
    done = operator.ebok("drop", "--all", "--yes")
    assert (done.returncode, done.stdout.splitlines()[-1]) == (0, "Dropped: 3.")
    assert operator.ids() == []


def test_an_unknown_id_is_told_with_where_the_ids_are(operator: Operator) -> None:
    for unknown in ("ffff", ""):
        done = operator.ebok("drop", unknown, "--yes")
        assert done.returncode == 1
        assert "ebok dead-letters list" in done.stderr
