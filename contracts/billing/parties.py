"""Parties: with whom the utility has agreements."""

from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field

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

    party_id: UUID
    code: str = Field(description="Payer code (kod płatnika) in the utility's books.")
    kind: Open[PartyKind]
    name: str
    pesel: str | None = None
    nip: str | None = None
    regon: str | None = None
    email: str | None = None
    phone: str | None = None
    address: Address
