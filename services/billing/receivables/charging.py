"""Charging (obciążenie): an issued invoice becomes a debt of its party."""

from decimal import Decimal

from services.billing.invoicing.invoices import Issued
from services.billing.profile import Settlement
from services.billing.receivables import ledger, receivables
from services.billing.receivables.credits import pay_open_invoices
from services.billing.receivables.ledger import Posting
from services.billing.receivables.receivables import Receivable
from services.chassis.storage.unit_of_work import UnitOfWork


async def charge(issued: Issued, work: UnitOfWork) -> None:
    """Enter an issued invoice into the ledger, and reduce it by what the party has in excess."""
    new = issued.invoice
    unpaid = Receivable(
        invoice_id=new.invoice_id,
        party_id=new.party_id,
        number=new.number,
        due_on=new.due_on,
        gross=new.gross,
        paid=Decimal("0.00"),
        interest=Decimal("0.00"),
        as_of=work.today,
        version=1,
    )
    owed = unpaid.reckoned((), work.today, work.profile.of(Settlement).interest_divisor)
    if owed != unpaid:  # an invoice of loaded history is overdue when it is issued
        await receivables.store(work.connection, [owed])
    work.emit(owed.changed())
    posting = Posting(new.party_id, "charge", new.gross, new.issued_on, new.number, invoice_id=new.invoice_id)
    await ledger.post(work, {new.party_id: issued.account}, [posting])
    if issued.account.balance < 0:  # only then is there something in excess
        await pay_open_invoices(work, [new.party_id])
