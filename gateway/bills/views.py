"""What the pages of bills show."""

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from gateway.bills.queries import Bill, BillDetail, NextDue
from gateway.web.view import Message, View


@dataclass(frozen=True)
class BillList(View):
    """One page of the customer's bills under the balance (W08, W11).

    `overdue` is the part of the balance past its due date in PLN; `account_number` is where to pay, 26 digits.
    """

    template = "bills/list.html"

    bills: Sequence[Bill]
    page: int
    pages: int
    overdue: Decimal | None
    next_due: NextDue | None
    account_number: str | None
    message: Message | None


@dataclass(frozen=True)
class OneBill(View):
    """A bill with its items (W12)."""

    template = "bills/detail.html"

    bill: BillDetail
