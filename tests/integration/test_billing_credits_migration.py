"""Migration 0002 of billing: payments become credits, and nobody owes or has paid anything else than before."""

import shutil
from collections.abc import Sequence
from pathlib import Path
from string import Template

import asyncpg
import pytest

import services.billing
from services.chassis.ids import stable_id
from services.chassis.storage.database import migrate

ANNA = stable_id("party", "100001")
AGREEMENT = stable_id("agreement", "UW/1")
JULY, AUGUST = stable_id("invoice", "1"), stable_id("invoice", "2")
EARLY, LATE = stable_id("payment", "B/1"), stable_id("payment", "B/2")

OWED_AND_PAID = Template("""
INSERT INTO party (party_id, code, kind, name, street, postal_code, city, version)
    VALUES ('$anna', '100001', 'household', 'Anna Źdźbło', 'Płocka 30/32', '87-800', 'Włocławek', 1);
INSERT INTO agreement
    (agreement_id, number, party_id, medium, service_point, tariff, tariff_group, signed_on, billed_from, e_invoice,
     version)
    VALUES ('$agreement', 'UW/1', '$anna', 'water', 'PW-1', 't', 'all', '2019-03-01', '2026-06-30', true, 1);
INSERT INTO invoice
    (invoice_id, number, party_id, agreement_id, agreement_number, service_point, medium, reading_id, issued_on, due_on,
     period_from, period_to, description, items, net, vat, gross, e_invoice, buyer, registers, paid, interest,
     balance_as_of, balance_version)
    SELECT id, number, '$anna', '$agreement', 'UW/1', 'PW-1', 'water', gen_random_uuid(), first + 31, first + 45,
        first, first + 30, 'Woda', '[]', 92.59, 7.41, 100, true, '{}', '{}', paid, 0.10, '2026-11-22', 2
    FROM (VALUES ('$july'::uuid, 'FV/1', date '2026-07-01', 100), ('$august', 'FV/2', date '2026-08-01', 35))
        AS of(id, number, first, paid);
INSERT INTO payment (payment_id, reference, party_id, booked_on, amount, title, unallocated) VALUES
    ('$early', 'B/1', '$anna', '2026-08-10', 120, 'za lipiec', 0),
    ('$late', 'B/2', '$anna', '2026-09-20', 50, '', 35);
INSERT INTO allocation (invoice_id, payment_id, amount, paid_on) VALUES
    ('$july', '$early', 100, '2026-08-10'), ('$august', '$early', 20, '2026-08-10'),
    ('$august', '$late', 15, '2026-09-20');
INSERT INTO ledger_entry
    (entry_id, party_id, version, kind, amount, balance, posted_on, description, invoice_id, payment_id, posted_at)
    VALUES
    (gen_random_uuid(), '$anna', 1, 'charge', 100, 100, '2026-08-01', 'FV/1', '$july', NULL, now()),
    (gen_random_uuid(), '$anna', 2, 'payment', -120, -20, '2026-08-10', 'za lipiec', NULL, '$early', now()),
    (gen_random_uuid(), '$anna', 3, 'charge', 100, 80, '2026-09-01', 'FV/2', '$august', NULL, now()),
    (gen_random_uuid(), '$anna', 4, 'payment', -50, 30, '2026-09-20', '', NULL, '$late', now());
INSERT INTO account (party_id, balance, version) VALUES ('$anna', 30, 4);
""").substitute(anna=ANNA, agreement=AGREEMENT, july=JULY, august=AUGUST, early=EARLY, late=LATE)


@pytest.fixture
def first_release(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """A package whose only migration is billing's first."""
    first = Path(services.billing.__path__[0]) / "migrations" / "versions" / "0001_billing.py"
    versions = tmp_path / "billing_at_0001" / "migrations" / "versions"
    versions.mkdir(parents=True)
    (tmp_path / "billing_at_0001" / "__init__.py").touch()
    shutil.copy(first, versions)
    monkeypatch.syspath_prepend(tmp_path)
    return "billing_at_0001"


BEFORE = (
    "SELECT * FROM invoice ORDER BY number",
    "SELECT * FROM account",
    (
        "SELECT payment_id, 'payment', reference, party_id, NULL::uuid, booked_on, booked_on, amount, title, "
        "unallocated FROM payment ORDER BY reference"
    ),
    "SELECT allocation_id, invoice_id, payment_id, amount, paid_on FROM allocation ORDER BY allocation_id",
    (
        "SELECT entry_id, version, kind, amount, balance, posted_on, invoice_id, payment_id FROM ledger_entry "
        "ORDER BY version"
    ),
)
AFTER = (
    "SELECT * FROM invoice ORDER BY number",
    "SELECT * FROM account",
    (
        "SELECT credit_id, kind, reference, party_id, invoice_id, booked_on, effective_on, amount, title, "
        "unallocated FROM credit ORDER BY reference"
    ),
    "SELECT allocation_id, invoice_id, credit_id, amount, effective_on FROM allocation ORDER BY allocation_id",
    (
        "SELECT entry_id, version, kind, amount, balance, posted_on, invoice_id, credit_id FROM ledger_entry "
        "ORDER BY version"
    ),
)


async def test_allocations_and_balances_are_the_same_before_and_after(first_release: str, database_url: str) -> None:
    await migrate(database_url, first_release)
    await run(database_url, OWED_AND_PAID)
    before = await rows(database_url, BEFORE)
    await migrate(database_url, "services.billing")
    assert await rows(database_url, AFTER) == before
    assert [len(of_table) for of_table in before] == [2, 1, 2, 3, 4]


async def test_the_ledger_stays_append_only(first_release: str, database_url: str) -> None:
    await migrate(database_url, first_release)
    await run(database_url, OWED_AND_PAID)
    await migrate(database_url, "services.billing")
    with pytest.raises(asyncpg.RaiseError, match="are never changed or removed"):
        await run(database_url, "UPDATE ledger_entry SET credit_id = NULL")


async def run(database_url: str, statements: str) -> None:
    connection = await asyncpg.connect(database_url)
    try:
        await connection.execute(statements)
    finally:
        await connection.close()


async def rows(database_url: str, queries: Sequence[str]) -> list[list[tuple[object, ...]]]:
    """What the queries find, without the names of the columns."""
    connection = await asyncpg.connect(database_url)
    try:
        return [[tuple(row) for row in await connection.fetch(query)] for query in queries]
    finally:
        await connection.close()
