"""Alembic without its files: each service keeps only `migrations/versions`, run through here.

Each migration is one transaction, which waits at most five seconds for a lock: it fails and leaves nothing, rather than
stop the office, whose statements would queue behind it. Two runs at once go one after the other.
"""

import importlib.resources
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import sqlalchemy as sa
from alembic import op
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql
from sqlalchemy.exc import DBAPIError

from services.chassis.storage import versions

LOCK_TIMEOUT = "5s"

_RUN_LOCK = 0x65626F6B6D69
"""PostgreSQL's advisory lock of whoever migrates a database."""

_TURN_SECONDS = 0.2
_LOCK_NOT_AVAILABLE = "55P03"


class MigrationBlocked(Exception):
    """Somebody held a lock that a migration needed for longer than it waits; the migration left nothing behind."""

    def __init__(self, migration: str) -> None:
        super().__init__(
            f"Migration {migration} waited {LOCK_TIMEOUT} for a lock that somebody else holds; nothing of it is done. "
            "Run it again, at a quieter time if need be."
        )
        self.migration = migration


def create_chassis_tables() -> None:
    """Create outbox, inbox and answer as of version 1; the first step of every service's first migration."""
    op.create_table(
        "outbox",
        sa.Column("position", sa.BigInteger, sa.Identity(always=True), primary_key=True),
        sa.Column("message_type", sa.Text, nullable=False),
        sa.Column("headers", postgresql.JSONB, nullable=False),
        sa.Column("body", sa.LargeBinary, nullable=False),
        sa.Column("written_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        comment="Events that are true but not yet published; the relay deletes what the broker confirmed.",
        # The table is short and turns over fast: vacuum by count, not by share, keeps the claim quick.
        postgresql_with={"autovacuum_vacuum_scale_factor": "0", "autovacuum_vacuum_threshold": "2000"},
    )
    op.create_table(
        "inbox",
        sa.Column("message_id", sa.Uuid, primary_key=True),
        sa.Column("received_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        comment="Messages whose effect is stored: a second delivery changes nothing.",
    )
    op.create_index("inbox_received_at", "inbox", ["received_at"])
    op.create_table(
        "answer",
        sa.Column("key", sa.Text, primary_key=True),
        sa.Column("reply", postgresql.JSONB),
        sa.Column("answered_at", sa.DateTime(timezone=True), nullable=False, server_default=sa.func.now()),
        comment="Replies to requests that carried an idempotency key: the same form sent twice gets the same reply.",
    )
    op.create_index("answer_answered_at", "answer", ["answered_at"])


def create_index_concurrently(name: str, table: str, columns: Sequence[Any], **options: Any) -> None:
    """Create an index while the service goes on writing; the only step of its migration.

    `options` are those of `op.create_index`. A run that was cut short leaves an index that is not valid; the next run
    makes it anew. It waits for older transactions as long as they take, because nobody waits behind it.
    """
    with op.get_context().autocommit_block():
        op.execute("SET lock_timeout = 0")
        op.drop_index(name, table, if_exists=True, postgresql_concurrently=True)
        op.create_index(name, table, columns, postgresql_concurrently=True, **options)
        op.execute(f"SET lock_timeout = '{LOCK_TIMEOUT}'")


def upgrade(connection: Connection, package: str) -> None:
    """Bring the database behind `connection` to the newest migration of `package`; one that is ahead stays as it is.

    Until the connection is closed nobody else migrates this database. Raises MigrationBlocked when a migration cannot
    have a lock; those before it are kept.
    """
    _wait_for_turn(connection)
    known = versions.history(package)
    if versions.is_ahead(versions.current(connection), known):
        return
    with _scripts(package) as scripts:

        def steps(revision: object, _: MigrationContext) -> object:
            return scripts._upgrade_revs("head", revision)  # type: ignore[arg-type]  # noqa: SLF001 (what alembic.command.upgrade does)

        connection.exec_driver_sql(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
        # Where row-level security would hide rows from a migration, it fails instead of moving only some of them.
        connection.exec_driver_sql("SET row_security = off")
        connection.commit()  # Alembic gives each migration its own transaction only when none is open.
        with EnvironmentContext(Config(), scripts, fn=steps) as environment:
            environment.configure(connection=connection, transaction_per_migration=True)
            try:
                environment.run_migrations()
            except DBAPIError as error:
                connection.rollback()
                if getattr(error.orig, "sqlstate", None) != _LOCK_NOT_AVAILABLE:
                    raise
                done = versions.current(connection)
                raise MigrationBlocked(known[0 if done is None else known.index(done) + 1]) from error
        connection.commit()


@contextmanager
def _scripts(package: str) -> Iterator[ScriptDirectory]:
    with importlib.resources.as_file(importlib.resources.files(package) / "migrations") as folder:
        yield ScriptDirectory(str(Path(folder)), version_locations=[str(Path(folder) / "versions")])


def _wait_for_turn(connection: Connection) -> None:
    # Asked again and again: a statement that waited would be an open transaction, and an index that the other makes
    # concurrently waits for those to end.
    while not connection.scalar(sa.select(sa.func.pg_try_advisory_lock(_RUN_LOCK))):
        connection.commit()
        time.sleep(_TURN_SECONDS)
    connection.commit()
