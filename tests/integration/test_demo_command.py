"""`ebok demo` and its companions, run as a script runs them: one stack in a folder of its own."""

import json
import os
import re
import shlex
import signal
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from pathlib import Path

import aio_pika
import asyncpg
import pytest

from deploy.local import environment, ports
from deploy.local.processes import Identity, wait_until
from deploy.local.state import State
from services.chassis.messaging import topology
from tests.support.infrastructure import Servers
from tests.support.threads import run

pytestmark = pytest.mark.timeout(300)


class DemoCommand:
    """The command line, with the stack's state in a folder of the test's own."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = ports.free_port()

    def ebok(self, *arguments: str, **more: str) -> "subprocess.CompletedProcess[str]":
        """Run `ebok …` to its end."""
        return subprocess.run(
            [sys.executable, "-m", "deploy.cli", *arguments],
            env=self._environment | more,
            capture_output=True,
            text=True,
            check=False,
            timeout=200,
        )

    def begin(self, *arguments: str) -> "subprocess.Popen[str]":
        """Begin `ebok …` and go on."""
        return subprocess.Popen(
            [sys.executable, "-m", "deploy.cli", *arguments],
            env=self._environment,
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def identities(self) -> dict[str, Identity]:
        """Who was started, by the name of the part."""
        return {
            file.stem: Identity(**json.loads(file.read_text()))
            for file in self.home.glob("stack/**/*.pid")
            if file.name not in {"node.pid", "postmaster.pid"}
        }

    def broker_url(self, user: str) -> str:
        """The address of the office's broker."""
        kept = json.loads((self.home / "stack" / "state.json").read_text())
        return environment.broker_url(State(**kept), user)

    def first_page(self) -> int:
        """The status of the page behind the printed address."""
        opener = urllib.request.build_opener(urllib.request.ProxyHandler({}))
        with opener.open(f"http://127.0.0.1:{self.port}/", timeout=10) as answer:
            return int(answer.status)

    @property
    def _environment(self) -> dict[str, str]:
        told = {name for name in os.environ if name.startswith("EBOK_")} - {ports.RANGE_VARIABLE}
        kept = {name: value for name, value in os.environ.items() if name not in told}
        return {**kept, "EBOK_LOCAL_HOME": str(self.home), "COLUMNS": "160"}


def secret_of(identity: Identity) -> bytes:
    """The signing secret that a running service was given."""
    told = dict(pair.partition(b"=")[::2] for pair in Path(f"/proc/{identity.pid}/environ").read_bytes().split(b"\0"))
    return told[b"EBOK_SECRET"]


@pytest.fixture(scope="module")
def command(servers: Servers) -> Iterator[DemoCommand]:
    """The command in a folder of its own; nothing is left running."""
    command = DemoCommand(servers.folder("office"))
    yield command
    command.ebok("stop")


@pytest.fixture
def office(command: DemoCommand) -> DemoCommand:
    """An office without demo data, as `ebok demo --detach` started it, now or for an earlier test."""
    started = command.ebok("demo", "--detach", "--empty", "--port", str(command.port))
    assert started.returncode == 0, started.stdout + started.stderr
    assert f"http://127.0.0.1:{command.port}" in started.stdout
    return command


@pytest.fixture
def stopped(command: DemoCommand) -> DemoCommand:
    """An office that does not run, whatever an earlier test left behind."""
    assert command.ebok("stop").returncode == 0
    return command


def test_the_printed_address_answers_and_nothing_runs_as_root(office: DemoCommand) -> None:
    assert office.first_page() == 200
    running = office.identities()
    assert {"billing", "gateway", "identity", "metering", "correspondence", "mail", "rabbitmq", "epmd"} <= set(running)
    for name, identity in running.items():
        assert identity.is_running(), name
        assert Path(f"/proc/{identity.pid}").stat().st_uid != 0, f"{name} runs as root"


def test_an_office_without_data_says_how_somebody_gets_in(office: DemoCommand) -> None:
    said = office.ebok("demo", "--detach", "--empty").stdout
    assert "ebok import tariffs|parties|agreements|meters|readings|payments FILE" in said
    words = next(shlex.split(line) for line in said.splitlines() if line.strip().startswith("ebok staff add"))
    hired = office.ebok(*words[1:])
    assert hired.returncode == 0, hired.stderr
    assert "Temporary password, shown only now: " in hired.stdout


def test_status_shows_every_part_ready_with_its_queues(office: DemoCommand) -> None:
    said = office.ebok("status")
    assert said.returncode == 0, said.stdout
    for service in ("identity", "billing", "metering", "correspondence", "gateway"):
        assert re.search(rf"{service}\W+ready\W+\d+", said.stdout), said.stdout
    assert "?" not in said.stdout


def test_doctor_finds_nothing_wrong_in_a_healthy_office(office: DemoCommand) -> None:
    said = office.ebok("doctor")
    assert said.returncode == 0, said.stdout
    assert "Nothing is wrong." in said.stdout


