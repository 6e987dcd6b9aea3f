"""The directory: what billing tells about parties, agreements and their last invoices, kept to verify applicants."""

from collections import defaultdict
from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import Row, Table, select, tuple_, union
from sqlalchemy.dialects.postgresql import insert

from contracts.billing import AgreementRecorded, InvoiceIssued, PartyRecorded
from services.chassis.storage.unit_of_work import UnitOfWork
from services.identity.applications import Claim, Known, number_key
from services.identity.tables import agreement, last_invoice, party


async def on_party(event: PartyRecorded, work: UnitOfWork) -> None:
    """Note a party; an older version than the one known is ignored."""
    row = event.model_dump(include={"party_id", "code", "name", "pesel", "nip", "email", "version"})
    statement = insert(party).values(row)
    await work.connection.execute(
        statement.on_conflict_do_update(
            index_elements=[party.c.party_id],
            set_={name: statement.excluded[name] for name in row if name != "party_id"},
            where=party.c.version < statement.excluded.version,
        )
    )


async def on_agreement(event: AgreementRecorded, work: UnitOfWork) -> None:
    """Note an agreement; an older version than the one known is ignored."""
    row = event.model_dump(include={"agreement_id", "party_id", "number", "version"})
    row["number_key"] = number_key(event.number)
    statement = insert(agreement).values(row)
    await work.connection.execute(
        statement.on_conflict_do_update(
            index_elements=[agreement.c.agreement_id],
            set_={name: statement.excluded[name] for name in row if name != "agreement_id"},
            where=agreement.c.version < statement.excluded.version,
        )
    )


async def on_invoice(event: InvoiceIssued, work: UnitOfWork) -> None:
    """Note an agreement's newest invoice; events may come in any order, so an older one is ignored."""
    row = event.model_dump(include={"agreement_id", "party_id", "number", "issued_on"})
    row["number_key"] = number_key(event.number)
    statement = insert(last_invoice).values(row)
    new = statement.excluded
    await work.connection.execute(
        statement.on_conflict_do_update(
            index_elements=[last_invoice.c.agreement_id],
            set_={name: new[name] for name in row if name != "agreement_id"},
            where=tuple_(last_invoice.c.issued_on, last_invoice.c.number) < tuple_(new.issued_on, new.number),
        )
    )


async def party_of_code(work: UnitOfWork, code: str) -> Row[UUID, str, str | None] | None:
    """`party_id`, `name` and `email` of the party with this payer code."""
    found = await work.connection.execute(
        select(party.c.party_id, party.c.name, party.c.email).where(party.c.code == code)
    )
    return found.first()


async def hold(work: UnitOfWork, party_id: UUID) -> None:
    """Let nobody else open an account for this party until the transaction ends."""
    await work.connection.execute(select(party.c.party_id).where(party.c.party_id == party_id).with_for_update())


async def code_of(work: UnitOfWork, party_id: UUID) -> str:
    """The payer code of a party that is known."""
    code: str = (await work.connection.execute(select(party.c.code).where(party.c.party_id == party_id))).scalar_one()
    return code


async def find(work: UnitOfWork, claim: Claim) -> tuple[Known, ...]:
    """The parties that the agreement, the invoice, the PESEL or the NIP of `claim` lead to."""
    tax_id = party.c.pesel == claim.pesel if claim.pesel else party.c.nip == (claim.nip or "")
    leads = union(
        select(agreement.c.party_id).where(agreement.c.number_key == number_key(claim.agreement_number)),
        select(last_invoice.c.party_id).where(last_invoice.c.number_key == number_key(claim.invoice_number)),
        select(party.c.party_id).where(tax_id),
    )
    found = await work.connection.execute(
        select(party).where(party.c.party_id.in_(leads.scalar_subquery())).order_by(party.c.code)
    )
    parties = found.all()
    ids = [one.party_id for one in parties]
    agreements = await _numbers(work, agreement, ids)
    last_invoices = await _numbers(work, last_invoice, ids)
    return tuple(
        Known(
            party_id=one.party_id,
            name=one.name,
            pesel=one.pesel,
            nip=one.nip,
            email=one.email,
            agreements=agreements[one.party_id],
            last_invoices=last_invoices[one.party_id],
        )
        for one in parties
    )


async def _numbers(work: UnitOfWork, table: Table, party_ids: Sequence[UUID]) -> dict[UUID, tuple[str, ...]]:
    numbers: dict[UUID, tuple[str, ...]] = defaultdict(tuple)
    query = select(table.c.party_id, table.c.number).where(table.c.party_id.in_(party_ids)).order_by(table.c.number)
    for party_id, number in await work.connection.execute(query):
        numbers[party_id] += (number,)
    return numbers
