"""The gateway's table of contents: the events that make its read model, and the pages that show it."""

from functools import partial

from gateway.applications import human_check
from gateway.pages import PAGES
from gateway.projections import PROJECTIONS
from gateway.read_model import progress
from gateway.read_model.scope import EVERYTHING
from gateway.web import server
from gateway.web.visitors import sessions
from services.chassis.clock import Clock
from services.chassis.profile.profile import Profile
from services.chassis.service import Service
from services.chassis.settings import Settings


def build(settings: Settings, profile: Profile, clock: Clock | None = None) -> Service:
    """What the gateway does."""
    service = Service(
        "gateway", settings, profile, migrations="gateway", clock=clock, asks=True, database_settings=EVERYTHING
    )

    for projection in PROJECTIONS:
        for event in projection.events:
            service.projects(event, projection)
    service.projects_alongside(progress.note)

    sweeps = (sessions.sweep, human_check.sweep)
    service.background(partial(server.serve, pages=PAGES, sweeps=sweeps), name="web", at_once=True)
    return service
