"""`ebok serve`: run one service until SIGTERM; what a container or the local stack starts."""

import asyncio
import gc

import cyclopts

from deploy.catalog import entry
from deploy.profiles import load_profile
from services.chassis.logs import configure_logs
from services.chassis.process import Process
from services.chassis.settings import Settings

app = cyclopts.App(name="serve")


@app.default
def serve(service: str) -> None:
    """Run one service with the settings of the environment (EBOK_…).

    Parameters
    ----------
    service
        One of those that `ebok status` lists.

    """
    settings = Settings()
    chosen = entry(service)
    configure_logs(settings, chosen.name)
    process = Process(chosen.build(settings, load_profile(settings.profile)))
    gc.collect()
    gc.freeze()  # modules, models and tables stay for good: no collection needs to walk them again
    asyncio.run(process.run())
