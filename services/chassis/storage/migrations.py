"""Alembic without its files: each service keeps only `migrations/versions`, run through here.

A migration waits at most five seconds for a lock, so that it fails rather than stops the office.
"""

import importlib.resources
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import sqlalchemy as sa
from alembic import op
from alembic.config import Config
from alembic.runtime.environment import EnvironmentContext
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection
from sqlalchemy.dialects import postgresql

LOCK_TIMEOUT = "5s"


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


@contextmanager
def _scripts(package: str) -> Iterator[ScriptDirectory]:
    with importlib.resources.as_file(importlib.resources.files(package) / "migrations") as folder:
        yield ScriptDirectory(str(Path(folder)), version_locations=[str(Path(folder) / "versions")])


def head(package: str) -> str | None:
    """The newest migration that the code of `package` (such as `services.billing`) brings."""
    with _scripts(package) as scripts:
        return scripts.get_current_head()


def upgrade(connection: Connection, package: str) -> None:
    """Bring the database behind `connection` to the newest migration of `package`."""
    with _scripts(package) as scripts:

        def steps(revision: object, _: MigrationContext) -> object:
            return scripts._upgrade_revs("head", revision)  # type: ignore[arg-type]  # noqa: SLF001 (what alembic.command.upgrade does)

        config = Config()
        with EnvironmentContext(config, scripts, fn=steps) as environment:
            connection.exec_driver_sql(f"SET lock_timeout = '{LOCK_TIMEOUT}'")
            environment.configure(connection=connection, transaction_per_migration=True)
            with environment.begin_transaction():
                environment.run_migrations()


def current(connection: Connection) -> str | None:
    """The migration that the database behind `connection` is at."""
    return MigrationContext.configure(connection).get_current_revision()
