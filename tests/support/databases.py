"""Fresh databases, quickly: the migrations of a service run once in a run, every further database is a copy."""

import secrets
from dataclasses import dataclass, field

import asyncpg

from deploy.local.postgres import create_database, with_database
from services.chassis.storage.database import migrate
from tests.support.threads import run


@dataclass
class DatabaseServer:
    """The server behind the address of a user who may create databases and roles."""

    admin_url: str
    _run: str = field(default_factory=lambda: f"t{secrets.token_hex(4)}")
    _passwords: dict[str, str] = field(default_factory=dict)
    _databases: list[str] = field(default_factory=list)

    def empty(self) -> str:
        """The address of a database with nothing in it, for a role that owns it."""
        return self._make(f"{self._run}_{secrets.token_hex(3)}", f"{self._run}_plain")

    def migrated(self, package: str) -> str:
        """The address of a database with the tables of a service's `package` (such as `services.billing`)."""
        role = f"{self._run}_{package.rpartition('.')[2]}"
        if role not in self._databases:
            run(migrate(self._make(role, role), package))
        name = f"{role}_{secrets.token_hex(3)}"
        run(self._execute(f"CREATE DATABASE {name} TEMPLATE {role} OWNER {role}"))
        self._databases.append(name)
        run(self._execute(f"REVOKE ALL ON DATABASE {name} FROM PUBLIC"))
        return with_database(self.admin_url, name, role, self._passwords[role])

    def drop(self, url: str) -> None:
        """Drop a database that `empty` or `migrated` made, whoever is still connected to it."""
        name = url.rpartition("/")[2]
        run(self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        self._databases.remove(name)

    def clear(self) -> None:
        """Drop everything that was made here."""
        for name in self._databases:
            run(self._execute(f"DROP DATABASE IF EXISTS {name} WITH (FORCE)"))
        for role in self._passwords:
            run(self._execute(f"DROP ROLE IF EXISTS {role}"))
        self._databases.clear()
        self._passwords.clear()

    def _make(self, name: str, role: str) -> str:
        password = self._passwords.setdefault(role, secrets.token_urlsafe(12))
        create_database(self.admin_url, name, role, password)
        self._databases.append(name)
        return with_database(self.admin_url, name, role, password)

    async def _execute(self, statement: str) -> None:
        connection = await asyncpg.connect(self.admin_url, timeout=10)
        try:
            await connection.execute(statement)
        finally:
            await connection.close()
