"""`ebok import`: load a utility's data from files."""

import asyncio
import importlib
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated

import cyclopts
from cyclopts import Parameter
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError

from deploy.catalog import SERVICES, ServiceEntry
from deploy.cli.operating import DATABASE_AWAY, settings_of
from deploy.cli.terminal import console, say
from deploy.profiles import load_profile
from gateway.web.refusals import text_of
from services.chassis.imports.importing import Importer, Options, Reason
from services.chassis.imports.loading import Advanced, Report, load
from services.chassis.imports.row_files import FileRefused, opened
from services.chassis.process import Process
from services.chassis.settings import Settings
from services.chassis.storage.database import is_away, pending_migration
from services.chassis.unbroken import plain

app = cyclopts.App(name="import")

ALL_IN, SOME_REFUSED, NOT_STARTED, CUT_OFF = range(4)
"""Exit codes: every row is in; some rows were refused; the file or the command is wrong; a fault ended it half-way."""

_DISK_FULL = "53100"
_LOCKED = "55P03"
_TRIAL = "This was a trial: nothing is stored."


class Stopped(Exception):
    """The database failed half-way; `report` tells what is stored, the text what to do."""

    def __init__(self, text: str, report: Report) -> None:
        super().__init__(text)
        self.report = report


@app.default
def import_(
    kind: str,
    file: Path,
    /,
    *,
    dry_run: bool = False,
    meter: Annotated[str, Parameter(metavar="NUMBER")] = "",
    shift_years: Annotated[int, Parameter(metavar="YEARS")] = 0,
    force: bool = False,
) -> int:
    """Load a utility's data from a file, kind by kind.

    Good rows go in, bad rows are told. The kinds, in the order in which one needs the other:

      tariffs: prices by tariff group and the day from which they hold
      parties: who pays, with tax numbers, addresses and e-mail
      agreements: what is supplied to whom, where and by which tariff
      meters: what is measured at each service point
      readings: registers by day, or hourly ones of remotely read heat meters
      payments: what was paid, and when

    Their columns are those of the example files `deploy/demo/*.csv` (tariffs: `tariffs.json`); a file that has others
    is refused with a list of them. How an office is filled is in README.md, "A utility".

    Loading the same file again changes nothing, so after a fault the same command goes on where it stopped. The exit
    code is 0 when every row is in, 1 when some rows were refused, 2 when the file or the command is wrong, 3 when a
    fault ended it half-way.

    Parameters
    ----------
    kind
        What the rows are: one of the kinds above.
    file
        A CSV (UTF-8, with `;` or `,` between the cells) or JSON file.
    dry_run
        Check everything and store nothing. Until its end it holds the rows that it would change, so what customers
        send about them waits: try large files when the office is quiet.
    meter
        For readings: take every row as one of the meter with this number.
    shift_years
        For readings: move every date by so many years.
    force
        For readings: take also what no such meter can have counted in that time. Who did it is in the log.

    """
    try:
        service, importer = find_importer(kind)
        with _progress(file) as advanced:
            report = load_file(
                service,
                importer,
                file,
                settings_of(service.name),
                options=Options(meter, shift_years, force),
                dry_run=dry_run,
                advanced=advanced,
            )
    except FileRefused as error:
        say(str(error))
        return NOT_STARTED
    except Stopped as stop:
        _tell_problems(service, stop.report)
        say(str(stop))
        return CUT_OFF
    _tell_problems(service, report)
    _tell_counts(report, dry_run=dry_run)
    return SOME_REFUSED if report.bad else ALL_IN


def importers() -> dict[str, tuple[ServiceEntry, Importer]]:
    """Every kind of file by its name: the service that owns it, and how that loads it."""
    known: dict[str, tuple[ServiceEntry, Importer]] = {}
    for service in SERVICES:
        module = f"{service.package}.importing"
        if importlib.util.find_spec(module) is not None:
            own: dict[str, Importer] = importlib.import_module(module).IMPORTERS
            known.update({name: (service, importer) for name, importer in own.items()})
    return known


