"""Overdue invoices: each day their interest is reckoned anew."""

import structlog
from sqlalchemy import select

from services.billing.agreements import accounts
from services.billing.invoicing.tables import invoice
from services.billing.receivables import receivables
from services.chassis.storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

BATCH = 1000


async def reckon(work: UnitOfWork) -> None:
    """Bring the interest of overdue invoices that is older than today up to today.

    At one call: all such invoices of the parties whose `BATCH` invoices have waited longest.
    """
    is_open = invoice.c.paid < invoice.c.gross
    stale = is_open & (invoice.c.due_on < work.today) & (invoice.c.balance_as_of < work.today)
    oldest = select(invoice.c.party_id).where(stale).order_by(invoice.c.balance_as_of).limit(BATCH)
    debtors = set(await work.connection.scalars(oldest))
    if not debtors:
        return
    await accounts.lock(work.connection, debtors)
    # Read again now that the accounts are locked: a payment may have come in between.
    found = select(*receivables.COLUMNS).where(stale, invoice.c.party_id.in_(debtors))
    overdue = [receivables.of_row(row) for row in await work.connection.execute(found)]
    await receivables.reckon_again(work, overdue)
    log.info("interest.reckoned", invoices=len(overdue))
