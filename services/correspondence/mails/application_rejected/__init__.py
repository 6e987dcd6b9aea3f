"""The answer to an application that a clerk rejected (W04)."""

from contracts.identity import ApplicationDecided
from services.chassis.profile.profile import Profile
from services.correspondence.mails.rendering import Mail, render


def application_rejected(event: ApplicationDecided, profile: Profile, public_url: str) -> Mail:
    """Why there is no account, and what to do."""
    return render("application_rejected", profile, public_url, event.language, decided=event)
