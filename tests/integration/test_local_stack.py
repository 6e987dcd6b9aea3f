"""The parts of the local stack as real processes: they start, stop, and leave everybody else's things alone."""

import asyncio
import json
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import asdict, replace
from pathlib import Path

import aio_pika
import asyncpg
import pytest
from aio_pika.exceptions import ProbableAuthenticationError
from aiormq.exceptions import ChannelAccessRefused

from deploy.local import checks, interpreter, opening, ports
from deploy.local import state as states
from deploy.local.account import Account
from deploy.local.account import ensure as ensure_account
from deploy.local.broker import Node
from deploy.local.checks import Level
from deploy.local.errors import LocalStackError
from deploy.local.mail import MailServer
from deploy.local.postgres import Cluster
from deploy.local.processes import Child, Identity, wait_until
from deploy.local.stack import in_silence
from deploy.local.state import State
from services.chassis.messaging import topology
from services.chassis.messaging.topology import Part
from tests.support.infrastructure import Servers

PARTS = [
    Part("billing", consumes=("metering.reading.accepted",), answers=("billing.payment.record",)),
    Part("gateway", consumes=("billing.invoice.issued",), asks=True, projects=True),
]


@pytest.fixture(scope="module")
def account(servers: Servers) -> Account:
    """The account of the local stack with a home of this test module's own."""
    return replace(ensure_account(), home=servers.folder("local"))


@pytest.fixture(scope="module")
def node(account: Account) -> Iterator[Node]:
    """A running broker node."""
    node = Node(account.home / "broker", *_three_free_ports(), account)
    node.start()
    yield node
    node.stop()


@pytest.fixture(scope="module")
def cluster(account: Account) -> Iterator[Cluster]:
    """A running database cluster."""
    cluster = Cluster(account.home / "database", ports.free_port(), account)
    cluster.start()
    yield cluster
    cluster.stop()


@pytest.fixture
def sleeper(account: Account) -> Iterator[Child]:
    """A program that would sleep for long, not started."""
    child = Child("sleeper", ["sleep", "600"], {"PATH": "/usr/bin:/bin"}, account.home / "sleeper", account)
    yield child
    child.stop()


def test_servers_run_as_nobody_privileged_and_listen_on_loopback_only(node: Node, cluster: Cluster) -> None:
    server, database = node.child.identity(), cluster.identity()
    assert server is not None
    assert database is not None
    for pid in (server.pid, database.pid):
        assert _uid(pid) != 0
    for port in (node.port, node.distribution_port, node.mapper_port, cluster.port):
        assert _listening_addresses(port) <= {"127.0.0.1", "::1"}, f"port {port}"


def test_a_second_start_of_a_running_server_changes_nothing(node: Node, cluster: Cluster) -> None:
    before = node.child.identity(), cluster.identity()
    node.start()
    cluster.start()
    assert (node.child.identity(), cluster.identity()) == before


def test_queues_and_messages_are_there_after_a_restart(account: Account) -> None:
    node = Node(account.home / "restarted-broker", *_three_free_ports(), account)
    try:
        node.start()
        _import(node, "restart")
        asyncio.run(_publish(node.url("restart", "restart.admin", "a"), topology.events_queue("billing")))
        node.stop()
        assert not node.is_running()
        node.start()
        count = asyncio.run(_messages(node.url("restart", "restart.admin", "a"), topology.events_queue("billing")))
        assert count == 1
    finally:
        node.stop()


def test_the_broker_has_no_guest_and_each_service_only_its_own_rights(node: Node) -> None:
    _import(node, "rights")
    with pytest.raises(ProbableAuthenticationError):
        asyncio.run(_messages(node.url("rights", "guest", "guest"), "billing.events"))
    with pytest.raises(ChannelAccessRefused):
        asyncio.run(_publish(node.url("rights", "rights.gateway", "g"), "billing.events"))


def test_definitions_that_the_broker_refuses_are_told_in_its_words(node: Node) -> None:
    with pytest.raises(LocalStackError, match="import_definitions failed"):
        node.import_definitions({"queues": [{"name": "q", "vhost": "no-such-vhost", "durable": True}]})


def test_doctor_sees_a_broker_that_an_alarm_keeps_from_taking_messages(
    node: Node, monkeypatch: pytest.MonkeyPatch
) -> None:
    node.import_definitions(topology.definitions("alarm", [], {"admin": "secret"}, admin="admin"))
    url = node.url("alarm", "alarm.admin", "secret")
    assert asyncio.run(checks.takes_messages("broker", url)).level is Level.FINE
    monkeypatch.setattr(checks, "_CONFIRM_SECONDS", 0.5)
    node._control("set_vm_memory_high_watermark", "0.0000001")
    try:
        found = asyncio.run(checks.takes_messages("broker", url))
    finally:
        node._control("set_vm_memory_high_watermark", "0.6")
    assert (found.level, found.text) == (Level.PROBLEM, "takes no messages: TimeoutError")
    assert "memory or disk alarm" in found.advice


