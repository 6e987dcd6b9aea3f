"""What the pages obey of a utility's profile, beside what its services do."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from services.chassis.colours import WHITE, contrast
from services.chassis.profile.fields import FilePng, FileSvg
from services.chassis.profile.sections import Section

GROUND = "#f2f5f5"
"""The palest ground that words stand on, as `ebok.css` has it."""

LEGIBLE = 4.5
"""Contrast of words with their ground. Source: WCAG 2.1, 1.4.3 (AA)."""


class Features(Section):
    """Pages and parts of pages that a utility switches on."""

    section: ClassVar[str] = "features"

    balance_bar: bool
    """The balance stands in the bottom bar of every page. Source: W08."""
    page_times: bool
    """Every page tells how old its data are and how long it took to make. Source: K17."""
    style_guide: bool
    """The living style guide is served; for developers."""


ColourSetting = Annotated[str, Field(pattern=r"^#[0-9a-f]{6}$")]


class Looks(Section):
    """The utility's own colours and mark; what is left out is the product's. Dark and pale shades follow from them."""

    section: ClassVar[str] = "looks"

    accent: ColourSetting = "#005f6b"
    """Links, buttons, charts, as `#rrggbb` in small letters; dark enough to be read on a pale ground."""
    masthead: ColourSetting = "#06323a"
    """The ground of the header, on which its words are white."""
    mark: FileSvg | None = None
    """The utility's mark in the header and in the browser's tab: a square SVG picture, a file beside the profile."""
    app_icon: FilePng | None = None
    """The same for the home screen of a telephone: a PNG picture of 512 × 512 pixels."""

    @model_validator(mode="after")
    def _can_be_read(self) -> Self:
        if contrast(self.accent, GROUND) < LEGIBLE:
            raise ValueError(f"accent cannot be read on {GROUND}: choose a darker one ({_told(self.accent, GROUND)})")
        if contrast(self.masthead, WHITE) < LEGIBLE:
            raise ValueError(f"white cannot be read on masthead: choose a darker one ({_told(self.masthead, WHITE)})")
        return self


def _told(colour: str, other: str) -> str:
    return f"the contrast is {contrast(colour, other):.1f}, and {LEGIBLE} is needed"


class Sessions(Section):
    """How long somebody stays logged in."""

    section: ClassVar[str] = "sessions"

    idle_minutes: int = Field(default=30, ge=5, le=720)
    """Minutes without a page after which a person is logged out. No utility names it; a walk to the meter in the cellar
    takes ten, and OWASP has 15 to 30 for what is of low risk."""


SECTIONS = (Features, Looks, Sessions)
