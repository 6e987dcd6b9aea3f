"""`ebok serve`: run one service until SIGTERM; what a container or the local stack starts."""

import gc

import cyclopts
import uvloop

from deploy.cli.operating import ServiceName, service_of
from deploy.profiles import load_profile
from services.chassis.logs import configure_logs
from services.chassis.process import Process
from services.chassis.settings import Settings

app = cyclopts.App(name="serve")


@app.default
def serve(service: ServiceName, /) -> None:
    """Run one service until it is told to stop, with the settings of the environment (`EBOK_…`)."""
    settings = Settings()
    chosen = service_of(service)
    configure_logs(settings, chosen.name)
    process = Process(chosen.build(settings, load_profile(settings.profile)))
    spare_collections()
    uvloop.run(process.run())


def spare_collections() -> None:
    """Let garbage be looked for seldom, and not among what is there now."""
    gc.collect()
    gc.set_threshold(20_000, 20, 20)  # a page makes a thousand objects: with the default, each had its own collection
    gc.freeze()  # modules, models and tables stay for good: no collection needs to walk them again
