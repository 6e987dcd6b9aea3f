"""Rows out of CSV and JSON files, one after the other, each with the line where it begins.

CSV is UTF-8 with or without a byte order mark, with `;` or `,` between the cells, and with the column names in its
first line; a column without a name is passed over while it is empty; lines end as any system ends them. A quoted cell
may go on over a few lines. Whatever is wrong with a quote, only the line where it opens is refused: what stands behind
it are rows again. JSON is a list of objects, or an object whose one value is such a list.
"""

import codecs
import csv
import io
import json
import re
from collections import deque
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from decimal import Decimal
from itertools import islice
from pathlib import Path
from typing import IO, Any

from services.chassis.imports.importing import Importer, Numbered, RowProblem
from services.chassis.imports.row_models import columns, read_row, required_columns
from services.chassis.texts import made_whole

_CHUNK = 1 << 16
_MOST_LINES = 20
"""Lines that a quoted cell may go on for."""

_MOST_DIGITS = 100
"""Of a whole number in JSON; no column takes as many."""

_OPEN = "unexpected end of data"
_QUOTES = {
    _OPEN: "a quotation mark is not closed",
    "',' expected after '\"'": "text stands behind a quotation mark; one within a text is written twice",
    "';' expected after '\"'": "text stands behind a quotation mark; one within a text is written twice",
    "field larger than field limit (131072)": "one of the fields is much too long",
}
"""What the module csv says, in words for people."""

_SPACE = re.compile(r"\s*")
_NOT_UTF_8 = "has characters that are not UTF-8; save the file again as UTF-8"

Rows = Iterator[Numbered | list[RowProblem]]


class FileRefused(ValueError):
    """A file that cannot be read as a whole; the text says what is wrong and what to do."""


@dataclass(frozen=True)
class RowFile:
    """An open file: which of the importer's forms it has, its rows, and how many bytes of it are read."""

    importer: Importer
    rows: Rows
    size: int
    position: Callable[[], int]


@contextmanager
def opened(path: Path, importer: Importer) -> Iterator[RowFile]:
    """Open `path` for `importer` or one of its `others`, whichever has the file's columns. Raises `FileRefused`."""
    try:
        file = path.open("rb")
    except FileNotFoundError as error:
        raise FileRefused(f"There is no file {path}.") from error
    except OSError as error:
        raise FileRefused(f"The file {path} cannot be opened: {error.strerror}.") from error
    with file:
        if not file.seekable():
            raise FileRefused(f"{path} is no ordinary file. Save the data in a file and name that.")
        size = path.stat().st_size
        start = file.read(4)
        file.seek(0)
        if start[:2] in (b"\xff\xfe", b"\xfe\xff") or start[:2] == b"PK":
            raise FileRefused('This is no UTF-8 text file. Save the sheet as "CSV UTF-8".')
        read = _json_file if _begins_json(file) else _csv_file
        chosen, rows = read(file, importer)
        yield RowFile(chosen, rows, size, file.tell)


def _begins_json(file: IO[bytes]) -> bool:
    head = file.read(_CHUNK).removeprefix(b"\xef\xbb\xbf").lstrip()
    file.seek(0)
    return head[:1] in (b"{", b"[")


def _csv_file(file: IO[bytes], importer: Importer) -> tuple[Importer, Rows]:
    lines = _lines(file)
    _, header_line = next(lines, (1, ""))
    if not header_line.strip():
        raise FileRefused("The file is empty. Its first line must hold the names of the columns.")
    delimiter = ";" if header_line.count(";") > header_line.count(",") else ","
    try:
        header = [name.strip() for name in next(csv.reader([header_line], delimiter=delimiter))]
    except csv.Error as error:
        raise FileRefused(f"The names of the columns cannot be read: {_QUOTES.get(str(error), error)}.") from error
    chosen = _form_of(importer, [name for name in header if name])
    return chosen, _csv_rows(lines, header, delimiter, chosen)


def _lines(file: IO[bytes]) -> Iterator[tuple[int, str]]:
    # Bytes that are no UTF-8 travel as lone surrogates, so that the row which has them can be told.
    text = io.TextIOWrapper(file, "utf-8-sig", "surrogateescape", newline=None)
    try:
        yield from enumerate(text, start=1)
    finally:
        if not file.closed:  # rows may be left unread
            text.detach()  # else it would close the file, which is asked how far it was read


