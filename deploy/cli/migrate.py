"""`ebok migrate`: bring a service's tables to the version of this code."""

import asyncio
import sys

import cyclopts

from deploy.catalog import entry
from deploy.cli.operating import settings_of
from services.chassis.storage.database import migrate as run_migrations
from services.chassis.storage.migrations import MigrationBlocked

app = cyclopts.App(name="migrate")


@app.default
def migrate(service: str) -> None:
    """Run one service's migrations on the database of the environment (EBOK_DATABASE_URL), else of the office here.

    A database that a newer release has migrated stays as it is.

    Parameters
    ----------
    service
        One of those that `ebok status` lists.

    """
    chosen = entry(service)
    try:
        asyncio.run(run_migrations(settings_of(chosen.name).database_url, chosen.package))
    except MigrationBlocked as error:
        sys.exit(f"ebok: {error}")
