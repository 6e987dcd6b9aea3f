"""Who the utility is: the section that everybody reads."""

from typing import Annotated, ClassVar, Self

from pydantic import Field, model_validator

from contracts.message import Medium
from services.chassis.profile.contacts import Emergency, Hours, Supply
from services.chassis.profile.fields import UNIQUE, Email, Nip, Nrb, Phone, Regon, Text, Website
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
    phones: Annotated[tuple[Phone, ...], UNIQUE] = Field(min_length=1)
    """General telephone numbers."""
    phone_hours: tuple[Hours, ...] = ()
    """When somebody answers them, and `registration_phones`; left out: neither pages nor mails tell."""
    emergencies: tuple[Emergency, ...] = Field(min_length=1)
    """Whom to call in an emergency, for everything that the utility supplies; stands on every customer's page."""
    registration_phones: Annotated[tuple[Phone, ...], UNIQUE] = Field(min_length=1)
    """Whom to call about an application or a forgotten password. Source: W04, W07."""
    email: Email
    """Address that customers write to; e-mails to them come from it."""
    nip: Nip
    regon: Regon
    website: Website
    bank_account: Nrb | None = None
    """NRB that invoices ask to pay to; without it they name no account. Source: W11."""
    media: Annotated[tuple[Supply, ...], UNIQUE] = Field(min_length=1)
    """What the utility supplies; rows of another medium are refused. Source: the five utilities' own trades."""

    @property
    def metered(self) -> frozenset[Medium]:
        """What it supplies, as agreements and meters name it: their `water` includes sewage."""
        return frozenset("water" if medium == "sewage" else medium for medium in self.media)

    @model_validator(mode="after")
    def _has_an_emergency_number_for_all_that_it_supplies(self) -> Self:
        told = {medium for emergency in self.emergencies for medium in emergency.media}
        if missing := [medium for medium in self.media if medium not in told]:
            raise ValueError(f"emergencies has no number for {', '.join(missing)}")
        if foreign := sorted(told.difference(self.media)):
            raise ValueError(f"emergencies has a number for {', '.join(foreign)}, which media does not name")
        lines = [(medium, emergency.hours) for emergency in self.emergencies for medium in emergency.media]
        if twice := sorted({medium for medium, hours in lines if lines.count((medium, hours)) > 1}):
            raise ValueError(
                f"emergencies has two numbers for {', '.join(twice)} at the same hours: leave the one that people call"
            )
        return self
