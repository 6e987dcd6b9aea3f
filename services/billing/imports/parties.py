"""Files of parties."""

from collections.abc import Sequence
from typing import Annotated, Self

from pydantic import AfterValidator, Field, model_validator
from stdnum.exceptions import ValidationError as InvalidNumber
from stdnum.pl import nip, pesel, regon

from contracts.billing import PartyKind
from services.billing.agreements import parties
from services.billing.agreements.parties import Party
from services.chassis import emails
from services.chassis.imports.importing import Importer, Numbered, Outcome
from services.chassis.imports.row_models import FileRow, Identifier, PostalCode
from services.chassis.storage.unit_of_work import UnitOfWork


def _pesel(value: str) -> str:
    try:
        return pesel.validate(value)
    except InvalidNumber as error:
        raise ValueError("is no PESEL; check its digits") from error


def _nip(value: str) -> str:
    try:
        return nip.validate(value)
    except InvalidNumber as error:
        raise ValueError("is no NIP; check its digits") from error


def _regon(value: str) -> str:
    try:
        return regon.validate(value)
    except InvalidNumber as error:
        raise ValueError("is no REGON; check its digits") from error


class PartyRow(FileRow):
    """A row of a file of parties. Spaces and dashes within numbers do not matter."""

    code: Annotated[Identifier, Field(max_length=40)]
    kind: PartyKind
    name: Annotated[str, Field(max_length=300)]
    pesel: Annotated[str, AfterValidator(_pesel)] | None = None
    nip: Annotated[str, AfterValidator(_nip)] | None = None
    regon: Annotated[str, AfterValidator(_regon)] | None = None
    email: Annotated[str, AfterValidator(emails.address)] | None = None
    phone: Identifier | None = None
    street: str
    postal_code: PostalCode
    city: str

    @model_validator(mode="after")
    def _number_of_its_kind(self) -> Self:
        if self.kind != "household" and self.nip is None:
            raise ValueError("a firm, a housing community and a property manager must have a NIP")
        return self


async def store(work: UnitOfWork, rows: Sequence[Numbered]) -> Outcome:
    """Insert new parties, overwrite changed ones, and tell both."""
    known = await parties.of_codes(work.connection, (numbered.row.code for numbered in rows))
    fresh: list[Party] = []
    for numbered in rows:
        row: PartyRow = numbered.row
        before = known.get(row.code)
        after = Party(**row.model_dump(), version=before.version if before else 1)
        if before is None:
            fresh.append(after)
        elif before != after:
            fresh.append(Party(**row.model_dump(), version=before.version + 1))
    await parties.store(work.connection, fresh)
    for party in fresh:
        work.emit(party.recorded())
    added = sum(party.code not in known for party in fresh)
    return Outcome(added=added, changed=len(fresh) - added, unchanged=len(rows) - len(fresh))


IMPORTER = Importer("parties", PartyRow, store, key=("code",))
