"""A utility's profile, once it is read."""

from collections.abc import Iterable, Iterator
from typing import TypeVar, cast

from contracts.message import Language
from services.chassis.profile.languages import Languages
from services.chassis.profile.sections import Section
from services.chassis.profile.utility import Utility

S = TypeVar("S", bound=Section)


class Profile:
    """Everything that differs between utilities: `profile.of(Readings).window`. It cannot be changed."""

    def __init__(self, sections: Iterable[Section]) -> None:
        self._sections: dict[type[Section], Section] = {type(section): section for section in sections}

    @property
    def utility(self) -> Utility:
        """Who the utility is."""
        return self.of(Utility)

    def of(self, section: type[S]) -> S:
        """The section of this class; `KeyError` when no service of the office owns it."""
        return cast("S", self._sections[section])

    def language(self, wanted: str | None) -> Language:
        """The language that somebody wants where the utility offers it, else the utility's own."""
        languages = self.of(Languages)
        return next((language for language in languages.offered if language == wanted), languages.default)

    def problems(self) -> Iterator[tuple[Section, str]]:
        """Sections that do not go with the others, each with what is wrong."""
        for section in self._sections.values():
            try:
                section.check(self)
            except ValueError as error:
                yield section, str(error)