def test_a_database_that_hangs_runs_and_does_not_answer(cluster: Cluster) -> None:
    known = cluster.identity()
    assert known
    assert cluster.answers()
    os.kill(known.pid, signal.SIGSTOP)
    try:
        assert (cluster.has_process(), cluster.answers(0.3)) == (True, False)
    finally:
        os.kill(known.pid, signal.SIGCONT)
    assert cluster.answers(5)


def test_a_role_reaches_its_own_database_and_no_other(cluster: Cluster) -> None:
    cluster.create_database("one", "one", "secret'1")
    cluster.create_database("other", "other", "secret2")

    async def visit(database: str, role: str, password: str) -> str:
        connection = await asyncpg.connect(cluster.url(database, role, password))
        try:
            return str(await connection.fetchval("SELECT current_database() || ' ' || lower('ŻÓŁĆ')"))
        finally:
            await connection.close()

    assert asyncio.run(visit("one", "one", "secret'1")) == "one żółć"
    with pytest.raises(asyncpg.InsufficientPrivilegeError):
        asyncio.run(visit("one", "other", "secret2"))
    with pytest.raises(asyncpg.InvalidPasswordError):
        asyncio.run(visit("one", "one", "wrong"))


def test_making_a_database_again_keeps_its_rows_and_sets_the_new_password(cluster: Cluster) -> None:
    async def count(password: str) -> int:
        connection = await asyncpg.connect(cluster.url("kept", "kept", password))
        try:
            await connection.execute("CREATE TABLE IF NOT EXISTS reading (value int)")
            await connection.execute("INSERT INTO reading VALUES (1)")
            return int(await connection.fetchval("SELECT count(*) FROM reading"))
        finally:
            await connection.close()

    cluster.create_database("kept", "kept", "first")
    assert asyncio.run(count("first")) == 1
    cluster.create_database("kept", "kept", "second")
    assert asyncio.run(count("second")) == 2


def test_a_database_lock_file_that_names_a_stranger_is_no_server_of_ours(account: Account) -> None:
    cluster = Cluster(account.home / "stranger", ports.free_port(), account)
    cluster.start()
    lock = account.home / "stranger" / "data" / "postmaster.pid"
    lines = lock.read_text().splitlines()
    identity = cluster.identity()
    assert identity is not None
    os.kill(identity.pid, signal.SIGKILL)
    assert wait_until(lambda: not identity.is_running(), 5)
    lock.write_text("\n".join([str(os.getpid()), *lines[1:]]) + "\n")
    assert cluster.identity() is None
    cluster.stop()
    assert Identity.of(os.getpid()) is not None, "the stranger lives"
    # The dead server's children let go of the shared memory a moment later.
    assert wait_until(lambda: _starts(cluster), 20)
    cluster.stop()
    assert not cluster.has_process()


def test_the_mail_server_takes_mail_and_shows_it(account: Account) -> None:
    mail = MailServer(account.home / "mail", *_three_free_ports(), "secret", interpreter.for_account(account))
    try:
        mail.start()
        with socket.create_connection(("127.0.0.1", mail.smtp_port)) as connection:
            assert connection.recv(3) == b"220"
        identity = mail.child.identity()
        assert identity is not None
        assert _uid(identity.pid) == account.uid
        assert b"secret" not in Path(f"/proc/{identity.pid}/cmdline").read_bytes()
    finally:
        mail.stop()
    assert ports.is_free(mail.smtp_port)


def test_stop_ends_only_the_process_that_was_started(sleeper: Child, account: Account) -> None:
    sleeper.start()
    known = sleeper.identity()
    assert known is not None
    bystander = subprocess.Popen(["sleep", "600"])
    try:
        # The same number with another start time is what is left when a pid was given to somebody else.
        account.write(sleeper.folder / "sleeper.pid", json.dumps(asdict(Identity(bystander.pid, known.started - 1))))
        assert not sleeper.is_running()
        sleeper.stop()
        assert bystander.poll() is None, "the bystander lives"
    finally:
        bystander.kill()
        bystander.wait()
        known.stop(5)


def test_a_program_that_somebody_halted_is_told_apart_from_one_that_works(sleeper: Child) -> None:
    sleeper.start()
    known = sleeper.identity()
    assert known is not None
    assert not sleeper.is_halted()
    os.kill(known.pid, signal.SIGSTOP)
    assert wait_until(sleeper.is_halted, 5)
    assert sleeper.is_running()
    os.kill(known.pid, signal.SIGCONT)
    assert wait_until(lambda: not sleeper.is_halted(), 5)
    sleeper.stop()


