"""The answer to an application that a clerk rejected (W04)."""

from contracts.identity import ApplicationDecided
from services.chassis.profile.profile import Profile
from services.correspondence.mails.rendering import Mail, render


def application_rejected(event: ApplicationDecided, profile: Profile, public_url: str) -> Mail:
    """Why there is no account, and what to do."""
    url = f"{public_url.rstrip('/')}/registration"
    return render("application_rejected", profile, decided=event, registration_url=url)
