"""The whole office in this process: all services on a real broker, database, mail server and web port."""

import asyncio
import secrets
import shutil
import tempfile
import threading
import time
from collections.abc import Coroutine, Iterable, Mapping, Sequence
from datetime import datetime
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any, Self, TypeVar

import aio_pika
from sqlalchemy import text

from deploy import catalog
from deploy.local.ports import free_port
from deploy.profiles import load_profile
from services.chassis.clock import Clock, system_clock
from services.chassis.imports.importing import Importer, Options
from services.chassis.imports.loading import Report, load
from services.chassis.imports.row_files import opened
from services.chassis.messaging import topology
from services.chassis.process import Process
from services.chassis.profile.profile import Profile
from services.chassis.settings import Settings
from tests.support.brokers import Addresses
from tests.support.browser import Browser
from tests.support.files import csv_file
from tests.support.infrastructure import Servers
from tests.support.mailbox import Mailbox

T = TypeVar("T")

_READY_SECONDS = 60
_HANDLING = {"faststream_received_messages_in_process", "ebok_batched_deliveries_in_hand"}


class Stack:
    """A running office of one profile; a context manager. Its event loop lives in a thread of its own.

    A test may set `clocks`, each the clock of one service.
    """

    def __init__(self, servers: Servers, profile: str) -> None:
        self.servers = servers
        self.profile: Profile = load_profile(profile)
        self.mailbox = Mailbox()
        self.processes: dict[str, Process] = {}
        self.clocks: dict[str, Clock] = {service.name: system_clock for service in catalog.SERVICES}
        self.port = free_port()
        self._profile_name = profile
        self._databases: list[str] = []
        self._browsers: list[Browser] = []
        self._folder = Path(tempfile.mkdtemp(prefix="ebok-test-"))
        self._loop = asyncio.new_event_loop()
        self._thread = threading.Thread(target=self._loop.run_forever, name=f"stack {profile}", daemon=True)

    def __enter__(self) -> Self:
        try:
            self.mailbox.come_back()
            self._build()
            self._thread.start()
            self.call(self._start())
        except BaseException:
            self.__exit__()
            raise
        return self

    def __exit__(self, *_: object) -> None:
        for browser in self._browsers:
            browser.close()
        if self._thread.is_alive():
            self.call(self._stop())
            self._loop.call_soon_threadsafe(self._loop.stop)
            self._thread.join()
        self._loop.close()
        self.mailbox.go_away()
        for url in self._databases:
            self.servers.database.drop(url)
        shutil.rmtree(self._folder, ignore_errors=True)

    @property
    def address(self) -> str:
        """The customer office's address."""
        return f"http://127.0.0.1:{self.port}"

    @property
    def files(self) -> Path:
        """The folder of the object store."""
        return self._folder / "files"

    def browser(self) -> Browser:
        """A new person's browser."""
        self._browsers.append(Browser(self.address))
        return self._browsers[-1]

    def call(self, work: Coroutine[Any, Any, T], seconds: float = 120.0) -> T:
        """The result of `work`, awaited in the office's event loop."""
        return asyncio.run_coroutine_threadsafe(work, self._loop).result(seconds)

    def rows(self, service: str, query: str, **values: Any) -> Sequence[Mapping[str, Any]]:
        """What `query` finds in the database of a service."""

        async def fetch() -> Sequence[Mapping[str, Any]]:
            async with self.processes[service].engine.connect() as connection:
                return [dict(row) for row in (await connection.execute(text(query), values)).mappings()]

        return self.call(fetch())

    def load(
        self, kind: str, source: Path | Iterable[Mapping[str, object]], *, meter: str = "", shift_years: int = 0
    ) -> Report:
        """Import a file, or rows given by column name, through the importer of `kind` and a real file."""
        path = source if isinstance(source, Path) else csv_file(self._folder, source)
        process, importer = self._importer(kind)
        report = Report()
        options = Options(meter=meter, shift_years=shift_years)

        async def store() -> None:
            with opened(path, importer) as file:
                await load(process, file, options, report)

        self.call(store())
        return report

    def quiet(self, seconds: float = 60.0) -> None:
        """Return when nothing moves any more: queues and outboxes are empty, every asynchronous step has caught up."""
        deadline = time.monotonic() + seconds
        still = 0
        while still < 2:
            busy = self.call(self._busy())
            still = 0 if busy else still + 1
            assert not busy or time.monotonic() < deadline, f"still busy after {seconds:g} s: {busy}"
            time.sleep(0.05)

    def lose_files(self) -> None:
        """Let the object store fail from now on: a file stands where its folder was."""
        shutil.rmtree(self.files)
        self.files.touch()

    def _build(self) -> None:
        addresses = self.servers.broker.fresh(catalog.parts(self.profile))
        self._broker: Addresses = addresses
        secret = secrets.token_urlsafe(24)
        for entry in catalog.SERVICES:
            self._databases.append(self.servers.database.migrated(entry.package))
            settings = Settings(
                profile=self._profile_name,
                amqp_url=addresses.parts[entry.name],
                database_url=self._databases[-1],
                files_url=self.files.as_uri(),
                smtp_url=self.mailbox.url,
                public_url=self.address,
                secret=secret,
                web_port=self.port,
                logins_per_minute=0,  # a test's people all come from one address
                registrations_per_minute=0,
            )
            service = entry.build(settings, self.profile, partial(self._now, entry.name))
            self.processes[entry.name] = Process(service)

    async def _start(self) -> None:
        self._probe = await aio_pika.connect(self._broker.admin)
        for process in self.processes.values():
            await process.start()
        await asyncio.gather(*(process.wait_until_ready(_READY_SECONDS) for process in self.processes.values()))
        async with asyncio.timeout(20):
            while True:
                try:
                    _, writer = await asyncio.open_connection("127.0.0.1", self.port)
                except OSError:
                    await asyncio.sleep(0.05)
                else:
                    writer.close()
                    return

    async def _stop(self) -> None:
        await asyncio.gather(*(process.stop() for process in self.processes.values()))
        await self._probe.close()

    async def _busy(self) -> list[str]:
        found = []
        async with self._probe.channel() as channel:
            for process in self.processes.values():
                for queue in topology.queues(process.service.part):
                    if queue.name == topology.parked_queue(process.name):
                        continue
                    declared = await channel.declare_queue(queue.name, passive=True)
                    if declared.declaration_result.message_count:
                        found.append(queue.name)
        for name, process in self.processes.items():
            await process.measure()
            for metric in process.registry.collect():
                late = metric.name.endswith("_oldest_seconds")
                handling = metric.name in _HANDLING
                if (late or handling) and any(sample.value for sample in metric.samples):
                    found.append(f"{name}: {metric.name}")
        return found

    def _now(self, service: str) -> datetime:
        return self.clocks[service]()

    def parked(self) -> dict[str, list[str]]:
        """The reasons of the events that each service has given up, for those that have; they stay where they are."""

        async def look() -> dict[str, list[str]]:
            found: dict[str, list[str]] = {}
            for process in self.processes.values():
                if not process.service.part.consumes:
                    continue
                async with self._probe.channel() as channel:
                    queue = await channel.get_queue(topology.parked_queue(process.name))
                    while (message := await queue.get(fail=False)) is not None:
                        found.setdefault(process.name, []).append(str(message.headers.get("x-ebok-reason")))
            return found

        return self.call(look())

    def _importer(self, kind: str) -> tuple[Process, Importer]:
        for entry in catalog.SERVICES:
            try:
                importers = import_module(f"{entry.package}.importing").IMPORTERS
            except ModuleNotFoundError:
                continue
            if kind in importers:
                return self.processes[entry.name], importers[kind]
        raise KeyError(f"nobody imports {kind}")
