"""Whose rows a connection to the read model sees; PostgreSQL's row-level security holds it (migration 0004)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple
from uuid import UUID

EVERYTHING: Mapping[str, str] = {"ebok.scope": "all"}
"""Settings of a connection that sees all rows and may write: the projections', the clerks', an operator's."""


class Premises(NamedTuple):
    """One service point of one party."""

    party_id: UUID
    service_point: str


NOTHING: Mapping[str, str] = {"ebok.scope": ""}
"""Settings of a connection that sees no row until `act_for` names some; a default of its role does not count then."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What a customer may see: `parties` wholly, and of others only some `premises`, without what the party owes (M12).

    `chosen` is the party that the customer looks at now; None shows all of them side by side.
    """

    parties: Sequence[UUID] = ()
    premises: Sequence[Premises] = ()
    chosen: UUID | None = None

    @property
    def arguments(self) -> tuple[list[UUID], list[str]]:
        """What the database's function `act_for` takes: parties, and premises as texts."""
        parties = [party for party in self.parties if self.chosen in (None, party)]
        premises = [f"{party} {point}" for party, point in self.premises if self.chosen in (None, party)]
        return parties, premises


NOBODY = Scope()
