"""`ebok profile`: look after the utility profiles."""

import cyclopts

from deploy.cli.terminal import say, say_error
from deploy.profiles import load_profile, profile_names
from deploy.profiles.copies import taken_over
from services.chassis.profile.reading import ProfileError

app = cyclopts.App(name="profile", help="Look after the utility profiles.")


@app.command
def check(*profiles: str) -> int:
    """Check profiles and tell each one's mistakes with file and section.field.

    A profile that was copied must not keep what belongs to the other utility: its names, addresses, telephones, NIP,
    account and terms of use; nor may its own texts name them.

    Parameters
    ----------
    profiles
        Names of profiles that come with the product, or paths of TOML files; all of the former when none is given.

    """
    failed = 0
    for wanted in profiles or profile_names():
        try:
            profile = load_profile(wanted)
            if kept := list(taken_over(wanted)):
                raise ProfileError("\n".join(f"{wanted}: {problem}" for problem in kept))
        except ProfileError as error:
            failed += 1
            say_error(str(error))
        else:
            say(f"{wanted}: fine ({profile.utility.short_name}: {', '.join(profile.utility.media)})")
    return 1 if failed else 0
