"""Files of agreements."""

from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date
from decimal import Decimal
from typing import Annotated, Self
from uuid import UUID

from pydantic import Field, model_validator

from contracts.message import Medium
from services.billing.agreements import agreements, parties
from services.billing.agreements.agreements import Agreement
from services.billing.invoicing import invoices
from services.billing.tariffs import tariff_book
from services.billing.tariffs.tariffs import Tariff
from services.chassis.imports.importing import Importer, Numbered, Outcome, RowProblem, not_supplied
from services.chassis.imports.row_models import FileRow, Identifier
from services.chassis.storage.unit_of_work import UnitOfWork


class AgreementRow(FileRow):
    """A row of a file of agreements. `water` is settled together with sewage."""

    number: Annotated[Identifier, Field(max_length=40)]
    party_code: Identifier
    medium: Medium
    service_point: Identifier
    tariff: str
    tariff_group: str
    capacity_mw: Annotated[Decimal, Field(gt=0, max_digits=12, decimal_places=6)] | None = None
    signed_on: date
    billed_from: date
    e_invoice: bool

    @model_validator(mode="after")
    def _capacity_of_heat(self) -> Self:
        if self.medium == "heat" and self.capacity_mw is None:
            raise ValueError("an agreement on heat must have its ordered capacity (capacity_mw, in MW)")
        return self


async def store(work: UnitOfWork, rows: Sequence[Numbered]) -> Outcome:
    """Insert new agreements, overwrite changed ones, and tell both.

    One that has invoices keeps what they were made by (`_BOUND`): another customer, place or beginning is another
    agreement.
    """
    connection = work.connection
    owners = await parties.ids(connection, (numbered.row.party_code for numbered in rows))
    known = await agreements.of_numbers(connection, (numbered.row.number for numbered in rows))
    tariffs = await tariff_book.stored(connection)
    neighbours = await agreements.at_service_points(connection, (numbered.row.service_point for numbered in rows))
    places = {_place(each): each.number for each in neighbours}
    invoiced = await invoices.of_agreements(connection, (each.agreement_id for each in known.values()))
    problems: list[RowProblem] = []
    fresh: list[Agreement] = []
    for numbered in rows:
        row: AgreementRow = numbered.row
        problem = not_supplied(numbered.line, row.medium, work.profile.utility)
        problem = problem or _unknown(numbered.line, row, owners, tariffs)
        if problem is not None:
            problems.append(problem)
            continue
        after = _agreement(row, owners[row.party_code])
        before = known.get(row.number)
        if before is not None and before.agreement_id in invoiced and (bound := _rebound(before, after)):
            reason = f"agreement {row.number} has invoices already, so this cannot change; import a new agreement"
            problems.extend(RowProblem(numbered.line, column, reason) for column in bound)
            continue
        holder = places.setdefault(_place(after), after.number)
        if holder != after.number:
            reason = f"agreement {holder} already settles this point from that day on"
            problems.append(RowProblem(numbered.line, "service_point", reason))
            continue
        if before is None:
            fresh.append(after)
        elif before != replace(after, version=before.version):
            fresh.append(replace(after, version=before.version + 1))
    await agreements.store(connection, fresh)
    for agreement in fresh:
        work.emit(agreement.recorded())
    added = sum(agreement.number not in known for agreement in fresh)
    return Outcome(
        added=added,
        changed=len(fresh) - added,
        unchanged=len(rows) - len({problem.line for problem in problems}) - len(fresh),
        problems=tuple(problems),
    )


_BOUND = {"party_id": "party_code", "medium": "medium", "service_point": "service_point", "billed_from": "billed_from"}
"""What the invoices of an agreement were made by, with its columns in the file."""


def _rebound(before: Agreement, after: Agreement) -> list[str]:
    """The columns that change what an agreement's invoices were made by."""
    return [column for name, column in _BOUND.items() if getattr(before, name) != getattr(after, name)]


def _unknown(
    line: int, row: AgreementRow, owners: Mapping[str, UUID], tariffs: Mapping[str, Tariff]
) -> RowProblem | None:
    """What the row names and nobody knows; a mistyped tariff would otherwise show when the first invoice is due."""
    if row.party_code not in owners:
        return RowProblem(line, "party_code", f"there is no party {row.party_code}; import the parties first")
    tariff = tariffs.get(row.tariff)
    if tariff is None:
        return RowProblem(line, "tariff", f"there is no tariff {row.tariff}; import the tariffs first")
    if tariff.medium != row.medium:
        return RowProblem(line, "tariff", f"tariff {row.tariff} is for another medium: {tariff.medium}")
    if not any(row.tariff_group in edition.groups for edition in tariff.editions):
        return RowProblem(line, "tariff_group", f"tariff {row.tariff} has no group {row.tariff_group}")
    return None


def _agreement(row: AgreementRow, party_id: UUID) -> Agreement:
    return Agreement(party_id=party_id, **row.model_dump(exclude={"party_code"}))


def _place(agreement: Agreement) -> tuple[str, Medium, date]:
    return agreement.service_point, agreement.medium, agreement.billed_from


IMPORTER = Importer("agreements", AgreementRow, store, key=("number",))
