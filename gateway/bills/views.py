"""What the pages of bills show."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.bills.queries import Bill, BillDetail, Owed, Transfer
from gateway.web.view import View


@dataclass(frozen=True)
class BillList(View):
    """One page of the customer's bills under the balance (W08, W11).

    `transfer` is how to pay all that is owed; `on_paper`: that is how the customer's invoices come.
    """

    template = "bills/list.html"

    bills: Sequence[Bill]
    page: int
    pages: int
    owed: Owed
    transfer: Transfer | None
    on_paper: bool
    with_interest: bool
    with_documents: bool


@dataclass(frozen=True)
class OneBill(View):
    """A bill with its items (W12); `pay_code_href` is a picture for a bank's application, where one can read it."""

    template = "bills/detail.html"

    bill: BillDetail
    pay_code_href: str | None
