"""Which migrations a service brings, and which one its database is at.

Every process asks this at its start, without Alembic, which only `migrations` loads: it takes seven megabytes in each.
"""

import importlib.resources
from collections.abc import Sequence

from sqlalchemy import Connection, text


def history(package: str) -> Sequence[str]:
    """The migrations of `package` (such as `services.billing`), oldest first; each file begins with its number."""
    folder = importlib.resources.files(package) / "migrations" / "versions"
    return sorted(
        file.name.removesuffix(".py").partition("_")[0] for file in folder.iterdir() if file.name[0].isdigit()
    )


def head(package: str) -> str:
    """The newest migration that the code of `package` brings."""
    return history(package)[-1]


def current(connection: Connection) -> str | None:
    """The migration that the database behind `connection` is at."""
    if connection.scalar(text("SELECT to_regclass('alembic_version')")) is None:
        return None
    found: str | None = connection.scalar(text("SELECT version_num FROM alembic_version"))
    return found


def is_ahead(present: str | None, known: Sequence[str]) -> bool:
    """Whether a newer release, whose migrations are not `known` here, has migrated the database."""
    return present is not None and present not in known


def missing(connection: Connection, package: str) -> str | None:
    """The newest migration of `package` when the database lacks it, else None.

    A database that a newer release has migrated lacks nothing: what this release knows is still there.
    """
    present, known = current(connection), history(package)
    return None if present == known[-1] or is_ahead(present, known) else known[-1]
