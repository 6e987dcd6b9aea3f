"""Parties in tests: each is somebody new, as a row of a file or as the event that billing tells."""

from dataclasses import dataclass
from itertools import count
from uuid import UUID

from contracts.billing import PartyRecorded
from services.chassis.ids import stable_id

_codes = count(300001)
_PESEL_WEIGHTS = (1, 3, 7, 9, 1, 3, 7, 9, 1, 3)


@dataclass(frozen=True)
class Party:
    """A household. Its code is the payer's identifier."""

    code: str
    name: str
    pesel: str
    email: str

    @property
    def party_id(self) -> UUID:
        """The id that billing gives it."""
        return stable_id("party", self.code)

    def row(self, **changes: object) -> dict[str, object]:
        """A row of the parties' file."""
        who = {"code": self.code, "kind": "household", "name": self.name, "pesel": self.pesel, "nip": "", "regon": ""}
        reached = {"email": self.email, "phone": ""}
        return {**who, **reached, "street": "Źródlana 3", "postal_code": "87-800", "city": "Włocławek", **changes}

    def recorded(self, **changes: object) -> PartyRecorded:
        """What billing tells of it."""
        own = {"party_id": self.party_id, "code": self.code, "name": self.name, "kind": "household"}
        numbers = {"pesel": self.pesel, "nip": None, "regon": None, "email": self.email, "version": 1}
        return PartyRecorded.model_validate(PartyRecorded.example | own | numbers | changes)


def fresh_party() -> Party:
    """A party that no other test knows."""
    number = next(_codes)
    return Party(str(number), f"Odbiorca {number}", _pesel(number), f"odbiorca{number}@poczta.example")


def _pesel(number: int) -> str:
    """A number of somebody who was born on the last day of 1899."""
    digits = f"999231{number % 10000:04}"
    control = -sum(int(digit) * weight for digit, weight in zip(digits, _PESEL_WEIGHTS, strict=True)) % 10
    return f"{digits}{control}"
