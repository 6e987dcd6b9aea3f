"""What billing obeys of a utility's profile."""

from collections import Counter
from decimal import Decimal
from typing import ClassVar, Literal

from pydantic import Field

from services.chassis.numbering import NumberPattern
from services.chassis.profile.fields import Day, Days
from services.chassis.profile.profile import Profile
from services.chassis.profile.sections import Group, Section


class VatRate(Group):
    """VAT in percent on supplies of a medium from a day on; law changes it on days of its own, not with the tariff."""

    medium: Literal["heat", "water"]
    """`water` includes sewage and both standing charges."""
    valid_from: Day
    percent: Decimal = Field(ge=0, le=100)


class Settlement(Section):
    """Invoices. Source: W11, W12, M01."""

    section: ClassVar[str] = "settlement"

    payment_days: Days
    """Days from issue to the due date. Source: W11 (due date)."""
    invoice_number: NumberPattern
    """Source: W11; M10 wants six digits at its beginning."""
    interest_divisor: Literal[365, 366] = 365
    """Days of a year in late-payment interest; the Civil Code (art. 481) does not fix it. Source: W11 (interest)."""
    vat: tuple[VatRate, ...] = Field(min_length=1)
    """Source: W12 (net, VAT, gross)."""

    def check(self, profile: Profile) -> None:
        """Every medium that the utility supplies has a rate of VAT, and one alone on each day."""
        if missing := profile.utility.metered - {rate.medium for rate in self.vat}:
            raise ValueError(f"vat has no rate of {min(missing)}, which utility.media names")
        for (medium, day), count in Counter((rate.medium, rate.valid_from) for rate in self.vat).items():
            if count > 1:
                raise ValueError(f"vat has {count} rates of {medium} from {day} on: leave the right one")


SECTIONS = (Settlement,)
