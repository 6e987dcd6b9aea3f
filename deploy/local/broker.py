"""A private RabbitMQ node from Debian's `rabbitmq-server`, on the loopback address only.

Nothing of the machine's own RabbitMQ is touched: node name, ports, Erlang cookie, port mapper and every folder are
ours. The user `guest` is never made.
"""

import json
import os
import secrets
import socket
import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path
from typing import Any
from urllib.parse import quote

from deploy.local.account import Account
from deploy.local.errors import LocalStackError
from deploy.local.processes import Child, wait_until

PROGRAMS = Path("/usr/lib/rabbitmq/bin")
_START_SECONDS = 90
_AMQP_HEADER = b"AMQP\x00\x00\x09\x01"


@dataclass(frozen=True)
class Node:
    """One broker node in one folder, owned and run by `account`.

    Three ports: for AMQP, for Erlang's distribution (which `rabbitmqctl` speaks) and for Erlang's port mapper.
    """

    folder: Path
    port: int
    distribution_port: int
    mapper_port: int
    account: Account

    def start(self) -> None:
        """Start the node; return when it greets AMQP clients.

        Raises LocalStackError when `rabbitmq-server` is not installed or the node does not come up.
        """
        if self.is_ready():
            return
        if not (PROGRAMS / "rabbitmq-server").exists():
            raise LocalStackError("RabbitMQ is missing: run `apt-get install rabbitmq-server` as root.")
        self._write_files()
        self._mapper.start()
        self._server.start()
        if not wait_until(lambda: self.is_ready() or not self._server.is_running(), _START_SECONDS):
            raise LocalStackError(f"The broker did not answer within {_START_SECONDS} s, see {self.log}")
        if not self._server.is_running():
            raise LocalStackError(f"The broker stopped while starting, see {self.log}")

    def stop(self) -> None:
        """Stop the node and its port mapper; messages of durable queues stay."""
        self._server.stop()
        self._mapper.stop()

    def is_running(self) -> bool:
        """Whether the node's process runs."""
        return self._server.is_running()

    def is_ready(self) -> bool:
        """Whether the node's process runs and greets AMQP clients."""
        return self.is_running() and _greets(self.port)

    @property
    def child(self) -> Child:
        """The node's process."""
        return self._server

    def import_definitions(self, definitions: Mapping[str, Any]) -> None:
        """Add virtual hosts, users, rights, exchanges, queues and bindings; what is there already stays."""
        path = self.folder / f"definitions-{secrets.token_hex(4)}.json"
        self.account.write(path, json.dumps(definitions))
        try:
            self._control("import_definitions", str(path))
        finally:
            path.unlink(missing_ok=True)

    def version(self) -> str:
        """The broker's version, such as `3.10.8`."""
        return self._control("version").strip()

    def url(self, vhost: str, user: str, password: str) -> str:
        """The address of a virtual host for one user."""
        return f"amqp://{quote(user, safe='')}:{quote(password, safe='')}@127.0.0.1:{self.port}/{quote(vhost, safe='')}"

    @property
    def log(self) -> Path:
        """The node's log."""
        return self.folder / "log" / "node.log"

    @cached_property
    def _server(self) -> Child:
        # With `detached` set, the script becomes the server instead of waiting for it as its parent.
        environment = {**self._environment, "detached": "1"}
        return Child("rabbitmq", [PROGRAMS / "rabbitmq-server"], environment, self.folder, self.account, grace=30)

    @cached_property
    def _mapper(self) -> Child:
        # Erlang would start a port mapper that nobody ends; ours is a child like any other.
        argv = ["epmd", "-port", str(self.mapper_port), "-address", "127.0.0.1"]
        return Child("epmd", argv, self._environment, self.folder, self.account)

    @cached_property
    def _environment(self) -> dict[str, str]:
        folder = self.folder
        environment = {
            "PATH": "/usr/sbin:/usr/bin:/sbin:/bin",
            "LANG": "C.UTF-8",
            "HOME": str(folder / "home"),
            "ERL_EPMD_PORT": str(self.mapper_port),
            "ERL_EPMD_ADDRESS": "127.0.0.1",
            "ERL_CRASH_DUMP_SECONDS": "0",
            "RABBITMQ_NODENAME": "ebok@localhost",
            "RABBITMQ_NODE_PORT": str(self.port),
            "RABBITMQ_DIST_PORT": str(self.distribution_port),
            "RABBITMQ_MNESIA_BASE": str(folder / "data"),
            "RABBITMQ_LOG_BASE": str(folder / "log"),
            "RABBITMQ_LOGS": str(self.log),
            "RABBITMQ_CONFIG_FILE": str(folder / "none"),
            "RABBITMQ_ADVANCED_CONFIG_FILE": str(folder / "advanced.config"),
            "RABBITMQ_CONF_ENV_FILE": str(folder / "environment.conf"),
            "RABBITMQ_ENABLED_PLUGINS_FILE": str(folder / "enabled_plugins"),
            "RABBITMQ_PID_FILE": str(folder / "node.pid"),
            "RABBITMQ_SERVER_ADDITIONAL_ERL_ARGS": "-start_epmd false -kernel inet_dist_use_interface {127,0,0,1}",
        }
        if _lean_program_folder() is not None:
            environment["RABBITMQ_SCRIPTS_DIR"] = str(folder / "programs" / "sbin")
        return environment

    def _write_files(self) -> None:
        write, folder = self.account.write, self.folder
        for name in ("home", "log", "data"):
            self.account.folder(folder / name)
        cookie = folder / "home" / ".erlang.cookie"
        if not cookie.exists():
            self.account.write(cookie, secrets.token_hex(24), mode=0o400)
        # A node that has definitions to load makes no default user and no default virtual host.
        write(folder / "first-definitions.json", json.dumps({"users": [], "vhosts": []}))
        # Erlang terms, not `rabbitmq.conf`: reading that format costs a second of every start.
        write(
            folder / "advanced.config",
            f'[{{rabbit, [{{tcp_listeners, [{{"127.0.0.1", {self.port}}}]}}, {{loopback_users, []}}, '
            f"{{load_definitions, {_erlang_string(folder / 'first-definitions.json')}}}, "
            "{disk_free_limit, 50000000}, {vm_memory_high_watermark, 0.2}]}].\n",
        )
        write(folder / "environment.conf", "")
        write(folder / "enabled_plugins", "[].\n")
        self._link_programs()

    def _link_programs(self) -> None:
        """A view of the program folder without the 40 plugins that are never on.

        Erlang looks for each of some 700 modules in every folder of its path: half of the start-up time.
        """
        original = _lean_program_folder()
        if original is None:
            return
        view = self.account.folder(self.folder / "programs")
        plugins = self.account.folder(view / "plugins")
        links = {view / name: original / name for name in ("sbin", "escript")}
        for library in (original / "plugins").iterdir():
            if not library.name.startswith("rabbitmq_") or library.name.startswith("rabbitmq_prelaunch"):
                links[plugins / library.name] = library
        for old in [*view.iterdir(), *plugins.iterdir()]:
            if old.is_symlink() and links.get(old) != old.readlink():
                old.unlink()
        for link, target in links.items():
            if not link.is_symlink():
                link.symlink_to(target)

    def _control(self, *arguments: str) -> str:
        done = subprocess.run(
            self.account.command([PROGRAMS / "rabbitmqctl", "-q", *arguments]),
            env=self._environment,
            cwd=self.folder,
            stdin=subprocess.DEVNULL,
            capture_output=True,
            text=True,
            check=False,
            timeout=120,
        )
        if done.returncode:
            said = (done.stderr or done.stdout).strip()
            raise LocalStackError(f"rabbitmqctl {arguments[0]} failed: {said}")
        return done.stdout


def _greets(port: int) -> bool:
    """Whether an AMQP 0-9-1 server answers on the port with its first frame."""
    try:
        with socket.create_connection(("127.0.0.1", port), timeout=1) as connection:
            connection.sendall(_AMQP_HEADER)
            return connection.recv(1) == b"\x01"
    except OSError:
        return False


def _lean_program_folder() -> Path | None:
    """The versioned folder behind `PROGRAMS`, where it has the shape that `_link_programs` knows."""
    folder = Path(os.path.realpath(PROGRAMS / "rabbitmq-server")).parents[1]
    known = all((folder / name).is_dir() for name in ("sbin", "escript", "plugins"))
    return folder if known and any((folder / "plugins").glob("rabbitmq_prelaunch-*/ebin")) else None


def _erlang_string(path: Path) -> str:
    return '"' + str(path).replace("\\", "\\\\").replace('"', '\\"') + '"'
