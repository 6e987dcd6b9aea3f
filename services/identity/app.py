"""Identity: which message goes to which function."""

from datetime import timedelta

from contracts.billing import AgreementRecorded, InvoiceIssued, PartyRecorded
from contracts.identity import ChangePassword, DecideApplication, LogIn, SubmitApplication
from services.chassis.clock import Clock
from services.chassis.profile.profile import Profile
from services.chassis.service import Service
from services.chassis.settings import Settings
from services.identity import directory, logins, registration, throttle


def build(settings: Settings, profile: Profile, clock: Clock | None = None) -> Service:
    """What identity does."""
    service = Service("identity", settings, profile, migrations="services.identity", clock=clock)

    service.on(PartyRecorded, directory.on_party)
    service.on(AgreementRecorded, directory.on_agreement)
    service.on(InvoiceIssued, directory.on_invoice)

    service.answers(SubmitApplication, registration.submit)
    service.answers(DecideApplication, registration.decide)
    service.answers(LogIn, logins.log_in)
    service.answers(ChangePassword, logins.change_password)

    service.every(timedelta(minutes=1), registration.verify_again, name="applications")
    service.every(timedelta(hours=1), throttle.sweep, name="failed logins")

    service.replays(registration.history)
    return service
