"""Bills that came before the news of their party's account.

Bills and accounts come from two services, so one may overtake the other however they were told.
"""

from datetime import datetime, timedelta
from typing import TypeAlias, cast
from uuid import UUID

from sqlalchemy import delete, func, select
from sqlalchemy.dialects.postgresql import insert

from contracts.billing import InvoiceDocumentStored
from contracts.message import type_registry
from services.chassis.storage.unit_of_work import UnitOfWork
from services.correspondence.profile import Mails
from services.correspondence.tables import early_bill

Bill: TypeAlias = InvoiceDocumentStored
"""The news of a bill, in every version that is kept: a row comes back as the version that it came as."""


async def hold(work: UnitOfWork, party_id: UUID) -> None:
    """Let news of one party's bills and of its account come one after the other until the transaction ends."""
    await work.connection.execute(select(func.pg_advisory_xact_lock(func.hashtextextended(str(party_id), 0))))


async def keep(work: UnitOfWork, event: Bill) -> None:
    """Keep a bill for which there is no recipient yet; most parties have no account and never will."""
    await work.connection.execute(
        insert(early_bill)
        .values(
            invoice_id=event.invoice_id,
            party_id=event.party_id,
            issued_on=event.issued_on,
            kept_at=work.now,
            message_type=event.message_type,
            event=event.model_dump(mode="json"),
        )
        .on_conflict_do_nothing()
    )


async def take(work: UnitOfWork, party_id: UUID, since: datetime) -> list[Bill]:
    """The party's bills that came after `since`. All of the party's are forgotten."""
    rows = await work.connection.execute(
        delete(early_bill)
        .where(early_bill.c.party_id == party_id)
        .returning(early_bill.c.kept_at, early_bill.c.message_type, early_bill.c.event)
    )
    return [
        cast(Bill, type_registry[row.message_type].model_validate(row.event)) for row in rows if row.kept_at >= since
    ]


async def sweep(work: UnitOfWork) -> None:
    """Forget bills that are too old for a mail."""
    oldest = work.today - timedelta(days=work.profile.of(Mails).new_bill_days)
    await work.connection.execute(delete(early_bill).where(early_bill.c.issued_on < oldest))
