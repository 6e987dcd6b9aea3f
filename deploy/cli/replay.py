"""`ebok replay`: rebuild the read model from what the services know."""

import asyncio
from collections.abc import Callable
from functools import partial

import asyncpg
import cyclopts
from aio_pika.exceptions import AMQPError
from rich.console import Console
from rich.progress import Progress, TaskID, TextColumn, TimeElapsedColumn
from sqlalchemy import text
from sqlalchemy.exc import DBAPIError

from deploy.catalog import entry
from deploy.cli.operating import chosen, settings_of
from deploy.local.errors import LocalStackError
from gateway.tables import READ_MODEL
from services.chassis.profile import load_profile
from services.chassis.replay import replay as replay_service

app = cyclopts.App(name="replay")


@app.default
def replay(*services: str, empty_first: bool = False) -> None:
    """Let services tell their present state again; the gateway's read model takes what is newer than what it has.

    Customers may go on working. Nothing is mailed or invoiced again: only read models hear it.

    Parameters
    ----------
    services
        Which services; all when none is named.
    empty_first
        Empty the read model before. Until the services have spoken, pages show less than there is.
    """
    console = Console(highlight=False)
    wanted = chosen(services, of="addresses")
    try:
        if empty_first:
            asyncio.run(_empty())
            console.print("The read model is empty.")
        columns = (TextColumn("{task.description}"), TextColumn("{task.completed:,.0f} events"), TimeElapsedColumn())
        with Progress(*columns, console=console) as progress:
            for name in wanted:
                task = progress.add_task(name, total=None)
                count = asyncio.run(_replay(name, partial(_show, progress, task)))
                progress.update(task, completed=count, total=count)
    except (DBAPIError, asyncpg.PostgresError, AMQPError, OSError) as error:
        raise LocalStackError(
            f"Broker or database does not answer ({type(error).__name__}); the same command may be run again."
        ) from error
    console.print("The broker has everything; `ebok status` shows what the gateway has still to write.")


def _show(progress: Progress, task: TaskID, count: int) -> None:
    progress.update(task, completed=count)


async def _empty() -> None:
    gateway = entry("gateway")
    settings = settings_of(gateway.name)
    service = gateway.build(settings, load_profile(settings.profile))
    names = ", ".join(table.name for table in READ_MODEL)
    try:
        async with service.engine.begin() as connection:
            await connection.execute(text(f"TRUNCATE {names}"))
    finally:
        await service.engine.dispose()


async def _replay(name: str, told: Callable[[int], None]) -> int:
    settings = settings_of(name)
    service = entry(name).build(settings, load_profile(settings.profile))
    try:
        return await replay_service(service, told)
    finally:
        await service.engine.dispose()
