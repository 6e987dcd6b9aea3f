"""The profiles that come with the product, and how a setting names one: by name, or by the path of a file."""

from pathlib import Path

from deploy.catalog import sections
from services.billing.profile import Settlement
from services.chassis.profile.profile import Profile
from services.chassis.profile.reading import ProfileError, read_profile
from services.identity.profile import Credentials

PROFILES = Path(__file__).parent
"""Where they lie."""


def profile_names() -> list[str]:
    """Names of the profiles that come with the product, in alphabetical order."""
    return sorted(file.stem for file in PROFILES.glob("*.toml"))


def profile_file(name_or_path: str) -> Path:
    """Where a profile lies: a name from `profile_names`, or a path that ends in `.toml`. Raises `ProfileError`."""
    if name_or_path.endswith(".toml"):
        file = Path(name_or_path)
        if not file.is_file():
            raise ProfileError(f"{file}: there is no such file")
        return file
    if name_or_path in profile_names():
        return PROFILES / f"{name_or_path}.toml"
    raise ProfileError(f"there is no profile {name_or_path}; there are {', '.join(profile_names())}")


def load_profile(name_or_path: str) -> Profile:
    """Read and check a profile: a name from `profile_names`, or the path of a TOML file (it ends in `.toml`).

    Raises `ProfileError`.
    """
    file = profile_file(name_or_path)
    profile = read_profile(file, sections())
    # Of two services, so neither's section can say it: of other patterns the first six digits are alike for everybody.
    by_number = profile.of(Credentials).identifier == "invoice_prefix"
    if by_number and not profile.of(Settlement).invoice_number.startswith("{serial:06}"):
        raise ProfileError(
            f"{file}: credentials.identifier: is made of the first six digits of a bill's number, so"
            " settlement.invoice_number must begin with {serial:06}"
        )
    return profile
