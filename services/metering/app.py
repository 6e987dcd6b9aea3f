"""Metering: meters and the readings that are taken of them."""

from contracts.metering import CheckReading, SubmitReading
from services.chassis.clock import Clock
from services.chassis.profile.profile import Profile
from services.chassis.service import Service
from services.chassis.settings import Settings
from services.metering import meters, readings, submission


def build(settings: Settings, profile: Profile, clock: Clock | None = None) -> Service:
    """What metering does."""
    service = Service("metering", settings, profile, migrations="services.metering", clock=clock)
    service.answers(SubmitReading, submission.submit)
    service.answers(CheckReading, submission.check)
    service.replays(meters.history, readings.history)
    return service
