"""Billing in tests: files that the office loads, and whether its books are right."""

from collections.abc import Mapping

from services.billing.importing import IMPORTERS
from services.chassis.imports.importing import Numbered, Outcome
from services.chassis.imports.row_models import read_row
from tests.support.service import ServiceUnderTest


async def load(billing: ServiceUnderTest, kind: str, *rows: Mapping[str, object]) -> Outcome:
    """Store `rows`, given by column name, as one batch of a file of `kind`; an empty cell is none."""
    importer = IMPORTERS[kind]
    filled = [{name: value for name, value in row.items() if value != ""} for row in rows]
    read = [Numbered(line, read_row(importer.row, row)) for line, row in enumerate(filled, start=2)]
    assert not any(isinstance(numbered.row, list) for numbered in read), read
    async with billing.work() as work:
        return await importer.store(work, read)


async def accounts_are_sums(billing: ServiceUnderTest) -> None:
    """Balances are the sums of their ledgers, invoices are paid by what is allocated to them, and both agree."""
    wrong = await billing.rows(
        "SELECT party_id FROM account a LEFT JOIN ledger_entry e USING (party_id) GROUP BY party_id, a.balance, "
        "a.version HAVING a.balance <> coalesce(sum(e.amount), 0) OR a.version <> count(e.entry_id) "
        "OR a.version <> coalesce(max(e.version), 0)"
    )
    assert not wrong
    assert not await billing.rows(
        "SELECT number FROM invoice i LEFT JOIN allocation a USING (invoice_id) GROUP BY i.invoice_id "
        "HAVING i.paid <> coalesce(sum(a.amount), 0)"
    )
    [(difference,)] = await billing.rows(
        "SELECT (SELECT coalesce(sum(balance), 0) FROM account) "
        "- (SELECT coalesce(sum(gross - paid), 0) FROM invoice) "
        "+ (SELECT coalesce(sum(unallocated), 0) FROM credit)"
    )
    assert difference == 0
