"""Fresh databases, quickly: the migrations of a service run once in a run, every further database is a copy."""

import secrets
from dataclasses import dataclass
from typing import Any

import asyncpg

from deploy.local.postgres import create_database, with_database
from services.chassis.storage.database import migrate
from tests.support.runs import Run
from tests.support.threads import run


@dataclass(frozen=True)
class DatabaseServer:
    """The server behind the address of a user who may create databases and roles."""

    admin_url: str
    run: Run

    def empty(self) -> str:
        """The address of a database with nothing in it, for a role that owns it."""
        return self._copy("plain", None)

    def migrated(self, package: str) -> str:
        """The address of a database with the tables of a service's `package` (such as `services.billing`)."""
        return self._copy(package.rpartition(".")[2], package)

    def drop(self, url: str) -> None:
        """Drop a database that `empty` or `migrated` made, whoever is still connected to it."""
        run(self._execute(f"DROP DATABASE IF EXISTS {url.rpartition('/')[2]} WITH (FORCE)"))

    def clear(self) -> None:
        """Drop everything that the run made here."""
        run(self._clear())

    def _copy(self, name: str, package: str | None) -> str:
        role = f"t{self.run.name}_{name}"
        # Several workers may copy the same template at once, but nobody may be connected to it meanwhile.
        password = self.run.once(f"template-{name}", lambda: self._make_template(role, package))["password"]
        copy = f"{role}_{secrets.token_hex(4)}"
        run(
            self._execute(
                f"CREATE DATABASE {copy} TEMPLATE {role} OWNER {role}", f"REVOKE ALL ON DATABASE {copy} FROM PUBLIC"
            )
        )
        return with_database(self.admin_url, copy, role, password)

    def _make_template(self, role: str, package: str | None) -> dict[str, Any]:
        password = secrets.token_urlsafe(12)
        create_database(self.admin_url, role, role, password)
        if package is not None:
            run(migrate(with_database(self.admin_url, role, role, password), package))
        return {"password": password}

    async def _execute(self, *statements: str) -> None:
        connection = await asyncpg.connect(self.admin_url, timeout=10)
        try:
            for statement in statements:
                await connection.execute(statement)
        finally:
            await connection.close()

    async def _clear(self) -> None:
        ours = f"t{self.run.name}_"
        connection = await asyncpg.connect(self.admin_url, timeout=10)
        try:
            for (name,) in await connection.fetch("SELECT datname FROM pg_database WHERE datname ^@ $1", ours):
                await connection.execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)")
            for (name,) in await connection.fetch("SELECT rolname FROM pg_roles WHERE rolname ^@ $1", ours):
                await connection.execute(f"DROP ROLE IF EXISTS {name}")
        finally:
            await connection.close()
