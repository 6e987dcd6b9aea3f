"""Parties (odbiorcy): who has agreements with the utility."""

from collections.abc import AsyncIterator, Iterable, Sequence
from dataclasses import dataclass, fields
from typing import Any
from uuid import UUID

from sqlalchemy import Row, select
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.billing import PartyKind, PartyRecorded
from contracts.message import Address
from services.billing.agreements.tables import account, party
from services.chassis.ids import stable_id


@dataclass(frozen=True, slots=True)
class Party:
    """A party by its payer code (kod płatnika); private people have a PESEL, others a NIP."""

    code: str
    kind: PartyKind
    name: str
    pesel: str | None
    nip: str | None
    regon: str | None
    email: str | None
    phone: str | None
    street: str
    postal_code: str
    city: str
    version: int = 1

    @property
    def party_id(self) -> UUID:
        """The same code always gives the same id, so a file can be loaded twice."""
        return stable_id("party", self.code)

    @property
    def address(self) -> Address:
        """Where the party lives or has its seat."""
        return Address(street=self.street, postal_code=self.postal_code, city=self.city)

    def recorded(self) -> PartyRecorded:
        """The event that tells the party's whole state."""
        return PartyRecorded.model_validate(self, from_attributes=True)


async def of_codes(connection: AsyncConnection, codes: Iterable[str]) -> dict[str, Party]:
    """Those of `codes` that exist, locked in one order so that two imports cannot wait for each other."""
    wanted = select(party).where(party.c.code.in_(set(codes))).order_by(party.c.party_id)
    # Not against what merely refers to a party: an invoice under way holds the account and must not wait here.
    locked = wanted.with_for_update(key_share=True)
    return {row.code: _party(row) for row in await connection.execute(locked)}


async def ids(connection: AsyncConnection, codes: Iterable[str]) -> dict[str, UUID]:
    """The ids of those of `codes` that exist."""
    found = await connection.execute(select(party.c.code, party.c.party_id).where(party.c.code.in_(set(codes))))
    return {row.code: row.party_id for row in found}


async def store(connection: AsyncConnection, parties: Sequence[Party]) -> None:
    """Insert `parties` with an empty account each, or overwrite those with the same code."""
    if not parties:
        return
    names = [column.name for column in party.columns]
    put = insert(party)
    put = put.on_conflict_do_update(
        index_elements=[party.c.party_id],
        set_={name: put.excluded[name] for name in names if name not in ("party_id", "code")},
    )
    await connection.execute(put, [{name: getattr(each, name) for name in names} for each in parties])
    await connection.execute(
        insert(account).on_conflict_do_nothing(), [{"party_id": each.party_id} for each in parties]
    )


async def history(connection: AsyncConnection) -> AsyncIterator[PartyRecorded]:
    """Every party as it is now."""
    async with connection.stream(select(party)) as rows:
        async for row in rows:
            yield _party(row).recorded()


def _party(row: Row[Any]) -> Party:
    return Party(**{field.name: getattr(row, field.name) for field in fields(Party)})
