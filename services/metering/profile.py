"""What metering obeys of a utility's profile."""

from datetime import date
from decimal import Decimal
from typing import ClassVar, Literal, Self

from pydantic import Field, model_validator

from services.chassis.profile.sections import Group, Section

LONGEST_MONTH = 31


class ReadingWindow(Group):
    """Days of the month on which customers may submit a reading, both included. Source: L02."""

    first_day: int = Field(ge=1, le=LONGEST_MONTH)
    last_day: int = Field(ge=1, le=LONGEST_MONTH)
    """31 means the last day of the month, however long it is."""

    def contains(self, day: date) -> bool:
        """Whether readings are taken on the local date `day`."""
        return self.first_day <= day.day <= self.last_day

    @property
    def reaches_month_end(self) -> bool:
        """Whether it ends with the month, however long that is."""
        return self.last_day == LONGEST_MONTH

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if self.first_day > self.last_day:
            raise ValueError("first_day must not be after last_day")
        return self


class Readings(Section):
    """Readings that customers submit. Source: M02, L02."""

    section: ClassVar[str] = "readings"

    submission: bool
    """Customers submit readings at all. Source: M02, L02; the heat utilities read their meters themselves."""
    window: ReadingWindow | None = None
    """Without it any day will do."""
    frequency: Literal["any", "monthly"] = "any"
    """`monthly`: at most one reading in a calendar month. Source: L02."""
    unusual_factor: Decimal = Field(default=Decimal(5), gt=1)
    """A daily consumption above this many times the meter's usual one is asked back. Source: M02."""

    def taken_on(self, day: date) -> bool:
        """Whether customers may submit a reading on the local date `day`."""
        return self.submission and (self.window is None or self.window.contains(day))


SECTIONS = (Readings,)
