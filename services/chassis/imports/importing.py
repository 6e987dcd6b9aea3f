"""What a service tells about the files that it loads: it offers `IMPORTERS` in `services/<name>/importing.py`.

Good rows go in, bad rows are told with line number, field and reason. See `loading` for how it is run.
"""

from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from contracts.message import Medium
from contracts.reply import FieldError
from services.chassis.imports.row_models import FileRow
from services.chassis.profile.utility import Utility
from services.chassis.storage.unit_of_work import UnitOfWork


@dataclass(frozen=True, slots=True)
class Numbered:
    """A row that fits its model, and the line of the file where it begins."""

    line: int
    row: Any


Reason = str | FieldError
"""Why not: English words for who imports, or a refusal by the rules that customers obey, to be said in English."""


@dataclass(frozen=True, slots=True)
class RowProblem:
    """Why a row did not go in. An empty `field` speaks of the whole row."""

    line: int
    field: str
    reason: Reason


def not_supplied(line: int, medium: Medium, utility: Utility) -> RowProblem | None:
    """Why a row of this medium does not go in when the utility's profile (`utility.media`) lacks it."""
    if medium in utility.metered:
        return None
    supplied = ", ".join(sorted(utility.metered))
    return RowProblem(line, "medium", f"{utility.short_name} does not supply {medium} (its profile has: {supplied})")


@dataclass(frozen=True)
class Outcome:
    """What storing a batch did, in rows; `derived` are things that followed from them, such as month-end readings."""

    added: int = 0
    changed: int = 0
    unchanged: int = 0
    derived: int = 0
    problems: tuple[RowProblem, ...] = ()


@dataclass(frozen=True)
class Options:
    """What the person at the keyboard says about the rows of a file beside the file itself."""

    meter: str = ""
    shift_years: int = 0
    force: bool = False


EARLIEST = date(2000, 1, 1)
"""Of nothing older does a system tell from which we are filled; an earlier day is a typing error."""

Store = Callable[[UnitOfWork, Sequence[Numbered]], Awaitable[Outcome]]


@dataclass(frozen=True)
class Importer:
    """How rows of one kind of file are read and stored.

    `row` is the model of one row; its field names (or aliases) are the file's columns, and an empty cell is None.
    `store` puts a batch into the transaction of its unit of work and emits events for what is new or changed.
    """

    kind: str
    row: type[FileRow]
    store: Store
    key: tuple[str, ...] = ()
    """Fields that tell one row from another; a second row of the file with the same key is refused."""
    order: Callable[[Any], Any] | None = None
    """Sort key where rows must be stored in an order of their own; the whole file is then read into memory (about 1 kB
    a row) before the first row is stored."""
    adapt: Callable[[Any, Options], Any] | None = None
    """Applies the options to a row; None leaves the row out. Without it the kind takes no options."""
    batch: int = 500
    """Rows in a transaction."""
    others: tuple["Importer", ...] = ()
    """Other forms of file of the same kind, told apart by their columns."""
