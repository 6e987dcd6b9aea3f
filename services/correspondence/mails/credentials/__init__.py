"""The login data of a new account (W04, W06), or a new temporary password instead of a lost one (W07)."""

from contracts.identity import CredentialsIssued
from services.chassis.profile.profile import Profile
from services.correspondence.mails.rendering import Mail, render


def credentials(event: CredentialsIssued, profile: Profile, public_url: str) -> Mail:
    """The identifier, the temporary password, and where to type them."""
    return render(
        "credentials", profile, public_url, event.language, calls=profile.utility.registration_phones, issued=event
    )
