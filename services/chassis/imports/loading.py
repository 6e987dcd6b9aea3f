"""Loading a file: batch by batch, each a transaction of its own.

So an import that was cut off goes on where it stopped when it is run again: rows that are stored already change and
emit nothing.
"""

from collections.abc import AsyncIterator, Callable, Hashable, Iterator
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from dataclasses import dataclass, field
from itertools import chain, islice

from sqlalchemy import text

from services.chassis.imports.importing import Numbered, Options, Outcome, RowProblem
from services.chassis.imports.row_files import RowFile
from services.chassis.process import Process
from services.chassis.storage.unit_of_work import UnitOfWork

LOCK_SECONDS = 30
TRIAL_LOCK_SECONDS = 5
"""How long an import, or a dry run, waits for a row that somebody else writes, before it gives up."""

Advanced = Callable[[float], None]
"""Told which share of the file, 0 to 1, is loaded."""


@dataclass
class Report:
    """How far an import has come. `settled_line` is the last line up to which every good row is stored."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    derived: int = 0
    left_out: int = 0
    settled_line: int = 0
    problems: list[RowProblem] = field(default_factory=list)

    @property
    def good(self) -> int:
        """Rows that are in the database now, or were before."""
        return self.added + self.changed + self.unchanged

    @property
    def bad(self) -> int:
        """Lines with at least one problem."""
        return len({problem.line for problem in self.problems})

    def count(self, outcome: Outcome) -> None:
        """Add what storing a batch did."""
        self.added += outcome.added
        self.changed += outcome.changed
        self.unchanged += outcome.unchanged
        self.derived += outcome.derived
        self.problems.extend(outcome.problems)


async def load(
    process: Process,
    file: RowFile,
    options: Options,
    report: Report,
    *,
    dry_run: bool = False,
    advanced: Advanced = lambda _share: None,
) -> None:
    """Store the rows of `file` and keep `report` true all the while; a dry run does the same and rolls it all back.

    A dry run is one transaction, so until its end it holds the rows that it wrote against everybody else. It waits at
    most `TRIAL_LOCK_SECONDS` for a row itself, lest it queue on top of that, and an import `LOCK_SECONDS` (the database
    then raises 55P03).
    Whatever the database raises goes through, as does `FileRefused` where the file stops being readable; `report` then
    tells what is stored.
    """
    batches = _batches(file, _good(file, options, report))
    first = list(islice(batches, 1))  # read before the transaction: it may be the whole file
    async with _transactions(process, dry_run=dry_run) as transaction:
        for batch in chain(first, batches):
            async with transaction() as work:
                await work.connection.execute(
                    text(f"SET LOCAL lock_timeout = '{TRIAL_LOCK_SECONDS if dry_run else LOCK_SECONDS}s'")
                )
                await _alone(work, file.importer.kind)
                outcome = await file.importer.store(work, batch.rows)
            report.count(outcome)
            report.settled_line = batch.settled_line
            advanced(batch.share)


async def _alone(work: UnitOfWork, kind: str) -> None:
    """Let nobody else store rows of this kind until the transaction ends.

    What is not there yet cannot be locked: two imports of the same new rows would both tell them as version 1.
    """
    await work.connection.execute(
        text("SELECT pg_advisory_xact_lock(hashtextextended(:kind, 0))"), {"kind": f"import of {kind}"}
    )


@dataclass(frozen=True)
class _Batch:
    """Rows for one transaction; once it is stored, all is settled up to `settled_line`, and `share` of the file."""

    rows: list[Numbered]
    settled_line: int
    share: float


class _RollBack(Exception):
    """Ends a dry run."""


@asynccontextmanager
async def _transactions(
    process: Process, *, dry_run: bool
) -> AsyncIterator[Callable[[], AbstractAsyncContextManager[UnitOfWork]]]:
    """A transaction for each batch, or for a dry run one for all: a later batch must see the earlier ones."""
    if not dry_run:
        yield process.work
        return
    try:
        async with process.work() as work:

            @asynccontextmanager
            async def same() -> AsyncIterator[UnitOfWork]:
                yield work
                work.emitted.clear()  # nothing of it will be told, so nothing of it need be kept

            yield same
            raise _RollBack
    except _RollBack:
        pass


def _good(file: RowFile, options: Options, report: Report) -> Iterator[Numbered]:
    """The rows to store, with the options applied; the others are noted in `report`."""
    importer = file.importer
    seen: dict[Hashable, int] = {}
    for row in file.rows:
        if isinstance(row, list):
            report.problems.extend(row)
            continue
        adapted = importer.adapt(row.row, options) if importer.adapt else row.row
        if adapted is None:
            report.left_out += 1
            continue
        if importer.key:
            key = tuple(getattr(adapted, name) for name in importer.key)
            first = seen.setdefault(key, row.line)
            if first != row.line:
                column = importer.row.model_fields[importer.key[-1]].alias or importer.key[-1]
                report.problems.append(RowProblem(row.line, column, f"repeats line {first} of this file"))
                continue
        yield Numbered(row.line, adapted)


def _batches(file: RowFile, rows: Iterator[Numbered]) -> Iterator[_Batch]:
    importer = file.importer
    order = importer.order
    if order is not None:
        ordered = sorted(rows, key=lambda numbered: order(numbered.row))
        yield from _ordered_batches(ordered, importer.batch)
        return
    while batch := list(islice(rows, importer.batch)):
        yield _Batch(batch, batch[-1].line, file.position() / file.size)


def _ordered_batches(rows: list[Numbered], size: int) -> Iterator[_Batch]:
    least_to_come = [0] * len(rows)
    least = max((numbered.line for numbered in rows), default=0) + 1
    for place in range(len(rows) - 1, -1, -1):
        least_to_come[place] = least
        least = min(least, rows[place].line)
    for start in range(0, len(rows), size):
        batch = rows[start : start + size]
        done = start + len(batch)
        yield _Batch(batch, least_to_come[done - 1] - 1, done / len(rows))
