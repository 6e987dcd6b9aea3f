"""Payments come in whatever order the bank tells them; what is owed and its interest are the same in the end."""

from collections.abc import Sequence
from datetime import date
from decimal import Decimal
from itertools import pairwise, permutations
from typing import Any

import pytest

from contracts.billing import InvoiceBalanceChanged
from tests.support.billing import load
from tests.support.parties import Party, fresh_party
from tests.support.service import ServiceUnderTest, UnderTest
from tests.support.supply import WATER, WATER_TARIFF, agreement_row, reading_accepted

MONTH_ENDS = [date(2026, 6, 30), date(2026, 7, 31), date(2026, 8, 31), date(2026, 9, 30)]
PAYMENTS = [("60.00", "2026-09-20"), ("150.00", "2026-10-02"), ("75.50", "2026-11-01"), ("900.00", "2026-11-10")]


@pytest.fixture
async def billing(under_test: UnderTest) -> ServiceUnderTest:
    billing = await under_test("billing")
    await load(billing, "tariffs", WATER_TARIFF)
    return billing


async def in_debt(billing: ServiceUnderTest) -> Party:
    """A party with three unpaid bills."""
    party = fresh_party()
    await load(billing, "parties", party.row())
    await load(billing, "agreements", agreement_row(party, f"UW/{party.code}", f"PW-{party.code}", "2026-06-30"))
    for n, (before, day) in enumerate(pairwise(MONTH_ENDS)):
        point = f"PW-{party.code}"
        told = reading_accepted(f"W-{party.code}", day, 110 + 10 * n, (before, 100 + 10 * n), service_point=point)
        await billing.tell(told.model_copy(update=WATER | {"submitted": False}))
    return party


async def pay(billing: ServiceUnderTest, party: Party, payments: Sequence[tuple[str, str]], *, at_once: bool) -> None:
    rows = [
        {"reference": f"{party.code}/{day}", "party_code": party.code, "booked_on": day, "amount": amount, "title": "x"}
        for amount, day in payments
    ]
    for batch in [rows] if at_once else [[row] for row in rows]:
        await load(billing, "payments", *batch)


async def debts(billing: ServiceUnderTest, party: Party) -> list[tuple[Any, ...]]:
    return await billing.rows(
        "SELECT description, due_on, gross, paid, interest FROM invoice JOIN party USING (party_id)"
        " WHERE code = :code ORDER BY due_on",
        code=party.code,
    )


@pytest.mark.parametrize("count", [2, 3, 4])
async def test_debts_and_interest_do_not_depend_on_the_order_in_which_payments_are_told(
    billing: ServiceUnderTest, count: int
) -> None:
    in_order = await in_debt(billing)
    await pay(billing, in_order, PAYMENTS[:count], at_once=False)
    wanted = await debts(billing, in_order)
    assert any(interest for *_, interest in wanted)
    for order in permutations(PAYMENTS[:count]):
        party = await in_debt(billing)
        await pay(billing, party, order, at_once=False)
        assert await debts(billing, party) == wanted, order
    party = await in_debt(billing)
    await pay(billing, party, PAYMENTS[:count][::-1], at_once=True)
    assert await debts(billing, party) == wanted


async def test_the_day_on_which_a_bill_was_paid_does_not_depend_on_the_order_either(billing: ServiceUnderTest) -> None:
    party = await in_debt(billing)
    _, _, gross, *_ = (await debts(billing, party))[0]
    part, rest = Decimal("1.00"), gross - Decimal("1.00")
    await pay(billing, party, [(str(part), "2026-08-01"), (str(rest), "2026-08-04")], at_once=False)
    await pay(billing, party, [(str(rest), "2026-08-03")], at_once=False)  # takes the turn of the one before it
    days = [event.paid_on for event in await billing.published(InvoiceBalanceChanged) if event.left == 0]
    assert days == [date(2026, 8, 4), date(2026, 8, 3)]


async def test_what_is_told_last_of_each_bill_is_what_is_stored(billing: ServiceUnderTest) -> None:
    party = await in_debt(billing)
    await pay(billing, party, PAYMENTS[::-1], at_once=False)
    told = {event.invoice_id: event for event in await billing.published(InvoiceBalanceChanged)}
    stored = await billing.rows("SELECT invoice_id, paid, interest, balance_version FROM invoice")
    assert {(e.invoice_id, e.paid, e.interest, e.version) for e in told.values()} == set(map(tuple, stored))
    [(spent, over)] = await billing.rows(
        "SELECT (SELECT sum(amount) FROM allocation), (SELECT sum(unallocated) FROM credit)"
    )
    assert spent + over == sum(Decimal(amount) for amount, _ in PAYMENTS)
