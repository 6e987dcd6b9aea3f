"""What the gateway's migrations move from table to table is all there afterwards."""

from services.chassis.storage.database import migrate
from tests.support.dumps import DUMPS, restore, rows

MOVED = {
    ("invoice_balance", "invoice"): {"version": "balance_version"},
    ("invoice_document", "invoice"): {"key": "document_key", "size": "document_size", "version": "document_version"},
    ("application_decision", "application"): {"version": "decision_version"},
}
"""From which table into which, and what the columns are called there."""


async def test_the_rows_of_the_tables_that_went_are_part_of_those_that_took_them_over(database_url: str) -> None:
    await restore(DUMPS / "gateway-0001.sql", database_url)
    before = await rows(database_url)
    await migrate(database_url, "gateway")
    after = await rows(database_url)
    for (old, new), names in MOVED.items():
        assert old not in after
        assert before[old]
        for row in before[old]:
            moved = {names.get(column, column): value for column, value in row.items()}
            assert any(moved.items() <= kept.items() for kept in after[new]), (old, row)
