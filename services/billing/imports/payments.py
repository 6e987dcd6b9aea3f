"""Files of payments."""

from collections.abc import Sequence
from datetime import date
from typing import Annotated

from pydantic import Field

from services.billing.agreements import parties
from services.billing.receivables.credits import Credit, book, of_references
from services.billing.receivables.payments import payment
from services.chassis.imports.importing import EARLIEST, Importer, Numbered, Outcome, RowProblem
from services.chassis.imports.row_models import FileRow, Identifier, Money
from services.chassis.storage.unit_of_work import UnitOfWork


class PaymentRow(FileRow):
    """A row of a file of payments, in PLN; `reference` is the bank's and tells one payment from another."""

    reference: Annotated[Identifier, Field(max_length=80)]
    party_code: Identifier
    booked_on: Annotated[date, Field(ge=EARLIEST)]
    amount: Annotated[Money, Field(gt=0)]
    title: Annotated[str, Field(max_length=300)] = ""


async def store(work: UnitOfWork, rows: Sequence[Numbered]) -> Outcome:
    """Book new payments. One that is booked never changes, so a row that says something else of it is refused."""
    owners = await parties.ids(work.connection, (numbered.row.party_code for numbered in rows))
    known = await of_references(work.connection, "payment", (numbered.row.reference for numbered in rows))
    problems: list[RowProblem] = []
    fresh: list[Credit] = []
    for numbered in rows:
        row: PaymentRow = numbered.row
        party_id = owners.get(row.party_code)
        if party_id is None:
            problems.append(
                RowProblem(numbered.line, "party_code", f"there is no party {row.party_code}; import the parties first")
            )
            continue
        if row.booked_on > work.today:
            problems.append(RowProblem(numbered.line, "booked_on", "is in the future"))
            continue
        new = payment(row.reference, party_id, row.booked_on, row.amount, row.title)
        booked = known.get(row.reference)
        if booked is None:
            fresh.append(new)
        elif not booked.same_as(new):
            reason = f"payment {row.reference} is booked already with other data, and what is booked cannot change"
            problems.append(RowProblem(numbered.line, "reference", reason))
    await book(work, fresh)
    return Outcome(added=len(fresh), unchanged=len(rows) - len(problems) - len(fresh), problems=tuple(problems))


IMPORTER = Importer("payments", PaymentRow, store, key=("reference",))
