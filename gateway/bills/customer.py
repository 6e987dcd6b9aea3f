"""Bills and payments (W08, W11, W12)."""

from typing import Annotated
from uuid import UUID

import structlog
from litestar import Response, get
from litestar.exceptions import HTTPException, NotFoundException
from litestar.params import Parameter

from gateway.bills.pay_code import has_room, pay_code
from gateway.bills.queries import Company, bill_detail, bills_page, document, transfer
from gateway.bills.views import BillList, OneBill
from gateway.bills.words import words_in
from gateway.web.downloads import file_headers
from gateway.web.site import Site
from gateway.web.view import Html
from gateway.web.visitors.customer import Customer
from gateway.web.visitors.visit import Visit
from services.chassis.numbering import file_name
from services.chassis.storage import files

log = structlog.get_logger()


@get("/bills")
async def bill_list(
    site: Site,
    visit: Visit,
    customer: Customer,
    page: Annotated[int, Parameter(ge=1, le=10_000)] = 1,
) -> Html[BillList]:
    """All documents of the customer, the newest first (W11), under the balance (W08)."""
    found = await bills_page(customer, page, site.today, words_in(visit.lang))
    if page > 1 and not found.bills:
        raise NotFoundException
    shown = BillList(
        bills=found.bills,
        page=found.page,
        pages=found.pages,
        owed=found.owed,
        transfer=transfer(_seller(site), site.profile.utility.bank_account, found.owed.payer_code),
        on_paper=found.on_paper,
        with_interest=any(bill.interest for bill in found.bills),
        with_documents=not all(bill.on_paper for bill in found.bills),
    )
    return site.page(visit, shown)


@get("/bills/{invoice_id:uuid}")
async def bill(site: Site, visit: Visit, customer: Customer, invoice_id: UUID) -> Html[OneBill]:
    """One document with its items and the summary of net, VAT and gross (W12)."""
    account = site.profile.utility.bank_account
    found = await bill_detail(customer, invoice_id, site.today, words_in(visit.lang), _seller(site), account)
    if found is None:
        raise NotFoundException
    can_be_read = found.transfer is not None and has_room(found.transfer, found.to_pay)
    return site.page(visit, OneBill(found, f"/bills/{invoice_id}/pay-code" if can_be_read else None))


@get("/bills/{invoice_id:uuid}/pay-code")
async def bill_pay_code(site: Site, visit: Visit, customer: Customer, invoice_id: UUID) -> Response[bytes]:
    """The code that a bank's application reads; a file of its own, as drawing it takes longer than all of the page."""
    utility = site.profile.utility
    found = await bill_detail(
        customer, invoice_id, site.today, words_in(visit.lang), _seller(site), utility.bank_account
    )
    if found is None or found.transfer is None or not has_room(found.transfer, found.to_pay):
        raise NotFoundException
    return Response(pay_code(found.transfer, utility.nip, found.to_pay), media_type="image/svg+xml")


@get("/bills/{invoice_id:uuid}/pdf")
async def bill_document(site: Site, visit: Visit, customer: Customer, invoice_id: UUID) -> Response[bytes]:
    """The document's PDF, from the object store (W11)."""
    found = await document(customer, invoice_id)
    if found is None:
        raise NotFoundException
    await visit.release()
    try:
        content = await files.get(site.files, found.key)
    except (FileNotFoundError, files.StoreAway) as error:
        log.exception("document.not_to_be_had", key=found.key)
        raise HTTPException(status_code=503) from error
    if not found.is_in(content):  # no part of a bill is shown as one, and nobody else's
        log.error("document.is_damaged", key=found.key, size=len(content), stored=found.size)
        raise HTTPException(status_code=503)
    headers = file_headers(file_name(found.number, "pdf"), shown=True)
    return Response(content, media_type="application/pdf", headers=headers)


def _seller(site: Site) -> Company:
    utility = site.profile.utility
    return Company(utility.name, utility.address, utility.nip)