def _csv_rows(lines: Iterator[tuple[int, str]], header: list[str], delimiter: str, importer: Importer) -> Rows:
    ahead: deque[tuple[int, str]] = deque()
    while first := ahead.popleft() if ahead else next(lines, None):
        line, text = first
        if not text.strip():
            continue
        ahead.extend(islice(lines, max(0, _MOST_LINES - len(ahead))))
        cells, taken = _cells([text, *(following for _, following in ahead)], len(header), delimiter)
        if isinstance(cells, str):
            yield [RowProblem(line, "", cells)]
            continue
        for _ in range(taken - 1):
            ahead.popleft()
        if not any(cell.strip() for cell in cells):
            continue
        if len(cells) != len(header):
            counts = f"has {len(cells)} fields instead of {len(header)}"
            yield [RowProblem(line, "", f"{counts}; check the separators and the quotation marks")]
            continue
        named = list(zip(header, cells, strict=True))
        if nameless := [place for place, (name, cell) in enumerate(named, start=1) if not name and cell.strip()]:
            yield [RowProblem(line, "", f"column {place} has no name") for place in nameless]
            continue
        yield _row(line, {name: cell for name, cell in named if name}, importer)


def _cells(lines: list[str], count: int, delimiter: str) -> tuple[list[str] | str, int]:
    """The cells of the row that begins the `lines`, and how many of these it takes; or what is wrong with the first.

    A quote that stays open takes further lines only when these close it and give a row of as many cells as there are
    columns, and none of them has cells of its own: else it is a mistake, and what stands behind it are rows.
    """
    reason = ""
    for taken in range(1, len(lines) + 1):
        try:
            (cells,) = csv.reader(["".join(lines[:taken])], delimiter=delimiter, strict=True)
        except csv.Error as error:
            reason = reason or _QUOTES.get(str(error), f"the line cannot be read: {error}")
            if str(error) != _OPEN:
                break
        else:
            within = lines[1:taken]
            if not within or (len(cells) == count and not any(_has_cells(each, delimiter) for each in within)):
                return cells, taken
            break
    return reason, 1


def _has_cells(line: str, delimiter: str) -> bool:
    """Whether a line has cells before any quote, so that it may be a row and not the rest of a quoted cell."""
    return delimiter in line.partition('"')[0]


def _row(line: int, values: dict[str, Any], importer: Importer) -> Numbered | list[RowProblem]:
    tidy = {}
    for name, value in values.items():
        try:
            tidy[name] = _tidied(value)
        except ValueError as error:
            return [RowProblem(line, name, str(error))]
    row = read_row(importer.row, tidy)
    if isinstance(row, list):
        return [RowProblem(line, place, reason) for place, reason in row]
    return Numbered(line, row)


def _tidied(value: Any) -> Any:
    """A cell, and every text within one, made whole; an empty one is None."""
    match value:
        case str():
            if any("\udc80" <= character <= "\udcff" for character in value):
                raise ValueError(_NOT_UTF_8)
            return made_whole(value) or None
        case list():
            return [_tidied(each) for each in value]
        case dict():
            return {_tidied(name): _tidied(each) for name, each in value.items()}
        case _Twice(name):
            raise ValueError(f"the field {name} stands twice")
    return value


def _form_of(importer: Importer, header: list[str]) -> Importer:
    """The form whose required columns are all there and which knows every column of the file."""
    for name in header:
        if header.count(name) > 1:
            raise FileRefused(f"The column {name} stands twice in the file.")
    forms = (importer, *importer.others)
    for form in forms:
        if required_columns(form.row) <= set(header) <= set(columns(form.row)):
            return form
    closest = max(forms, key=lambda form: len(set(columns(form.row)) & set(header)))
    missing = sorted(required_columns(closest.row) - set(header))
    unknown = [name for name in header if name not in columns(closest.row)]
    told = [f"missing columns: {', '.join(missing)}"] if missing else []
    told += [f"unknown columns: {', '.join(unknown)}"] if unknown else []
    raise FileRefused(
        f"This is no file of {importer.kind}: {'; '.join(told)}. Such a file has: {', '.join(columns(closest.row))}."
    )