def test_a_program_that_ignores_the_request_to_end_is_ended(account: Account) -> None:
    argv = ["bash", "-c", "trap '' TERM; while true; do sleep 0.1; done"]
    child = Child("stubborn", argv, {"PATH": "/usr/bin:/bin"}, account.home / "stubborn", account, grace=0.5)
    child.start()
    assert wait_until(child.is_running, 5)
    child.stop()
    assert not child.is_running()


def test_another_process_recognises_what_was_started_here(sleeper: Child) -> None:
    sleeper.start()
    again = replace(sleeper, _popen=None)
    assert again.is_running()
    again.stop()
    assert not sleeper.is_running()


def test_a_taken_port_is_told_with_the_option_that_chooses_another() -> None:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        with pytest.raises(LocalStackError, match=f"Port {port} is taken.*--port PORT"):
            ports.wanted_port(port, "--port")


def test_a_port_is_remembered_until_somebody_takes_it() -> None:
    first = ports.free_port()
    assert ports.free_port(first) == first
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", first))
        taken.listen()
        assert ports.free_port(first) != first


def test_secrets_are_kept_in_a_file_for_the_account_only(account: Account) -> None:
    state = State()
    secret = state.secret("broker.demo.billing")
    states.save(account, state)
    file = states.path(account)
    assert file.stat().st_mode & 0o777 == 0o600
    assert file.stat().st_uid == account.uid
    again = states.load(account)
    assert again is not None
    assert again.secret("broker.demo.billing") == secret


def test_a_damaged_state_file_says_what_to_do(account: Account) -> None:
    account.folder(states.path(account).parent)
    account.write(states.path(account), '{"ports": ')
    with pytest.raises(LocalStackError, match="ebok clean"):
        states.load(account)
    states.path(account).unlink()


def test_only_one_command_starts_the_stack_at_a_time(account: Account) -> None:
    with (
        opening.only_start(account),
        pytest.raises(LocalStackError, match="Another `ebok demo`"),
        opening.only_start(account),
    ):
        pass
    with opening.only_start(account):
        pass


def test_a_broken_profile_is_refused_with_its_field(account: Account, tmp_path: Path) -> None:
    broken = tmp_path / "broken.toml"
    broken.write_text('[utility]\nshort_name = "X"\n')
    with pytest.raises(LocalStackError, match=r"utility\.name: is missing"):
        opening.new_stack(account, str(broken), None, in_silence)


def test_nothing_outside_the_home_changes_its_permissions(account: Account) -> None:
    outside = [*account.home.parent.parents, Path(sys.prefix), Path.home(), Path(opening.__file__).parents[2]]
    before = {folder: _rights(folder) for folder in outside}
    cluster = Cluster(account.home / "permissions", ports.free_port(), account)
    node = Node(account.home / "permissions-broker", *_three_free_ports(), account)
    try:
        cluster.start()
        node.start()
    finally:
        cluster.stop()
        node.stop()
    assert {folder: _rights(folder) for folder in outside} == before
    assert account.home.stat().st_mode & 0o777 == 0o700


def _three_free_ports() -> tuple[int, int, int]:
    first = ports.free_port()
    second = ports.free_port(taken=frozenset({first}))
    return first, second, ports.free_port(taken=frozenset({first, second}))


def _uid(pid: int) -> int:
    return Path(f"/proc/{pid}").stat().st_uid


def _rights(folder: Path) -> tuple[int, int, int]:
    found = folder.stat()
    return found.st_mode, found.st_uid, found.st_gid


def _listening_addresses(port: int) -> set[str]:
    listed = subprocess.run(["ss", "-Hltn", f"sport = :{port}"], capture_output=True, text=True, check=True).stdout
    found = {line.split()[3].rpartition(":")[0].strip("[]") for line in listed.splitlines()}
    assert found, f"nobody listens on {port}"
    return found


def _import(node: Node, vhost: str) -> None:
    passwords = {"billing": "b", "gateway": "g", "admin": "a"}
    node.import_definitions(topology.definitions(vhost, PARTS, passwords, admin="admin"))


def _starts(cluster: Cluster) -> bool:
    try:
        cluster.start()
    except LocalStackError:
        return False
    return True


async def _publish(url: str, queue: str) -> None:
    connection = await aio_pika.connect(url)
    async with connection, connection.channel(on_return_raises=True) as channel:
        message = aio_pika.Message(b"{}", delivery_mode=aio_pika.DeliveryMode.PERSISTENT)
        await channel.default_exchange.publish(message, routing_key=queue)


async def _messages(url: str, queue: str) -> int | None:
    connection = await aio_pika.connect(url)
    async with connection, connection.channel() as channel:
        return (await channel.declare_queue(queue, passive=True)).declaration_result.message_count
