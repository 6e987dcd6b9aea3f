"""`ebok migrate`: bring a service's tables to the version of this code."""

import asyncio

import cyclopts
from sqlalchemy.exc import DBAPIError

from deploy.cli.operating import DATABASE_AWAY, ServiceName, service_of, settings_of
from deploy.local.errors import LocalStackError
from services.chassis.storage.database import is_away
from services.chassis.storage.database import migrate as run_migrations
from services.chassis.storage.migrations import MigrationBlocked

app = cyclopts.App(name="migrate")


@app.default
def migrate(service: ServiceName, /) -> None:
    """Bring the tables of one service to this version.

    They are in the database of the environment (`EBOK_DATABASE_URL`), else of the office on this machine. A database
    that a newer release has migrated stays as it is.
    """
    chosen = service_of(service)
    address = settings_of(chosen.name).database_url
    if not address:
        raise LocalStackError("Set EBOK_DATABASE_URL: postgresql://role:password@host:port/database")
    try:
        asyncio.run(run_migrations(address, chosen.package))
    except MigrationBlocked as error:
        raise LocalStackError(str(error)) from error
    except (DBAPIError, OSError) as error:
        if not is_away(error):
            raise  # a defect of the migration; its trace says more than any advice
        raise LocalStackError(DATABASE_AWAY) from error
