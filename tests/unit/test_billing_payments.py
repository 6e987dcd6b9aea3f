"""Payments and debts: which payment pays which invoice, what is left, and what interest it bears."""

from dataclasses import replace
from datetime import date, timedelta
from decimal import Decimal
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from services.billing.invoicing.issuing import due_day, issue_day
from services.billing.receivables import payments
from services.billing.receivables.credits import Allocation, Credit, allocate
from services.billing.receivables.interest import PaidPart
from services.billing.receivables.receivables import Receivable
from services.chassis.ids import stable_id

D = Decimal
PARTY = stable_id("party", "100001")
DUE = date(2026, 6, 1)


def debt(number: int, gross: str | Decimal, *, paid: str = "0.00", due: date = DUE) -> Receivable:
    return Receivable(UUID(int=number), PARTY, f"FV/{number:03}", due, D(gross), D(paid), D("0.00"), DUE, 1)


def payment(reference: str, amount: str | Decimal, booked_on: date = DUE) -> Credit:
    return payments.payment(reference, PARTY, booked_on, D(amount), "")


def spent(allocations: list[Allocation]) -> list[tuple[int, Decimal]]:
    return [(each.invoice_id.int, each.amount) for each in allocations]


def test_the_debt_that_was_due_first_is_paid_first() -> None:
    debts = [debt(1, "100.00", due=date(2026, 8, 1)), debt(2, "50.00", due=date(2026, 7, 1))]
    assert spent(allocate([payment("A", "120.00")], debts)) == [(2, D("50.00")), (1, D("70.00"))]


def test_debts_of_one_day_are_paid_by_number() -> None:
    assert spent(allocate([payment("A", "10.00")], [debt(2, "10.00"), debt(1, "10.00")])) == [(1, D("10.00"))]


def test_several_payments_pay_one_debt_each_from_its_own_day() -> None:
    made = allocate(
        [payment("B", "70.00", date(2026, 6, 9)), payment("A", "40.00", date(2026, 6, 3))], [debt(1, "100.00")]
    )
    assert [(each.amount, each.effective_on) for each in made] == [
        (D("40.00"), date(2026, 6, 3)),
        (D("60.00"), date(2026, 6, 9)),
    ]


def test_what_is_paid_already_is_not_paid_again() -> None:
    assert spent(allocate([payment("A", "100.00")], [debt(1, "100.00", paid="30.00")])) == [(1, D("70.00"))]


def test_a_credit_that_is_meant_for_an_invoice_reduces_that_one_before_older_debts_and_older_credits() -> None:
    debts = [debt(1, "100.00"), debt(2, "50.00", due=DUE + timedelta(days=1))]
    meant = replace(payment("B", "60.00", DUE + timedelta(days=9)), invoice_id=debts[1].invoice_id)
    assert spent(allocate([payment("A", "80.00"), meant], debts)) == [(2, D("50.00")), (1, D("10.00")), (1, D("80.00"))]


def test_without_debts_everything_stays_unallocated() -> None:
    assert allocate([payment("A", "100.00")], []) == []
    assert allocate([], [debt(1, "100.00")]) == []


sums = st.decimals(min_value=D("0.01"), max_value=10_000, places=2)


@given(amounts=st.lists(sums, max_size=8), owed=st.lists(sums, max_size=8))
def test_no_grosz_is_lost_and_no_debt_is_skipped(amounts: list[Decimal], owed: list[Decimal]) -> None:
    paid_in = [payment(f"{place:02}", amount) for place, amount in enumerate(amounts)]
    debts = [debt(place, gross, due=DUE + timedelta(days=place)) for place, gross in enumerate(owed)]
    made = allocate(paid_in, debts)
    assert sum((each.amount for each in made), D(0)) == min(sum(amounts, D(0)), sum(owed, D(0)))
    assert all(each.amount > 0 for each in made)
    paid = [sum((each.amount for each in made if each.invoice_id.int == place), D(0)) for place in range(len(owed))]
    assert all(amount <= gross for amount, gross in zip(paid, owed, strict=True))
    still_open = [place for place, gross in enumerate(owed) if paid[place] < gross]
    assert not any(paid[place] for place in still_open[1:])  # only the first open debt may be paid in part


def test_a_debt_is_reckoned_from_what_is_paid_and_today() -> None:
    after = debt(1, "1000.00").reckoned([PaidPart(D("400.00"), date(2026, 6, 11))], date(2026, 6, 21), 365)
    # 400 for 10 days and 600 for 20 days at 9.25 %: 1.0137 + 3.0411.
    assert (after.paid, after.left, after.interest, after.as_of) == (
        D("400.00"),
        D("600.00"),
        D("4.05"),
        date(2026, 6, 21),
    )


def test_a_paid_debt_bears_no_more_interest() -> None:
    paid = [PaidPart(D("1000.00"), date(2026, 6, 11))]
    soon, later = (debt(1, "1000.00").reckoned(paid, day, 365) for day in (date(2026, 6, 12), date(2027, 6, 12)))
    assert soon.interest == later.interest == D("2.53")


@pytest.mark.parametrize(
    ("read_on", "issued_on"),
    [
        ("2026-11-22", "2026-11-22"),
        ("2026-10-08", "2026-11-22"),
        ("2026-10-07", "2026-10-08"),
        ("2024-11-30", "2024-12-01"),
    ],
)
def test_a_recent_reading_is_invoiced_today_and_history_on_its_own_day(read_on: str, issued_on: str) -> None:
    today = date(2026, 11, 22)
    assert issue_day(date.fromisoformat(read_on), today, submitted=False) == date.fromisoformat(issued_on)
    assert issue_day(date.fromisoformat(read_on), today, submitted=True) == today


def test_a_debt_is_paid_on_the_day_of_the_credit_that_left_nothing() -> None:
    first, last = PaidPart(D("400.00"), date(2026, 6, 11)), PaidPart(D("600.00"), date(2026, 6, 3))
    assert debt(1, "1000.00").reckoned([first], date(2026, 6, 21), 365).paid_on is None
    paid = debt(1, "1000.00").reckoned([first, last], date(2026, 6, 21), 365)
    assert (paid.paid_on, paid.changed().paid_on) == (date(2026, 6, 11), date(2026, 6, 11))


def test_payment_days_run_from_the_day_after_the_issue() -> None:
    assert due_day(date(2026, 11, 22), 14) == date(2026, 12, 6)