def find_importer(kind: str) -> tuple[ServiceEntry, Importer]:
    """The service that owns files of `kind`, and how it loads them. Raises `FileRefused` with the kinds there are."""
    known = importers()
    if kind not in known:
        raise FileRefused(f"There is no kind of file called {kind}; there are: {', '.join(sorted(known))}.")
    return known[kind]


def load_file(
    service: ServiceEntry,
    importer: Importer,
    file: Path,
    settings: Settings,
    *,
    options: Options | None = None,
    dry_run: bool = False,
    advanced: Advanced = lambda _share: None,
) -> Report:
    """Load `file` into the service's database. Raises `FileRefused` when nothing was stored, else `Stopped`."""
    options = options or Options()
    if importer.adapt is None and options != Options():
        raise FileRefused(f"--meter, --shift-years and --force are for readings, not for {importer.kind}.")
    report = Report()

    async def run() -> None:
        built = service.build(settings, load_profile(settings.profile))
        async with Process(built) as process:
            with opened(file, importer) as rows:
                missing = await pending_migration(process.engine, built.migrations)
                if missing is not None:
                    raise FileRefused(f"The database is not ready: run `ebok migrate {service.name}` first.")
                await load(process, rows, options, report, dry_run=dry_run, advanced=advanced)

    try:
        asyncio.run(run())
    except FileRefused as error:
        if report.settled_line == 0:
            raise
        raise Stopped(f"{error} {_where(report, dry_run=dry_run)}", report) from error
    except (ProgrammingError, IntegrityError, DataError):
        raise  # a defect of ours; its trace says more than any advice
    except (DBAPIError, OSError, TimeoutError) as error:
        raise Stopped(f"{_fault(error)} {_where(report, dry_run=dry_run)}", report) from error
    except KeyboardInterrupt as error:
        raise Stopped(f"The import was interrupted. {_where(report, dry_run=dry_run)}", report) from error
    return report


def _fault(error: Exception) -> str:
    state = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
    if state == _DISK_FULL:
        return "The database's disk is full. Free some space."
    if state == _LOCKED:
        return "Somebody else is changing the same data. Try again in a moment."
    if is_away(error):
        return DATABASE_AWAY
    return f"The database reports: {error.orig if isinstance(error, DBAPIError) else error}."


def _where(report: Report, *, dry_run: bool) -> str:
    if dry_run:
        return _TRIAL
    if report.settled_line == 0:
        return f"Good rows stored: {report.good}. The same command loads the rest."
    return (
        f"The good rows are stored up to line {report.settled_line}. "
        "The same command loads the rest and repeats nothing."
    )


def _tell_problems(service: ServiceEntry, report: Report) -> None:
    """One line for each bad row, or for rows that follow each other and have the same fault."""
    found = [(problem.line, problem.field, _said(problem.reason, service)) for problem in report.problems]
    ranges: list[tuple[int, int, str, str]] = []
    for line, field, reason in sorted(found, key=lambda each: (each[1], each[2], each[0])):
        if ranges:
            first, last, *known = ranges[-1]
            if line == last + 1 and [field, reason] == known:
                ranges[-1] = (first, line, field, reason)
                continue
        ranges.append((line, line, field, reason))
    for first, last, field, reason in sorted(ranges, key=lambda each: each[:2]):
        lines = f"line {first}" if first == last else f"lines {first}–{last}"
        say(f"{lines}{f', {field}' if field else ''}: {reason}", indent="  ")


def _said(reason: Reason, service: ServiceEntry) -> str:
    return reason if isinstance(reason, str) else plain(text_of(reason, service.name, "en"))


def _tell_counts(report: Report, *, dry_run: bool) -> None:
    counts = f"new: {report.added}, changed: {report.changed}, unchanged: {report.unchanged}"
    say(f"Good rows: {report.good} ({counts}). Refused: {report.bad}.")
    if report.derived:
        say(f"Month-end readings that came of them: {report.derived}.")
    if report.left_out:
        say(f"Left out, since the new year has no such day: {report.left_out}.")
    if dry_run:
        say(_TRIAL)


@contextmanager
def _progress(file: Path) -> Iterator[Advanced]:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(file.name, total=1.0)
        yield lambda share: progress.update(task, completed=share)
