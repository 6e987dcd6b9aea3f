"""The receipt for an application (W04)."""

from contracts.identity import ApplicationReceived
from services.chassis.profile.profile import Profile
from services.correspondence.mails.rendering import Mail, render


def application_received(event: ApplicationReceived, profile: Profile, public_url: str) -> Mail:
    """The application's number, what happens next and until when.

    It says nothing that the applicant typed: the address may be a stranger's, and the words could be anything.
    """
    return render(
        "application_received",
        profile,
        public_url,
        event.language,
        calls=profile.utility.registration_phones,
        received=event,
    )
