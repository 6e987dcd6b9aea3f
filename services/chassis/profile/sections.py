"""What a profile is made of: sections, each the model of one table of the file."""

from typing import TYPE_CHECKING, ClassVar

from pydantic import BaseModel, ConfigDict

if TYPE_CHECKING:
    from services.chassis.profile.profile import Profile


class Group(BaseModel):
    """Settings that belong together. It cannot be changed, and refuses settings that it does not know."""

    model_config = ConfigDict(frozen=True, extra="forbid", use_attribute_docstrings=True)


class Section(Group):
    """A table of the profile. A table may be left out when all its settings have defaults."""

    section: ClassVar[str]
    """Name of the table, such as `registration`."""

    def check(self, profile: "Profile") -> None:
        """Raise `ValueError` when this section does not go with the others of its service, or with the utility."""
