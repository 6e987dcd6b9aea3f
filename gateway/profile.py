"""What the pages obey of a utility's profile, beside what its services do."""

from collections.abc import Mapping
from typing import Annotated, ClassVar, Self

from pydantic import AfterValidator, Field, model_validator

from contracts.message import Language
from services.chassis.profile import placeholders
from services.chassis.profile.fields import Day, Email, FileHtml
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


PLACES = frozenset(
    {
        "name", "address", "phone", "email", "website", "office", "opened_on", "changed_on", "declared_on",
        "reviewed_on", "data_protection_email",
    }
)  # fmt: skip
"""What a document may leave for the profile to fill, each in braces: settings of `[utility]` (of the telephones the
first) and of `[documents]`, and `office`, the address of the pages."""


def _with_known_places(html: str) -> str:
    return placeholders.checked(html, PLACES)


def _with_the_polish_text(texts: Mapping[Language, str]) -> Mapping[Language, str]:
    if "pl" not in texts:
        raise ValueError("has no Polish text (pl), which is the binding one")
    return texts


Document = Annotated[
    Mapping[Language, Annotated[FileHtml, AfterValidator(_with_known_places)]], AfterValidator(_with_the_polish_text)
]
"""A text of the utility that everybody may read, by language: HTML fragments without h1, files beside the profile. What
may stand in them say `fragments.py` and `placeholders.py` of `services/chassis/profile/`. The Polish one binds; where
there is no translation the page shows the Polish text and says so."""


class Documents(Section):
    """Texts of the utility that every page leads to, and what stands in them."""

    section: ClassVar[str] = "documents"

    terms: Document = Field(repr=False)
    """Terms of use (regulamin). Source: T10, W02, M08, K02, L12."""
    accessibility: Document = Field(repr=False)
    """Accessibility statement (deklaracja dostępności). Source: ustawa z 4.04.2019 o dostępności cyfrowej, art. 10."""
    privacy: Document = Field(repr=False)
    """What is done with personal data. Source: RODO, art. 13."""
    opened_on: Day
    """The day on which the office was opened to customers, as the accessibility statement must tell."""
    changed_on: Day
    """The day of its last important change."""
    declared_on: Day
    """The day on which the accessibility statement was made."""
    reviewed_on: Day
    """The day of its last review: at least once a year, by the end of March. Source: art. 11 of the same ustawa."""
    data_protection_email: Email
    """Address of the data protection officer (inspektor ochrony danych), or of who answers for them."""

    @model_validator(mode="after")
    def _days_in_order(self) -> Self:
        if self.opened_on > self.changed_on:
            raise ValueError("changed_on must not be before opened_on")
        if self.declared_on > self.reviewed_on:
            raise ValueError("reviewed_on must not be before declared_on")
        return self


class Sessions(Section):
    """How long somebody stays logged in."""

    section: ClassVar[str] = "sessions"

    idle_minutes: int = Field(default=30, ge=5, le=720)
    """Minutes without a page after which a person is logged out. No utility names it; a walk to the meter in the cellar
    takes ten, and OWASP has 15 to 30 for what is of low risk."""


SECTIONS = (Features, Documents, Sessions)
