"""What the pages obey of a utility's profile, beside what its services do."""

from typing import Annotated, ClassVar, Literal, Self

from pydantic import model_validator

from services.chassis.profile.fields import UNIQUE
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


LanguageCode = Literal["pl", "en", "uk"]


class Languages(Section):
    """Languages of the pages: Polish is the first, English and Ukrainian complete it."""

    section: ClassVar[str] = "languages"

    default: LanguageCode
    offered: Annotated[tuple[LanguageCode, ...], UNIQUE]

    @model_validator(mode="after")
    def _default_is_offered(self) -> Self:
        if self.default not in self.offered:
            raise ValueError("offered must contain the default")
        return self


SECTIONS = (Features, Languages)
