"""How commands speak: whole words and numbers on a terminal of any width, plain lines for a file or another program.

Nothing is ever cut. A terminal gets lines that are broken between words; a pipe gets each line whole, without blanks at
its end, and tables as columns between tabs.
"""

import json
import sys
import textwrap
from collections.abc import Sequence

from rich.cells import cell_len
from rich.console import Console
from rich.text import Text

from deploy.local.errors import LocalStackError
from services.chassis.texts import visible

console = Console(highlight=False)
"""Where commands print."""

_GAP = "  "

Cell = str | Text
"""What a table shows; a `Text` has a colour."""


def put(line: Text) -> None:
    """Print a line as it is, however long; a terminal shows a long one on several of its own."""
    line.rstrip()
    if console.is_terminal:
        console.print(line, soft_wrap=True)
    else:
        console.file.write(f"{line.plain}\n")  # rich would make blanks of tabs


def say(text: str, *, style: str = "", indent: str = "") -> None:
    """Print a sentence, or lines of them; on a terminal `indent` stands before what goes on in a further line."""
    for line in visible(text).split("\n"):
        put(Text(_broken(line, indent) if console.is_terminal else line, style))


def say_error(text: str) -> None:
    """Print what is wrong, for a person, where the output of a command does not go."""
    print(visible(text), file=sys.stderr)


def say_json(value: object) -> None:
    """Print `value` for a program."""
    put(Text(visible(json.dumps(value, indent=2, ensure_ascii=False))))


def table(headings: Sequence[str], rows: Sequence[Sequence[Cell]], *, figures: Sequence[str] = ()) -> None:
    """Print rows under their headings; the columns named in `figures` stand flush right.

    Where the terminal is too narrow, each row becomes a paragraph: its first cell, and below it the others, each behind
    its heading. A pipe gets the headings and rows between tabs.
    """
    cells = [[_cell(cell) for cell in row] for row in rows]
    if not console.is_terminal:
        for plain in (headings, *([cell.plain for cell in row] for row in cells)):
            put(Text("\t".join(" ".join(text.split()) for text in plain)))
        return
    widths = [max(map(cell_len, column)) for column in zip(headings, *_plain(cells), strict=True)]
    if sum(widths) + len(_GAP) * (len(widths) - 1) <= console.width:
        for line in ([Text(heading, "bold") for heading in headings], *cells):
            put(_aligned(line, widths, [heading in figures for heading in headings]))
        return
    for row in cells:
        _paragraph(headings, row)


def confirmed(question: str, *, yes: bool) -> bool:
    """Whether the person agrees, or has agreed on the command line (`yes`).

    Raises LocalStackError where nobody can be asked.
    """
    if yes:
        return True
    if not sys.stdin.isatty():
        raise LocalStackError("Nobody is there to be asked; say --yes to do it all the same.")
    console.print(f"{question} [y/N] ", end="", markup=False)
    return typed_line().strip().casefold() in {"y", "yes"}


def typed_line() -> str:
    """The next line of standard input, without its end. Raises LocalStackError when it is not written in UTF-8."""
    try:
        line = sys.stdin.readline()
        line.encode()  # where the locale is C, odd bytes come as half characters instead of an error
    except UnicodeError as error:
        raise LocalStackError("What came by standard input is not written in UTF-8.") from error
    return line.rstrip("\r\n")


def _cell(cell: Cell) -> Text:
    return Text(visible(cell)) if isinstance(cell, str) else Text(visible(cell.plain), cell.style)


def _plain(rows: Sequence[Sequence[Text]]) -> list[list[str]]:
    return [[cell.plain for cell in row] for row in rows]


def _aligned(cells: Sequence[Text], widths: Sequence[int], right: Sequence[bool]) -> Text:
    line = Text()
    for cell, width, flush_right in zip(cells, widths, right, strict=True):
        blanks = " " * (width - cell_len(cell.plain))
        line.append(blanks if flush_right else "").append_text(cell).append(("" if flush_right else blanks) + _GAP)
    line.rstrip()
    return line


def _paragraph(headings: Sequence[str], row: Sequence[Text]) -> None:
    """The row's first cell, and its others in as few lines as hold them; one that fits on none goes on below itself."""
    put(row[0])
    line = Text()
    for heading, cell in zip(headings[1:], row[1:], strict=True):
        if not cell.plain:
            continue
        pair = Text(f"{_GAP}{heading} ").append_text(cell)
        if line and cell_len(line.plain + pair.plain) > console.width:
            put(line)
            line = Text()
        line.append_text(pair)
    if line:
        put(line)


def _broken(line: str, indent: str) -> str:
    """The line broken between words, and nowhere else, where it is longer than the terminal is wide."""
    begin = line[: len(line) - len(line.lstrip())]
    return textwrap.fill(
        line,
        console.width,
        subsequent_indent=begin + indent,
        break_long_words=False,
        break_on_hyphens=False,
        replace_whitespace=False,
    )
