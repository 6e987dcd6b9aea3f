"""The office as it runs in production: every service a process of its own, which a test may kill."""

import os
import secrets
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Self

from deploy import catalog
from deploy.cli.imports import find_importer, load_file
from deploy.local import health
from deploy.local.ports import free_port
from deploy.profiles import load_profile
from services.chassis.messaging.topology import Part
from services.chassis.settings import Settings
from tests.support.brokers import Addresses
from tests.support.files import csv_file
from tests.support.infrastructure import Servers
from tests.support.mailbox import Mailbox
from tests.support.waiting import wait_until

ROOT = Path(__file__).resolve().parents[2]

_READY_SECONDS = 60
_EVERY_SERVICE = tuple(service.name for service in catalog.SERVICES)


class OfficeProcesses:
    """Processes of one profile's services on fresh queues and databases; a context manager that ends them."""

    def __init__(self, servers: Servers, profile: str, services: Sequence[str] = _EVERY_SERVICE) -> None:
        self.servers = servers
        self.mailbox = Mailbox()
        self.databases: dict[str, str] = {}
        self.broker: Addresses
        self.parts: list[Part] = []
        self._profile = profile
        self._names = tuple(services)
        self._ports = {name: free_port() for name in (*services, "web")}
        self._folder = Path(tempfile.mkdtemp(prefix="ebok-office-"))
        self._secret = secrets.token_urlsafe(24)
        self._processes: dict[str, subprocess.Popen[bytes]] = {}

    def __enter__(self) -> Self:
        try:
            self.mailbox.come_back()
            self._prepare()
            for name in self._names:
                self.start(name)
            for name in self._names:
                self.wait_until_ready(name)
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for process in self._processes.values():
            process.terminate()
        for process in self._processes.values():
            try:
                process.wait(25)
            except subprocess.TimeoutExpired:
                process.kill()
                process.wait()
        self.mailbox.go_away()
        for url in self.databases.values():
            self.servers.database.drop(url)
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def address(self) -> str:
        """The customer office's address."""
        return f"http://127.0.0.1:{self._ports['web']}"

    def settings(self, name: str) -> Settings:
        """The settings of one service's process."""
        return Settings(
            profile=self._profile,
            amqp_url=self.broker.parts[name],
            database_url=self.databases[name],
            files_url=(self._folder / "files").as_uri(),
            smtp_url=self.mailbox.url,
            public_url=self.address,
            secret=self._secret,
            web_port=self._ports["web"],
            ops_port=self._ports[name],
            log_level="warning",
        )

    def start(self, name: str) -> None:
        """Start a service's process; it becomes ready by and by."""
        settings = self.settings(name).model_dump()
        environment = {f"EBOK_{key.upper()}": str(value) for key, value in settings.items()}
        with self.log(name).open("ab") as log:
            self._processes[name] = subprocess.Popen(
                [sys.executable, "-m", "deploy.cli", "serve", name],
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], "PYTHONUNBUFFERED": "1", **environment},
                stdout=log,
                stderr=log,
            )

    def kill(self, name: str) -> None:
        """End a service's process as a power failure does."""
        self._processes[name].kill()
        self._processes[name].wait()

    def is_running(self, name: str) -> bool:
        """Whether the service's process is alive."""
        return self._processes[name].poll() is None

    def pid(self, name: str) -> int:
        """The number of a service's process."""
        return self._processes[name].pid

    def log(self, name: str) -> Path:
        """What the service's process has said."""
        return self._folder / f"{name}.log"

    def problems(self, name: str) -> dict[str, str]:
        """What keeps a service from its work, by part; empty when it is ready."""
        return dict(health.problems(f"http://127.0.0.1:{self._ports[name]}"))

    def samples(self, name: str) -> dict[str, float]:
        """The plain gauges and counters of a service's process."""
        return health.samples(f"http://127.0.0.1:{self._ports[name]}")

    def wait_until_ready(self, name: str) -> None:
        """Return when a service's process is ready; fails with the end of its log when it is not in time."""

        def ready() -> bool:
            assert self.is_running(name), f"{name} ended:\n{self.log(name).read_text()[-3000:]}"
            return not self.problems(name)

        wait_until(ready, _READY_SECONDS, f"{name} is ready")

    def load(self, kind: str, source: Path | Iterable[Mapping[str, object]]) -> None:
        """Import a file, or rows given by column name, as `ebok import` does; fails when a row is refused."""
        service, importer = find_importer(kind)
        path = source if isinstance(source, Path) else csv_file(self._folder, source)
        report = load_file(service, importer, path, self.settings(service.name))
        assert not report.problems, report.problems[:5]

    def _prepare(self) -> None:
        profile = load_profile(self._profile)
        entries = [catalog.entry(name) for name in self._names]
        self.parts = [entry.build(Settings(), profile).part for entry in entries]
        self.broker = self.servers.broker.fresh(self.parts)
        self.databases = {entry.name: self.servers.database.migrated(entry.package) for entry in entries}
