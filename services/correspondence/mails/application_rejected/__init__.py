"""The answer to an application that a clerk rejected (W04)."""

from contracts.identity import ApplicationDecided
from contracts.kinds import Unknown
from services.chassis.profile.profile import Profile
from services.correspondence.mails.rendering import Mail, render
from services.correspondence.rejections import REJECTIONS


def application_rejected(event: ApplicationDecided, profile: Profile, public_url: str) -> Mail:
    """Why there is no account, and what to do.

    A reason without a code, or with one that only a newer sender knows, is told as it came, in Polish.
    """
    code = event.reason_code
    rejection = None if code is None or isinstance(code, Unknown) else REJECTIONS[code]
    return render(
        "application_rejected",
        profile,
        public_url,
        event.language,
        calls=profile.utility.registration_phones,
        decided=event,
        rejection=rejection,
    )
