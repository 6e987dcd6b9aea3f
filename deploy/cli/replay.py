"""`ebok replay`: rebuild the read model from what the services know."""

import asyncio
from collections.abc import Callable, Collection
from functools import partial

import asyncpg
import cyclopts
from rich.progress import Progress, TaskID, TextColumn, TimeElapsedColumn
from sqlalchemy import delete, text
from sqlalchemy.exc import DBAPIError

from deploy.catalog import entry
from deploy.cli.operating import chosen, settings_of
from deploy.cli.terminal import console, say
from deploy.local.errors import LocalStackError
from deploy.profiles import load_profile
from gateway.projections import FED_BY
from gateway.read_model.tables import progress
from services.chassis.messaging.publishing import BROKER_FAULTS
from services.chassis.process import Process
from services.chassis.settings import Settings

app = cyclopts.App(name="replay")


@app.default
def replay(*services: str, empty_first: bool = False) -> None:
    """Rebuild the read model from what the services know.

    They tell their present state again, and the gateway's read model takes what is newer than what it has.
    Customers may go on working. Nothing is mailed or invoiced again: only read models hear it.

    Parameters
    ----------
    services
        Which services; all when none is named.
    empty_first
        Empty before what the read model holds of these services, or all of it for `gateway`. Until they have spoken,
        pages show less than there is. Where the environment gives one service's addresses, it takes two steps: first
        this with the gateway's, which then only empties, and then `ebok replay SERVICE` with each one's own.

    """
    wanted = chosen(services, of="addresses")
    try:
        if empty_first:
            asyncio.run(empty_read_model(wanted))
            say("What the read model held of them is gone.")
            if Settings().database_url:
                for name in _sources(wanted):
                    say(f"Now let {name} tell it again: `ebok replay {name}` with the addresses of {name}.")
                return
        columns = (TextColumn("{task.description}"), TextColumn("{task.completed:,.0f} events"), TimeElapsedColumn())
        with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
            for name in wanted:
                task = progress.add_task(name, total=None)
                count = asyncio.run(_replay(name, partial(_show, progress, task)))
                progress.update(task, completed=count, total=count)
                if not console.is_terminal:
                    say(f"{name}: {count} events")
    except (DBAPIError, asyncpg.PostgresError, *BROKER_FAULTS) as error:
        raise LocalStackError(
            f"Broker or database does not answer ({type(error).__name__}); the same command may be run again."
        ) from error
    say("The broker has everything; `ebok status` shows what the gateway has still to write.")


def _show(progress: Progress, task: TaskID, count: int) -> None:
    progress.update(task, completed=count)


async def empty_read_model(wanted: Collection[str]) -> None:
    """Empty what the gateway's read model holds of the services `wanted`; all of it when the gateway is among them.

    Raises LocalStackError when the environment names another service's database: tables there have the same names.
    """
    gateway = entry("gateway")
    settings = settings_of(gateway.name)
    sources = _sources(wanted)
    built = gateway.build(settings, load_profile(settings.profile))
    async with Process(built) as process, process.engine.begin() as connection:
        if await connection.scalar(text("SELECT to_regclass('progress') IS NULL")):
            raise LocalStackError(
                "EBOK_DATABASE_URL is not the gateway's database; nothing was emptied. Give the gateway's addresses."
            )
        await connection.execute(delete(progress).where(progress.c.source.in_(sources)))
        for source in sources:
            names = ", ".join(table.name for table in FED_BY[source])
            await connection.execute(text(f"TRUNCATE {names}"))


def _sources(wanted: Collection[str]) -> list[str]:
    """Those of the services `wanted` that feed the read model, all of them when the gateway itself is named."""
    return sorted(FED_BY if "gateway" in wanted else set(FED_BY) & set(wanted))


async def _replay(name: str, told: Callable[[int], None]) -> int:
    settings = settings_of(name)
    async with Process(entry(name).build(settings, load_profile(settings.profile))) as process:
        return await process.replay(told)
