"""What the pages obey of a utility's profile, beside what its services do."""

from typing import ClassVar

from pydantic import Field

from services.chassis.profile.sections import Section


class Features(Section):
    """Pages and parts of pages that a utility switches on."""

    section: ClassVar[str] = "features"

    balance_bar: bool
    """The balance stands in the bottom bar of every page. Source: W08."""
    page_times: bool
    """Every page tells how old its data are and how long it took to make. Source: K17."""
    style_guide: bool
    """The living style guide is served; for developers."""


class Sessions(Section):
    """How long somebody stays logged in."""

    section: ClassVar[str] = "sessions"

    idle_minutes: int = Field(default=30, ge=5, le=720)
    """Minutes without a page after which a person is logged out. No utility names it; a walk to the meter in the cellar
    takes ten, and OWASP has 15 to 30 for what is of low risk."""


SECTIONS = (Features, Sessions)
