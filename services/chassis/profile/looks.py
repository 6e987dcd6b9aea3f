"""How what the utility shows and sends looks: a section that everybody reads, as pages and letters are to agree."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from services.chassis.colours import WHITE, contrast
from services.chassis.profile.fields import FilePng, FileSvg
from services.chassis.profile.sections import Section

GROUND = "#f2f5f5"
"""The palest ground that words stand on, as `ebok.css` has it."""

LEGIBLE = 4.5
"""Contrast of words with their ground. Source: WCAG 2.1, 1.4.3 (AA)."""

WELL_LEGIBLE = 7.0
"""The same for what shines on a dark ground. Source: WCAG 2.1, 1.4.6 (AAA)."""

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
