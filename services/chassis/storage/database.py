"""The service's own database: its engine, and how to tell that it is away."""

import socket
from collections.abc import Mapping

import asyncpg
from sqlalchemy import event, text
from sqlalchemy.engine import AdaptedConnection, make_url
from sqlalchemy.exc import DBAPIError, DisconnectionError, InterfaceError
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine
from sqlalchemy.pool import NullPool

from services.chassis.storage import versions

DISK_FULL = "53100"
"""The SQLSTATE of a statement for which there was no room."""

_AWAY_STATES = {
    "57P01",  # admin_shutdown
    "57P02",  # crash_shutdown
    "57P03",  # cannot_connect_now: starting up or shutting down
    "53300",  # too_many_connections
    DISK_FULL,
    "53200",  # out_of_memory
    "25006",  # read_only_sql_transaction: a standby
    "08000",
    "08001",
    "08003",
    "08006",
}


COMMAND_SECONDS = 60.0
"""How long one statement may take; far above any of ours, so that only a lost server runs into it."""

IDLE_SECONDS = 30
"""How long a transaction may stand still before the server ends it: whoever began it is frozen, and it holds locks
against everybody. Ours wait for nothing but the database."""


def open_engine(
    database_url: str, *, application_name: str, pool_size: int = 10, settings: Mapping[str, str] | None = None
) -> AsyncEngine:
    """An engine of at most `pool_size` connections, each with PostgreSQL's `settings`; connects at first use."""
    engine = create_async_engine(
        make_url(database_url).set(drivername="postgresql+asyncpg"),
        pool_size=pool_size,
        max_overflow=0,
        hide_parameters=True,  # an error's text goes to the logs, and parameters hold personal data
        # A server that is gone without a word (a cut network) must become an error, not a wait of many minutes.
        connect_args={
            "timeout": 5,
            "command_timeout": COMMAND_SECONDS,
            "server_settings": {
                "application_name": application_name,
                "idle_in_transaction_session_timeout": f"{IDLE_SECONDS}s",
                **(settings or {}),
            },
        },
    )
    event.listen(engine.sync_engine, "checkout", _only_open)
    return engine


def _only_open(connection: AdaptedConnection, *_: object) -> None:
    """Let the pool replace a connection that has ended meanwhile; costs no question to the server."""
    if connection.driver_connection is None or connection.driver_connection.is_closed():
        raise DisconnectionError


def is_full(error: BaseException) -> bool:
    """Whether `error` says that the database has no room left."""
    return isinstance(error, DBAPIError) and getattr(error.orig, "sqlstate", None) == DISK_FULL


def is_away(error: BaseException) -> bool:
    """Whether `error` says that the database cannot be reached or takes nothing now, so that waiting helps."""
    if isinstance(error, DBAPIError):
        state = getattr(error.orig, "sqlstate", None)
        return error.connection_invalidated or isinstance(error, InterfaceError) or state in _AWAY_STATES
    state = getattr(error, "sqlstate", None)
    # The two of asyncpg are what a connection says that ended while it was in use.
    ended = isinstance(error, asyncpg.InterfaceError | asyncpg.InternalClientError)
    lost = isinstance(error, ConnectionError | TimeoutError | socket.gaierror)
    # Several addresses tried in vain come as a plain OSError; a missing file or a full disk is something else.
    return ended or lost or type(error) is OSError or state in _AWAY_STATES


async def migrate(database_url: str, package: str) -> None:
    """Run the migrations that `package` brings on the database at `database_url`. Raises MigrationBlocked."""
    from services.chassis.storage import migrations  # loads Alembic, which no running service needs

    url = make_url(database_url).set(drivername="postgresql+asyncpg")
    # A frozen migration would hold its locks against everybody, as any transaction of ours would.
    idle = {"idle_in_transaction_session_timeout": f"{IDLE_SECONDS}s"}
    engine = create_async_engine(url, poolclass=NullPool, connect_args={"server_settings": idle})

    try:
        async with engine.connect() as connection:
            await connection.run_sync(migrations.upgrade, package)
    finally:
        await engine.dispose()


async def pending_migration(engine: AsyncEngine, package: str) -> str | None:
    """The migration that the database still lacks, or None when it has all that `package` brings, or more."""
    async with engine.connect() as connection:
        await connection.execute(text("SELECT 1"))
        return await connection.run_sync(versions.missing, package)
