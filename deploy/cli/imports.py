"""`ebok import`: load a utility's data from files. What it prints is Polish: clerks run it too."""

import asyncio
import importlib
import importlib.util
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import cyclopts
from rich.console import Console
from rich.progress import BarColumn, Progress, TaskProgressColumn, TextColumn, TimeElapsedColumn
from sqlalchemy.exc import DataError, DBAPIError, IntegrityError, ProgrammingError

from deploy.catalog import SERVICES, ServiceEntry
from deploy.cli.operating import settings_of
from deploy.profiles import load_profile
from services.chassis.imports.importing import Importer, Options, RowProblem
from services.chassis.imports.loading import Advanced, Report, load
from services.chassis.imports.row_files import FileRefused, opened
from services.chassis.process import Process
from services.chassis.settings import Settings
from services.chassis.storage.database import is_away, pending_migration
from services.chassis.texts import visible

app = cyclopts.App(name="import")

ALL_IN, SOME_REFUSED, NOT_STARTED, CUT_OFF = range(4)
"""Exit codes: every row is in; some rows were refused; the file or the command is wrong; a fault ended it half-way."""

_DISK_FULL = "53100"
_LOCKED = "55P03"


class Stopped(Exception):
    """The database failed half-way; `report` tells what is stored, the text (Polish) what to do."""

    def __init__(self, text: str, report: Report) -> None:
        super().__init__(text)
        self.report = report


@app.default
def import_(
    kind: str, file: Path, *, dry_run: bool = False, meter: str = "", shift_years: int = 0, force: bool = False
) -> int:
    """Load a file of parties, agreements, meters, readings, tariffs or payments; good rows go in, bad rows are told.

    Loading the same file again changes nothing, so after a fault the same command goes on where it stopped. The exit
    code is 0 when every row is in, 1 when some rows were refused, 2 when the file or the command is wrong, 3 when a
    fault ended it half-way.

    Parameters
    ----------
    kind
        What the rows are.
    file
        A CSV (UTF-8; `;` or `,`) or JSON file.
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
    console = Console(highlight=False, markup=False)
    try:
        service, importer = find_importer(kind)
        with _progress(console, file) as advanced:
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
        console.print(visible(str(error)), soft_wrap=True)
        return NOT_STARTED
    except Stopped as stop:
        _tell_problems(console, stop.report)
        console.print(visible(str(stop)), soft_wrap=True)
        return CUT_OFF
    _tell_problems(console, report)
    _tell_counts(console, report, dry_run=dry_run)
    return SOME_REFUSED if report.bad else ALL_IN


def find_importer(kind: str) -> tuple[ServiceEntry, Importer]:
    """The service that owns files of `kind`, and how it loads them. Raises `FileRefused` with the kinds there are."""
    known: dict[str, tuple[ServiceEntry, Importer]] = {}
    for service in SERVICES:
        module = f"{service.package}.importing"
        if importlib.util.find_spec(module) is not None:
            importers: dict[str, Importer] = importlib.import_module(module).IMPORTERS
            known.update({name: (service, importer) for name, importer in importers.items()})
    if kind not in known:
        raise FileRefused(f"Nie ma plików rodzaju „{kind}”. Możliwe rodzaje: {', '.join(sorted(known))}.")
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
        raise FileRefused(f"Opcje --meter, --shift-years i --force nie działają dla plików „{importer.kind}”.")
    report = Report()

    async def run() -> None:
        built = service.build(settings, load_profile(settings.profile))
        async with Process(built) as process:
            with opened(file, importer) as rows:
                missing = await pending_migration(process.engine, built.migrations)
                if missing is not None:
                    raise FileRefused(f"Baza nie jest gotowa: uruchom najpierw `ebok migrate {service.name}`.")
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
        raise Stopped(f"Przerwano wczytywanie. {_where(report, dry_run=dry_run)}", report) from error
    return report


def _fault(error: Exception) -> str:
    state = getattr(error.orig, "sqlstate", None) if isinstance(error, DBAPIError) else None
    if state == _DISK_FULL:
        return "Na dysku bazy danych nie ma już miejsca. Zwolnij miejsce."
    if state == _LOCKED:
        return "Ktoś inny właśnie zmienia te same dane. Spróbuj ponownie za chwilę."
    if is_away(error):
        return "Baza danych nie odpowiada. Sprawdź, czy działa (`ebok status`)."
    return f"Baza danych zgłosiła błąd: {error.orig if isinstance(error, DBAPIError) else error}."


def _where(report: Report, *, dry_run: bool) -> str:
    if dry_run:
        return "To była próba: nic nie zapisano."
    if report.settled_line == 0:
        return f"Zapisane dobre wiersze: {report.good}. To samo polecenie wczyta resztę."
    return (
        f"Dobre wiersze są zapisane do wiersza {report.settled_line} włącznie. "
        "To samo polecenie wczyta resztę i niczego nie powtórzy."
    )


def _tell_problems(console: Console, report: Report) -> None:
    """One line for each bad row, or for rows that follow each other and have the same fault."""
    ordered = sorted(report.problems, key=lambda problem: (problem.field, problem.reason, problem.line))
    ranges: list[tuple[int, int, RowProblem]] = []
    for problem in ordered:
        if ranges:
            first, last, known = ranges[-1]
            if problem.line == last + 1 and (problem.field, problem.reason) == (known.field, known.reason):
                ranges[-1] = (first, problem.line, known)
                continue
        ranges.append((problem.line, problem.line, problem))
    for first, last, problem in sorted(ranges, key=lambda each: each[:2]):
        lines = f"wiersz {first}" if first == last else f"wiersze {first}–{last}"
        field = f", {problem.field}" if problem.field else ""
        console.print(visible(f"{lines}{field}: {problem.reason}"), soft_wrap=True)


def _tell_counts(console: Console, report: Report, *, dry_run: bool) -> None:
    counts = f"nowe: {report.added}, zmienione: {report.changed}, bez zmian: {report.unchanged}"
    console.print(f"Dobre wiersze: {report.good} ({counts}). Odrzucone: {report.bad}.", soft_wrap=True)
    if report.derived:
        console.print(f"Odczyty na koniec miesiąca, które z nich powstały: {report.derived}.")
    if report.left_out:
        console.print(f"Pominięte, bo w nowym roku nie ma takiego dnia: {report.left_out}.")
    if dry_run:
        console.print("To była próba: nic nie zapisano.")


@contextmanager
def _progress(console: Console, file: Path) -> Iterator[Advanced]:
    columns = (TextColumn("{task.description}"), BarColumn(), TaskProgressColumn(), TimeElapsedColumn())
    with Progress(*columns, console=console, disable=not console.is_terminal) as progress:
        task = progress.add_task(file.name, total=1.0)
        yield lambda share: progress.update(task, completed=share)
