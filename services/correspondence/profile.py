"""What correspondence obeys of a utility's profile."""

from typing import ClassVar

from pydantic import Field

from services.chassis.profile.sections import Section


class Mails(Section):
    """E-mails to customers."""

    section: ClassVar[str] = "mails"

    new_bill_days: int = Field(default=30, ge=1, le=366)
    """A "new bill" e-mail goes out for invoices issued at most so many days ago; loaded history mails nobody."""


SECTIONS = (Mails,)
