"""The whole office on one machine: which parts there are, and how they start and stop together."""

import asyncio
import hashlib
import threading
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import FIRST_EXCEPTION, ThreadPoolExecutor, wait
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from deploy.catalog import SERVICES, parts
from deploy.local import environment, health
from deploy.local import state as states
from deploy.local.account import PROJECT, Account
from deploy.local.broker import Node
from deploy.local.errors import LocalStackError
from deploy.local.interpreter import Interpreter
from deploy.local.mail import MailServer
from deploy.local.postgres import Cluster, create_database
from deploy.local.processes import Child, wait_until
from deploy.local.state import State

Report = Callable[[str, bool], None]
"""Told the name of a step when it begins (False) and when it is done (True)."""


def in_silence(step: str, done: bool) -> None:
    """A report for callers that show no progress."""


_READY_SECONDS = 90
_GRACE_SECONDS = 20
"""Longer than a service takes to let messages in flight finish."""


@dataclass
class Stack:
    """The parts of the stack as the state describes them; making one starts nothing."""

    account: Account
    state: State
    interpreter: Interpreter
    report: Report
    _cancelled: threading.Event = field(default_factory=threading.Event)

    @cached_property
    def broker(self) -> Node | None:
        """Our own broker node, or None when somebody else's broker is used."""
        if self.state.amqp_url:
            return None
        port = self.state.ports
        return Node(self._folder("rabbitmq"), port["amqp"], port["erlang"], port["epmd"], self.account)

    @cached_property
    def database(self) -> Cluster | None:
        """Our own database server, or None when somebody else's is used."""
        if self.state.database_url:
            return None
        return Cluster(self._folder("postgres"), self.state.ports["postgres"], self.account)

    @cached_property
    def mail(self) -> MailServer:
        """The mail server with the inbox."""
        port, password = self.state.ports, self.state.secret("mail")
        return MailServer(self._folder("mail"), port["smtp"], port["imap"], port["inbox"], password, self.interpreter)

    @cached_property
    def services(self) -> Mapping[str, Child]:
        """The process of each service by its name; of a stack that was started before, the services of that time."""
        found = {}
        for service in SERVICES:
            if not environment.knows(self.state, service.name):
                continue
            settings = environment.of_service(self.account, self.state, service.name)
            found[service.name] = Child(
                service.name,
                self.interpreter.ebok("serve", service.name),
                {**self.interpreter.environment(), **settings},
                self._folder("services"),
                self.interpreter.account,
                grace=_GRACE_SECONDS,
            )
        return found

    def start(self) -> None:
        """Start every part and return when all of them are ready.

        When nothing changed since the last start, the services start beside broker and database and wait for them;
        else they start after their queues and tables are there. Raises LocalStackError; `stop` then clears away.
        """
        self.account.folder(environment.files_folder(self.account, self.state))
        self._keep_secrets()
        fingerprint = _fingerprint(self.state.profile)
        if self._all_ours and self.state.prepared.get(self.state.slug) == fingerprint:
            self._together(self._restart_broker, self._start_database, self._start_mail, self._start_services)
        else:
            self._together(self._start_broker, self._start_database, self._start_mail)
            self._prepare(fingerprint)
            self._start_services()
        with self.step("Services become ready"):
            self._wait_until_ready()

    def stop(self) -> None:
        """Stop every part that runs, and nothing else: services first, so that they can finish their messages."""
        self._cancelled.set()
        self.stop_services()
        stops = [self.mail.stop]
        stops += [part.stop for part in (self.broker, self.database) if part is not None]
        _all_at_once(stops)

    def stop_services(self) -> None:
        """Stop our services only; each lets what it has begun finish."""
        _all_at_once([child.stop for child in self.services.values()])

    def problems(self) -> dict[str, str]:
        """What is wrong with which service; empty when all are ready."""
        if not self.services:
            return {}
        urls = [environment.ops_url(self.state, name) for name in self.services]
        with ThreadPoolExecutor(len(urls)) as threads:  # else several that do not answer are waited for in turn
            answers = list(threads.map(health.problems, urls))
        told = ("; ".join(f"{part}: {text}" for part, text in wrong.items()) for wrong in answers)
        return {name: text for name, text in zip(self.services, told, strict=True) if text}

    @property
    def _all_ours(self) -> bool:
        return self.broker is not None and self.database is not None

    def _keep_secrets(self) -> None:
        """Make every secret and remember it before it is used: a part that is started again must get the same."""
        for service in SERVICES:
            environment.of_service(self.account, self.state, service.name)
        environment.broker_url(self.state, "admin")
        self.state.secret("mail")
        states.save(self.account, self.state)

    def _prepare(self, fingerprint: str) -> None:
        from services.chassis.storage.database import migrate

        with self.step("Queues"):
            self._declare()
        with self.step("Tables"):
            for service in SERVICES:
                asyncio.run(migrate(environment.database_url(self.state, service.name), service.package))
        if self._all_ours:  # of somebody else's queues and tables we know nothing at the next start
            self.state.prepared[self.state.slug] = fingerprint
            states.save(self.account, self.state)

    def _declare(self) -> None:
        from deploy.profiles import load_profile
        from services.chassis.messaging import topology

        known = parts(load_profile(self.state.profile))
        if self.broker is None:
            asyncio.run(topology.declare(self.state.amqp_url, known))
            return
        users = [service.name for service in SERVICES] + ["admin"]
        passwords = {name: self.state.secret(f"broker.{self.state.slug}.{name}") for name in users}
        self.broker.import_definitions(topology.definitions(self.state.slug, known, passwords, admin="admin"))

    def _start_broker(self) -> None:
        if self.broker is not None:
            with self.step("Broker (RabbitMQ)"):
                self.broker.start()

    def _restart_broker(self) -> None:
        """Start it, and declare anew what somebody has deleted: doctor sends people here for that."""
        from deploy.local.queues import is_complete
        from deploy.profiles import load_profile

        self._start_broker()
        known = parts(load_profile(self.state.profile))
        if not asyncio.run(is_complete(environment.broker_url(self.state, "admin"), known)):
            with self.step("Queues"):
                self._declare()

    def _start_database(self) -> None:
        with self.step("Database (PostgreSQL)"):
            if self.database is not None:
                self.database.start()
            for service in SERVICES:
                name = environment.database_name(self.state, service.name)
                password = self.state.secret(f"database.{name}")
                if self.database is not None:
                    self.database.create_database(name, name, password)
                else:
                    create_database(self.state.database_url, name, name, password)

    def _start_mail(self) -> None:
        with self.step("Mail server"):
            self.mail.start()

    def _start_services(self) -> None:
        for child in self.services.values():
            if not self._cancelled.is_set():
                child.start()

    def _wait_until_ready(self) -> None:
        def over() -> bool:
            return self._cancelled.is_set() or bool(self._ended()) or self._answers()

        in_time = wait_until(over, _READY_SECONDS, pause=0.1)
        ended = self._ended()
        if ended:
            child = self.services[ended[0]]
            raise LocalStackError(f"{child.name} ended while starting; its log {child.log} ends:\n{child.last_lines()}")
        if not in_time:
            waiting = "\n".join(f"  {name}: {text}" for name, text in self.problems().items())
            raise LocalStackError(f"The services were not ready within {_READY_SECONDS} s.\n{waiting}")

    def _ended(self) -> list[str]:
        return [name for name, child in self.services.items() if not child.is_running()]

    def _answers(self) -> bool:
        return not self.problems() and health.fetch(environment.web_url(self.state))[0] == 200

    def _folder(self, name: str) -> Path:
        return self.account.home / "stack" / name

    def _together(self, *starts: Callable[[], None]) -> None:
        pool = ThreadPoolExecutor(len(starts))
        try:
            running = [pool.submit(start) for start in starts]
            done, _ = wait(running, return_when=FIRST_EXCEPTION)
            for future in done:
                future.result()
        except BaseException:
            # The other starts end by themselves once their processes are gone.
            self.stop()
            raise
        finally:
            pool.shutdown()

    @contextmanager
    def step(self, name: str) -> Iterator[None]:
        """Report the beginning and the end of what is done inside."""
        self.report(name, False)
        yield
        self.report(name, True)


def _all_at_once(actions: list[Callable[[], None]]) -> None:
    with ThreadPoolExecutor(len(actions)) as pool:
        for future in [pool.submit(action) for action in actions]:
            future.result()


def _fingerprint(profile: str) -> str:
    """Changes with any line of code or profile, so that queues and tables are looked after again."""
    digest = hashlib.sha256(profile.encode())
    for part in ("contracts", "services", "gateway", "deploy/profiles", "deploy/catalog.py"):
        place = PROJECT / part
        for file in sorted(place.rglob("*")) if place.is_dir() else [place]:
            if file.suffix in {".py", ".toml"}:
                digest.update(str(file.relative_to(PROJECT)).encode())
                digest.update(file.read_bytes())
    return digest.hexdigest()