def _json_file(file: IO[bytes], importer: Importer) -> tuple[Importer, Rows]:
    objects = _JsonList(file).objects()
    first = next(objects, None)
    if first is None:
        return importer, iter(())
    forms = (importer, *importer.others)
    names = set(first[1]) if isinstance(first[1], dict) else set()
    chosen = next((form for form in forms if required_columns(form.row) <= names), importer)

    def rows() -> Rows:
        yield _object(*first, chosen)
        for line, value in objects:
            yield _object(line, value, chosen)

    return chosen, rows()


def _object(line: int, value: Any, importer: Importer) -> Numbered | list[RowProblem]:
    if isinstance(value, _Twice):
        return [RowProblem(line, value.name, "the field stands twice")]
    if not isinstance(value, dict):
        return [RowProblem(line, "", "is no JSON object with fields in braces { }")]
    unknown = [name for name in value if name not in columns(importer.row)]
    if unknown:
        return [RowProblem(line, name, "there is no such field") for name in unknown]
    return _row(line, value, importer)


def _as_a_person_writes(number: str) -> Decimal | str:
    """A number of JSON; one with an exponent stays text, and is then no number: a sheet has lost its digits already."""
    return number if "e" in number.lower() else Decimal(number)


def _whole_number(number: str) -> int | str:
    """A whole number of JSON; Python makes none of thousands of digits, and as text it is told to be too long."""
    return int(number) if len(number) <= _MOST_DIGITS else number


@dataclass(frozen=True)
class _Twice:
    """An object of JSON that has a field twice, so that nobody knows which was meant."""

    name: str


def _each_once(pairs: list[tuple[str, Any]]) -> dict[str, Any] | _Twice:
    found = dict(pairs)
    if len(found) == len(pairs):
        return found
    names = [name for name, _ in pairs]
    return _Twice(next(name for name in names if names.count(name) > 1))


class _JsonList:
    """Takes the elements of a JSON list one by one, so that a long file need not fit into memory."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._json = json.JSONDecoder(
            parse_float=_as_a_person_writes, parse_int=_whole_number, object_pairs_hook=_each_once
        )
        self._decode = codecs.getincrementaldecoder("utf-8-sig")("surrogateescape").decode
        self._text = ""
        self._place = 0
        self._line = 1

    def objects(self) -> Iterator[tuple[int, Any]]:
        """Each element with its line. Raises `FileRefused` where the text stops being JSON."""
        within = self._peek() == "{"
        if within:
            self._skip_to_the_list()
        self._expect("[")
        if self._peek() != "]":
            while True:
                self._peek()
                line = self._line
                yield line, self._element()
                if self._peek() == "]":
                    break
                self._expect(",")
        self._expect("]")
        if within:
            self._expect("}")
        if self._next():
            raise self._refusal("something stands behind the end of the list")

    def _skip_to_the_list(self) -> None:
        self._expect("{")
        if self._peek() != '"':
            raise self._refusal()
        self._element()
        self._expect(":")

    def _peek(self) -> str:
        """The next character that is no space, with the reading place before it."""
        if character := self._next():
            return character
        raise self._refusal("the file breaks off")

    def _next(self) -> str:
        """The same; nothing at the end of the file."""
        while True:
            space = _SPACE.match(self._text, self._place)
            self._forward(space.end() - self._place if space else 0)
            if self._place < len(self._text):
                return self._text[self._place]
            if not self._more():
                return ""

    def _expect(self, character: str) -> None:
        if self._peek() != character:
            raise self._refusal(f"a {character} is missing")
        self._forward(1)

    def _element(self) -> Any:
        while True:
            try:
                value, end = self._json.raw_decode(self._text, self._place)
            except json.JSONDecodeError as error:
                if self._more():
                    continue
                self._forward(error.pos - self._place)
                raise self._refusal(error.msg) from error
            except RecursionError as error:
                raise self._refusal("brackets are nested too deeply") from error
            self._forward(end - self._place)
            return value

    def _forward(self, characters: int) -> None:
        self._line += self._text.count("\n", self._place, self._place + characters)
        self._place += characters

    def _more(self) -> bool:
        chunk = self._file.read(_CHUNK)
        self._text = self._text[self._place :] + self._decode(chunk, final=not chunk)
        self._place = 0
        return bool(chunk)

    def _refusal(self, reason: str = "") -> FileRefused:
        told = f" ({reason})" if reason else ""
        return FileRefused(
            f"Line {self._line}: this is no JSON{told}. The file must be a list of objects: [{{…}}, {{…}}]."
        )
