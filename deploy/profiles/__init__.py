"""The profiles that come with the product, and how a setting names one: by name, or by the path of a file."""

from pathlib import Path

from deploy.catalog import sections
from services.billing.profile import Settlement
from services.chassis.profile.profile import Profile
from services.chassis.profile.reading import ProfileError, read_profile
from services.identity.profile import Credentials, Registration

PROFILES = Path(__file__).parent
"""Where they lie."""


def profile_names() -> list[str]:
    """Names of the profiles that come with the product, in alphabetical order."""
    return sorted(file.stem for file in PROFILES.glob("*.toml"))


def load_profile(name_or_path: str) -> Profile:
    """Read and check a profile: a name from `profile_names`, or the path of a TOML file (it ends in `.toml`).

    Raises `ProfileError`.
    """
    if name_or_path.endswith(".toml"):
        file = Path(name_or_path)
        if not file.is_file():
            raise ProfileError(f"{file}: there is no such file")
    elif name_or_path in profile_names():
        file = PROFILES / f"{name_or_path}.toml"
    else:
        raise ProfileError(f"there is no profile {name_or_path}; there are {', '.join(profile_names())}")
    profile = read_profile(file, sections())
    # Of two services, so neither's section can say it: of other patterns the first six digits are alike for everybody.
    by_number = profile.of(Credentials).identifier == "invoice_prefix"
    if by_number and not profile.of(Settlement).invoice_number.startswith("{serial:06}"):
        raise ProfileError(
            f"{file}: credentials.identifier: is made of the first six digits of a bill's number, so"
            " settlement.invoice_number must begin with {serial:06}"
        )
    return profile


def taken_over(profile: Profile) -> list[str]:
    """What `profile` has in common with another utility's of the product, though it can only be one's own.

    Two profiles of one utility may share everything; its short name may differ, its full name says that it is one. An
    untouched copy looks so too: give it the new utility's name first. A profile that cannot be read is passed by.
    """
    found = []
    mine = _own(profile)
    for name in profile_names():
        try:
            other = load_profile(name)
        except ProfileError:
            continue
        if other.utility.name == profile.utility.name:
            continue
        theirs = _own(other)
        found += [
            f"{setting}: is that of {name}" for setting, value in mine.items() if value and value == theirs[setting]
        ]
    return found


def _own(profile: Profile) -> dict[str, object]:
    """What belongs to one utility alone: all of `[utility]` that is given but its media, and its terms of use."""
    given = profile.utility.model_dump(exclude={"name", "media"})
    return {
        **{f"utility.{setting}": value for setting, value in given.items()},
        "registration.terms": profile.of(Registration).terms,
    }
