"""Whom customers call, and when somebody answers."""

from datetime import time
from typing import Annotated, Final, Literal, Self, get_args

from pydantic import Field, model_validator

from services.chassis.profile.fields import UNIQUE, Phone
from services.chassis.profile.sections import Group

Supply = Literal["heat", "water", "sewage"]
"""What a utility supplies."""

Day = Literal["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"]
DAYS: Final[tuple[Day, ...]] = get_args(Day)


class Hours(Group):
    """The hours of some days of the week that follow each other, local time."""

    first: Day
    last: Day
    """The same as `first` where it is one day."""
    opens: time
    closes: time

    @model_validator(mode="after")
    def _in_order(self) -> Self:
        if DAYS.index(self.first) > DAYS.index(self.last):
            raise ValueError("first must not be after last; a week begins with monday")
        if self.opens >= self.closes:
            raise ValueError("opens must be before closes")
        return self


class Emergency(Group):
    """Whom to call when a pipe has burst or radiators are cold. Source: the utilities publish one each (993, 994)."""

    media: Annotated[tuple[Supply, ...], UNIQUE] = Field(min_length=1)
    """What the number is for."""
    phone: Phone
    hours: tuple[Hours, ...] = ()
    """When somebody answers; left out: day and night."""
