"""Who the utility is: the section that everybody reads."""

from typing import Annotated, ClassVar, Literal

from pydantic import Field

from contracts.message import Medium
from services.chassis.profile.fields import UNIQUE, Email, Nip, Nrb, Regon, Text
from services.chassis.profile.sections import Section


class Utility(Section):
    """Who the utility is, as its customers read it. Source: W17."""

    section: ClassVar[str] = "utility"

    name: Text
    """Full name in the register of companies, as invoices carry it."""
    short_name: Text
    """What people call it; stands in the pages' header and in the subjects of e-mails."""
    address: tuple[Text, ...] = Field(min_length=1)
    """Lines of the postal address."""
    phones: tuple[Text, ...] = Field(min_length=1)
    """General telephone numbers."""
    registration_phones: tuple[Text, ...] = Field(min_length=1)
    """Whom to call about an application or a forgotten password. Source: W04, W07."""
    email: Email
    """Address that customers write to; e-mails to them come from it."""
    nip: Nip
    regon: Regon
    website: Annotated[str, Field(pattern=r"^https?://\S+$")]
    bank_account: Nrb | None = None
    """NRB that invoices ask to pay to; without it they name no account. Source: W11."""
    media: Annotated[tuple[Literal["heat", "water", "sewage"], ...], UNIQUE] = Field(min_length=1)
    """What the utility supplies; rows of another medium are refused. Source: the five utilities' own trades."""

    @property
    def metered(self) -> frozenset[Medium]:
        """What it supplies, as agreements and meters name it: their `water` includes sewage."""
        return frozenset("water" if medium == "sewage" else medium for medium in self.media)
