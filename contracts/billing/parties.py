"""Parties: with whom the utility has agreements."""

from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.bounds import Said
from contracts.kinds import Open
from contracts.message import Address, Event

PartyKind = Literal["household", "firm", "housing_community", "property_manager"]
"""What a party is. Open: it is shown, and what follows from it is in the party's other fields."""


class PartyRecorded(Event):
    """A party to agreements (odbiorca) was entered or its data changed. Carries the whole state."""

    message_type: ClassVar[str] = "billing.party.recorded.v1"
    about: ClassVar[str] = "party_id"
    example: ClassVar[dict[str, Any]] = {
        "party_id": "0198c0de-0000-7000-8000-000000000001",
        "code": "100001",
        "kind": "household",
        "name": "Anna Przykładowa",
        "pesel": "93111698132",
        "email": "anna@poczta.example",
        "address": {"street": "Płocka 30/32", "postal_code": "87-800", "city": "Włocławek"},
        "version": 1,
    }

    party_id: UUID = Field(description="The party.")
    code: Said = Field(description="Payer code (kod płatnika) in the utility's books.")
    kind: Open[PartyKind] = Field(description="What the party is.")
    name: Said = Field(description="Name of a person or a firm.")
    pesel: str | None = Field(default=None, description="Number of a person, eleven digits.")
    nip: str | None = Field(default=None, description="Tax number, ten digits.")
    regon: str | None = Field(default=None, description="Number of a firm in the register REGON.")
    email: str | None = Field(default=None, description="E-mail address in the utility's books.")
    phone: str | None = Field(default=None, description="As it was given.")
    address: Address = Field(description="Where papers go.")
