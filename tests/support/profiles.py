"""Profiles for tests that need one, whichever utility's it is."""

from collections.abc import Mapping
from typing import Any

from deploy.catalog import sections
from deploy.profiles import load_profile
from services.chassis.profile.profile import Profile
from services.chassis.profile.reading import OF_EVERYBODY


def a_profile(**changes: Mapping[str, Any]) -> Profile:
    """A good profile with everything on, but for `changes`: `a_profile(readings={"frequency": "monthly"})`.

    What a section refuses is refused here too, and so is one that does not go with the others.
    """
    everything, wanted = load_profile("demo"), dict(changes)
    made = []
    for section in (*OF_EVERYBODY, *sections()):
        settings = dict(everything.of(section))
        made.append(section.model_validate(settings | dict(wanted.pop(section.section, {}))))
    assert not wanted, f"no service has a section {', '.join(wanted)}"
    profile = Profile(made)
    assert not list(profile.problems())
    return profile
