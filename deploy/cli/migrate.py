"""`ebok migrate`: bring a service's tables to the version of this code."""

import asyncio

import cyclopts

from deploy.catalog import entry
from services.chassis.settings import Settings
from services.chassis.storage.database import migrate as run_migrations

app = cyclopts.App(name="migrate")


@app.default
def migrate(service: str) -> None:
    """Run one service's migrations on the database of the environment (EBOK_DATABASE_URL).

    Parameters
    ----------
    service
        One of those that `ebok status` lists.
    """
    chosen = entry(service)
    asyncio.run(run_migrations(Settings().database_url, chosen.package))
