"""Which services make up the office: the one list that names them."""

from collections.abc import Callable
from dataclasses import dataclass
from importlib import import_module
from importlib.util import find_spec
from typing import TYPE_CHECKING, cast

from services.chassis.clock import Clock

if TYPE_CHECKING:
    # Loading a service takes a second; commands that only need the names do without.
    from sqlalchemy import MetaData

    from services.chassis.messaging.topology import Part
    from services.chassis.profile.profile import Profile
    from services.chassis.profile.sections import Section
    from services.chassis.service import Service
    from services.chassis.settings import Settings


@dataclass(frozen=True)
class ServiceEntry:
    """A service by name; its code is loaded only where it runs."""

    name: str
    package: str

    def build(self, settings: "Settings", profile: "Profile", clock: Clock | None = None) -> "Service":
        """What the service does, as its own `app.build` says."""
        build = cast("Callable[[Settings, Profile, Clock | None], Service]", import_module(f"{self.package}.app").build)
        return build(settings, profile, clock)

    def tables(self) -> "MetaData":
        """The service's own tables as its code describes them: `metadata` of its `tables.py`.

        Tables that stand in a room of the service are in it too: loading `app.py` loads every room.
        """
        import_module(f"{self.package}.app")
        return cast("MetaData", import_module(f"{self.package}.tables").metadata)

    def sections(self) -> "tuple[type[Section], ...]":
        """The sections of a profile that it owns, as its `profile.py` lists them; none without settings."""
        name = f"{self.package}.profile"
        return cast("tuple[type[Section], ...]", import_module(name).SECTIONS) if find_spec(name) else ()


SERVICES = (
    ServiceEntry("identity", "services.identity"),
    ServiceEntry("billing", "services.billing"),
    ServiceEntry("metering", "services.metering"),
    ServiceEntry("correspondence", "services.correspondence"),
    ServiceEntry("gateway", "gateway"),
)


def entry(name: str) -> ServiceEntry:
    """The service called `name`; `KeyError` names those that exist."""
    for service in SERVICES:
        if service.name == name:
            return service
    raise KeyError(f"No service is called {name}; there are: {', '.join(s.name for s in SERVICES)}.")


def sections() -> "list[type[Section]]":
    """The sections of a profile, those of all services together."""
    return [section for service in SERVICES for section in service.sections()]


def parts(profile: "Profile") -> "list[Part]":
    """All services as the broker sees them: what `topology` declares."""
    from services.chassis.settings import Settings

    return [service.build(Settings(), profile).part for service in SERVICES]
