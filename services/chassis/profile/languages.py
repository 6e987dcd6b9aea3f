"""In which languages the utility speaks: a section that everybody reads, as pages and letters are to agree."""

from typing import Annotated, ClassVar, Self

from pydantic import model_validator

from contracts.message import Language
from services.chassis.profile.fields import UNIQUE
from services.chassis.profile.sections import Section


class Languages(Section):
    """Languages of pages and letters: Polish is the first, English and Ukrainian complete it."""

    section: ClassVar[str] = "languages"

    default: Language
    offered: Annotated[tuple[Language, ...], UNIQUE]

    @model_validator(mode="after")
    def _default_is_offered(self) -> Self:
        if self.default not in self.offered:
            raise ValueError("offered must contain the default")
        return self