def test_doctor_tells_a_wrong_broker_password_apart_from_a_broker_that_is_away(office: DemoCommand) -> None:
    port = json.loads((office.home / "stack" / "state.json").read_text())["ports"]["amqp"]
    wrong = office.ebok("doctor", EBOK_AMQP_URL=f"amqp://demo.billing:wrong@127.0.0.1:{port}/demo")
    assert wrong.returncode == 1
    assert "refuses the user or the password" in wrong.stdout
    away = office.ebok("doctor", EBOK_AMQP_URL=f"amqp://x:y@127.0.0.1:{ports.free_port()}/demo")
    assert away.returncode == 1
    assert "is away" in away.stdout


def test_an_exchange_that_somebody_deleted_is_named_and_the_next_start_declares_it(office: DemoCommand) -> None:
    run(_delete_exchange(office.broker_url("admin"), topology.REPLAY))
    said = office.ebok("doctor")
    assert said.returncode == 1
    assert f"the exchange {topology.REPLAY} is gone" in said.stdout
    assert office.ebok("stop").returncode == 0
    assert office.ebok("demo", "--detach", "--empty", "--port", str(office.port)).returncode == 0
    assert office.ebok("doctor").returncode == 0


def test_doctor_asks_the_mail_server_itself(office: DemoCommand) -> None:
    mail = office.identities()["mail"]
    os.kill(mail.pid, signal.SIGSTOP)
    try:
        said = office.ebok("doctor")
    finally:
        os.kill(mail.pid, signal.SIGCONT)
    assert said.returncode == 1
    assert re.search(r"mail server\W+is away: \w+", said.stdout), said.stdout


def test_a_second_demo_says_that_it_runs_already(office: DemoCommand) -> None:
    before = office.identities()
    again = office.ebok("demo", "--detach", "--empty")
    assert again.returncode == 0
    assert "runs already" in again.stdout
    assert office.identities() == before
    other = office.ebok("demo", "--detach", "--profile", "wloclawek")
    assert other.returncode == 1
    assert "ebok stop" in other.stderr
    assert "Traceback" not in other.stderr


def test_a_service_that_is_killed_comes_back_and_it_is_told(office: DemoCommand) -> None:
    killed = office.identities()["metering"]
    secret = secret_of(killed)
    os.kill(killed.pid, signal.SIGKILL)
    assert wait_until(lambda: office.identities()["metering"] != killed, 20), "metering was not started again"
    assert "metering ended" in (office.home / "stack" / "supervisor.log").read_text()
    assert wait_until(lambda: office.ebok("status").returncode == 0, 60)
    assert secret_of(office.identities()["metering"]) == secret


def test_stop_ends_all_of_it_and_a_second_start_keeps_the_ports(office: DemoCommand) -> None:
    running = office.identities()
    stopped = office.ebok("stop")
    assert stopped.returncode == 0
    assert not [name for name, identity in running.items() if identity.is_running()]
    assert ports.is_free(office.port)
    assert "Nothing was running" in office.ebok("stop").stdout

    foreground = office.begin("demo", "--empty")
    try:
        assert foreground.stdout is not None
        for line in foreground.stdout:
            if "Ctrl-C" in line:
                break
        assert office.first_page() == 200
        foreground.send_signal(signal.SIGINT)
        assert foreground.wait(60) == 0
    finally:
        foreground.kill()
        foreground.wait()
    assert not [name for name, identity in office.identities().items() if identity.is_running()]
    assert ports.is_free(office.port)


def test_a_broker_and_a_database_that_are_there_already_are_used(stopped: DemoCommand, servers: Servers) -> None:
    node, cluster = servers.node, servers.cluster
    node.import_definitions(topology.definitions("shared", [], {"admin": "secret"}, admin="admin"))
    run(_add_maker(cluster.admin_url))
    named = {
        "EBOK_AMQP_URL": node.url("shared", "shared.admin", "secret"),
        "EBOK_DATABASE_URL": cluster.url("postgres", "maker", "secret"),
    }
    started = stopped.ebok("demo", "--detach", "--empty", "--port", str(stopped.port), **named)
    try:
        assert started.returncode == 0, started.stdout + started.stderr
        assert "RabbitMQ" not in started.stdout
        assert stopped.first_page() == 200
        assert stopped.ebok("status").returncode == 0
    finally:
        stopped.ebok("stop")
    assert node.is_ready()
    assert cluster.is_running()


def test_a_taken_port_is_told_in_one_line(stopped: DemoCommand) -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        refused = stopped.ebok("demo", "--detach", "--empty", "--port", str(port))
    assert refused.returncode == 1
    expected = f"ebok: Port {port} is taken by another program: choose another one with --port PORT.\n"
    assert refused.stderr == expected


def test_clean_takes_away_what_demo_made_and_nothing_else(office: DemoCommand) -> None:
    bystander = office.home / "notes.txt"
    bystander.write_text("mine")
    done = office.ebok("clean")
    assert done.returncode == 0, done.stderr
    assert [path.name for path in office.home.iterdir()] == ["notes.txt"]
    bystander.unlink()


async def _delete_exchange(address: str, name: str) -> None:
    async with await aio_pika.connect(address) as connection, connection.channel() as channel:
        await channel.exchange_delete(name)


async def _add_maker(admin_url: str) -> None:
    connection = await asyncpg.connect(admin_url)
    try:
        await connection.execute("CREATE ROLE maker LOGIN CREATEDB CREATEROLE PASSWORD 'secret'")
    finally:
        await connection.close()
