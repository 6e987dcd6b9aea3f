"""Migration 0002 of billing: payments become credits, and nobody owes or has paid anything else than before."""

from collections.abc import Sequence

import asyncpg
import pytest

from services.chassis.storage.database import migrate
from tests.support.dumps import DUMPS, restore

FIRST_RELEASE = DUMPS / "billing-0001.sql"

BEFORE = {
    "payments": "SELECT payment_id, 'payment', reference, party_id, booked_on, booked_on, amount, title, unallocated "
    "FROM payment ORDER BY reference",
    "allocations": "SELECT allocation_id, invoice_id, payment_id, amount, paid_on FROM allocation ORDER BY 1",
    "entries": "SELECT entry_id, version, kind, amount, balance, posted_on, invoice_id, payment_id FROM ledger_entry "
    "ORDER BY 1",
    "balances": "SELECT party_id, balance, version FROM account ORDER BY 1",
    "debts": "SELECT invoice_id, gross, paid, interest, balance_as_of, balance_version FROM invoice ORDER BY 1",
}
AFTER = {
    "payments": "SELECT credit_id, kind, reference, party_id, booked_on, effective_on, amount, title, unallocated "
    "FROM credit WHERE invoice_id IS NULL ORDER BY reference",
    "allocations": "SELECT allocation_id, invoice_id, credit_id, amount, effective_on FROM allocation ORDER BY 1",
    "entries": "SELECT entry_id, version, kind, amount, balance, posted_on, invoice_id, credit_id FROM ledger_entry "
    "ORDER BY 1",
    "balances": BEFORE["balances"],
    "debts": BEFORE["debts"],
}


@pytest.mark.parametrize("what", BEFORE)
async def test_nothing_is_paid_or_owed_otherwise_than_before(what: str, database_url: str) -> None:
    await restore(FIRST_RELEASE, database_url)
    before = await found(database_url, BEFORE[what])
    await migrate(database_url, "services.billing")
    assert before
    assert await found(database_url, AFTER[what]) == before


async def test_the_ledger_stays_append_only(database_url: str) -> None:
    await restore(FIRST_RELEASE, database_url)
    await migrate(database_url, "services.billing")
    with pytest.raises(asyncpg.RaiseError, match="are never changed or removed"):
        await found(database_url, "UPDATE ledger_entry SET credit_id = NULL")


async def found(database_url: str, query: str) -> Sequence[tuple[object, ...]]:
    """The rows without the names of their columns."""
    connection = await asyncpg.connect(database_url)
    try:
        return [tuple(row) for row in await connection.fetch(query)]
    finally:
        await connection.close()
