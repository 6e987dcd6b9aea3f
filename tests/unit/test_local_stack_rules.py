"""The rules of the local stack that need no server: pauses before a restart, names, folders, counts."""

import errno
import itertools
import os
import subprocess
import threading
from collections.abc import Iterator
from http.server import BaseHTTPRequestHandler, HTTPServer
from pathlib import Path

import pytest

from deploy.local import environment, health, packages, ports
from deploy.local.account import Account
from deploy.local.errors import LocalStackError
from deploy.local.postgres import create_database, with_database
from deploy.local.processes import Child
from deploy.local.state import State
from deploy.local.supervisor import Watched, look_at

METRICS = """# HELP ebok_outbox_messages Events that wait for the relay
# TYPE ebok_outbox_messages gauge
ebok_outbox_messages 12.0
ebok_outbox_oldest_seconds 3.5
ebok_background_failures_total{task="relay"} 2.0
"""


@pytest.fixture
def told() -> list[str]:
    """What the supervisor said."""
    return []


@pytest.fixture
def operators_address() -> Iterator[str]:
    """A process that is not ready, because of its database, and tells its counts."""

    class Answers(BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            metrics = self.path == "/metrics"
            body = METRICS if metrics else '{"status": "not ready", "problems": {"database": "is away"}}'
            self.send_response(200 if metrics else 503)
            self.end_headers()
            self.wfile.write(body.encode())

        def log_message(self, *_: object) -> None:
            pass

    server = HTTPServer(("127.0.0.1", 0), Answers)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    yield f"http://127.0.0.1:{server.server_port}"
    server.shutdown()
    thread.join()
    server.server_close()


def test_a_part_that_keeps_ending_is_started_again_later_each_time(told: list[str]) -> None:
    starts: list[float] = []
    now = 0.0
    part = Watched("billing", lambda: False, lambda: starts.append(now), started_at=0.0)
    while now < 40:
        look_at(part, told.append, now)
        now += 0.5
    pauses = [later - earlier for earlier, later in itertools.pairwise(starts)]
    assert pauses == sorted(pauses)
    assert pauses[0] < pauses[-1] <= 61
    assert told[0] == "billing ended; it starts again in 1 s"


def test_a_part_that_stayed_up_a_minute_starts_again_with_the_shortest_pause(told: list[str]) -> None:
    part = Watched("billing", lambda: False, lambda: None, started_at=0.0, pause=32.0)
    look_at(part, told.append, 100.0)
    assert told == ["billing ended; it starts again in 1 s"]


@pytest.mark.parametrize("fault", [LocalStackError, OSError])
def test_a_part_that_cannot_start_is_told_and_tried_again(told: list[str], fault: type[Exception]) -> None:
    def fail() -> None:
        raise fault("The broker stopped while starting")

    part = Watched("rabbitmq", lambda: False, fail, started_at=0.0)
    for second in range(10):
        look_at(part, told.append, float(second))
    assert told.count("The broker stopped while starting") >= 2


@pytest.mark.parametrize(
    ("profile", "slug"),
    [("demo", "demo"), ("/etc/ebok/Moje-Wodociągi 2.toml", "moje_wodoci_gi_2"), ("…", "profile")],
)
def test_a_profile_gives_a_name_that_databases_and_virtual_hosts_take(profile: str, slug: str) -> None:
    assert State(profile=profile).slug == slug


def test_each_service_has_its_own_database_role_broker_user_and_signing_secret() -> None:
    state = State(ports={"amqp": 1, "postgres": 2, "web": 3, "smtp": 4, "ops.billing": 5, "ops.gateway": 6})
    account = Account("somebody", 1, 1, Path("/somewhere"))
    billing = environment.of_service(account, state, "billing")
    gateway = environment.of_service(account, state, "gateway")
    for name in ("EBOK_AMQP_URL", "EBOK_DATABASE_URL", "EBOK_OPS_PORT", "EBOK_SECRET"):
        assert billing[name] != gateway[name]
    assert billing["EBOK_FILES_URL"] == gateway["EBOK_FILES_URL"]


def test_ports_of_one_stack_are_all_different() -> None:
    state = State()
    state.keep_ports([f"part{number}" for number in range(30)])
    assert len(set(state.ports.values())) == 30


def test_the_account_makes_no_folder_outside_its_home(tmp_path: Path) -> None:
    account = Account("me", 1, 1, tmp_path / "home")
    with pytest.raises(ValueError, match="outside"):
        account.folder(tmp_path / "elsewhere")
    assert not (tmp_path / "elsewhere").exists()


def test_a_file_that_cannot_be_written_keeps_its_old_text_and_leaves_none_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    account = Account("me", os.geteuid(), os.getegid(), tmp_path)
    account.write(tmp_path / "one.pid", "old")

    def full(self: Path, target: Path) -> None:
        raise OSError(errno.ENOSPC, "No space left on device")

    monkeypatch.setattr(Path, "replace", full)
    with pytest.raises(OSError, match="No space"):
        account.write(tmp_path / "one.pid", "new")
    assert [(file.name, file.read_text()) for file in tmp_path.iterdir()] == [("one.pid", "old")]


@pytest.mark.parametrize("text", ["", "{", "7", '{"pid": 1}'])
def test_a_file_that_remembers_nobody_is_nobody_who_runs(tmp_path: Path, text: str) -> None:
    account = Account("me", os.geteuid(), os.getegid(), tmp_path)
    child = Child("one", ["true"], {}, tmp_path, account)
    (tmp_path / "one.pid").write_text(text)
    (tmp_path / ".one.pid.0a1b2c3d").write_text("")
    assert not child.is_running()
    child.stop()
    assert not (tmp_path / "one.pid").exists()


def test_another_database_of_the_same_server_keeps_host_and_options() -> None:
    url = with_database("postgresql://boss:x@db.example:5433/postgres?sslmode=require", "demo_billing", "role", "p@ss")
    assert url == "postgresql://role:p%40ss@db.example:5433/demo_billing?sslmode=require"


def test_a_database_name_that_would_need_quoting_is_refused() -> None:
    with pytest.raises(ValueError, match="no plain database name"):
        create_database("postgresql://127.0.0.1/postgres", 'x"; DROP DATABASE y', "role", "password")


def test_a_service_that_is_not_ready_tells_why(operators_address: str) -> None:
    assert health.problems(operators_address) == {"database": "is away"}
    assert health.problems("http://127.0.0.1:1") == {"process": "does not answer"}


def test_counts_without_labels_are_read_from_the_metrics(operators_address: str) -> None:
    assert health.samples(operators_address) == {"ebok_outbox_messages": 12.0, "ebok_outbox_oldest_seconds": 3.5}
    assert health.samples("http://127.0.0.1:1") == {}


def test_debian_starts_no_service_while_packages_are_installed(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = tmp_path / "policy-rc.d"
    monkeypatch.setattr(packages, "_POLICY", policy)
    with packages._services_held():
        assert subprocess.run([policy], check=False).returncode == 101
    assert not policy.exists()


def test_a_policy_that_the_machine_has_already_is_left_alone(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    policy = tmp_path / "policy-rc.d"
    policy.write_text("#!/bin/sh\nexit 0\n")
    monkeypatch.setattr(packages, "_POLICY", policy)
    with packages._services_held():
        assert policy.read_text() == "#!/bin/sh\nexit 0\n"
    assert policy.exists()


def test_ports_are_taken_from_the_range_that_was_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("EBOK_LOCAL_PORTS", "31000-31400")
    assert all(31_000 <= ports.free_port() < 31_400 for _ in range(20))


@pytest.mark.parametrize("told", ["31000", "31400-31000", "80-90", "many-more"])
def test_a_range_of_ports_that_makes_no_sense_is_told(monkeypatch: pytest.MonkeyPatch, told: str) -> None:
    monkeypatch.setenv("EBOK_LOCAL_PORTS", told)
    with pytest.raises(LocalStackError, match=f"EBOK_LOCAL_PORTS must name a range .* not '{told}'"):
        ports.free_port()
