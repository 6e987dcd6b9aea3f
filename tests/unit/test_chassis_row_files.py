"""Rows out of CSV and JSON files."""

import gc
import io
import json
import os
import tempfile
from datetime import date
from decimal import Decimal
from pathlib import Path
from typing import Any, Literal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, Field

from contracts import message
from services.chassis.imports.importing import Importer, Numbered, Outcome
from services.chassis.imports.row_files import FileRefused, opened
from services.chassis.imports.row_models import LONGEST_TEXT, FileRow


class Part(BaseModel):
    size: int


class Thing(FileRow):
    """A row with every kind of field that our files have."""

    name: str
    kind: Literal["household", "firm"] = "firm"
    amount: Decimal | None = Field(default=None, ge=0, decimal_places=2)
    since: date | None = None
    paper: bool = False
    parts: tuple[Part, ...] = ()


class Other(FileRow):
    number: str = Field(alias="No.")
    note: str | None = None


async def _store(work: object, rows: object) -> Outcome:
    raise AssertionError("only read here")


THINGS = Importer("things", Thing, _store, others=(Importer("others", Other, _store),))


def read(folder: Path, content: str | bytes) -> list[Any]:
    """Each row as (line, row), each bad one as (line, field, reason)."""
    path = folder / "things"
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    with opened(path, THINGS) as file:
        found: list[Any] = []
        for row in file.rows:
            if isinstance(row, list):
                found.extend((problem.line, problem.field, problem.reason) for problem in row)
            else:
                found.append((row.line, row.row))
        return found


def refusal(folder: Path, content: str | bytes) -> str:
    with pytest.raises(FileRefused) as refused:
        read(folder, content)
    return str(refused.value)


@pytest.mark.parametrize("mark", [b"", b"\xef\xbb\xbf"])
@pytest.mark.parametrize("delimiter", [";", ","])
@pytest.mark.parametrize("end", ["\n", "\r\n"])
def test_a_csv_file_is_read_in_every_form_that_spreadsheets_write(
    tmp_path: Path, mark: bytes, delimiter: str, end: str
) -> None:
    text = end.join(delimiter.join(cells) for cells in (["name", "amount"], ["Łąka", "12.50"], ["Ćma", ""]))
    assert read(tmp_path, mark + text.encode()) == [
        (2, Thing(name="Łąka", amount=Decimal("12.50"))),
        (3, Thing(name="Ćma")),
    ]


@pytest.mark.parametrize("written", ["1234.5", "1234,5", "1 234,5", "1\u00a0234,5"])
def test_numbers_are_read_as_poles_write_them(tmp_path: Path, written: str) -> None:
    assert read(tmp_path, f"name;amount\nA;{written}\n") == [(2, Thing(name="A", amount=Decimal("1234.5")))]


@pytest.mark.parametrize("written", ["2026-02-01", "01.02.2026", "1.2.2026"])
def test_dates_are_read_as_poles_write_them(tmp_path: Path, written: str) -> None:
    assert read(tmp_path, f"name;since\nA;{written}\n") == [(2, Thing(name="A", since=date(2026, 2, 1)))]


@pytest.mark.parametrize(("written", "meant"), [("tak", True), ("NIE", False), ("true", True), ("0", False)])
def test_yes_and_no_are_read_in_polish_too(tmp_path: Path, written: str, meant: bool) -> None:
    assert read(tmp_path, f"name;paper\nA;{written}\n") == [(2, Thing(name="A", paper=meant))]


def test_a_text_that_looks_like_a_number_or_a_yes_stays_as_it_is(tmp_path: Path) -> None:
    rows = read(tmp_path, "name;kind\n1 234,5;firm\ntak;firm\n01.02.2026;firm\n")
    assert [row.name for _, row in rows] == ["1 234,5", "tak", "01.02.2026"]


def test_columns_may_stand_in_any_order_and_empty_lines_are_no_rows(tmp_path: Path) -> None:
    assert read(tmp_path, "amount;name\n1;A\n\n;\n2;B\n") == [
        (2, Thing(name="A", amount=Decimal(1))),
        (5, Thing(name="B", amount=Decimal(2))),
    ]


def test_a_row_is_named_by_the_line_where_it_begins_and_a_line_break_in_a_cell_is_a_blank(tmp_path: Path) -> None:
    rows = read(tmp_path, 'name;amount\n"A\nB\nC";1\nD;x\n')
    assert rows == [
        (2, Thing(name="A B C", amount=Decimal(1))),
        (5, "amount", "is no number; write for example 12,5"),
    ]


@pytest.mark.parametrize("later", ["B;2\n", '"B";2\n', 'B;2\n"C";3\n'])
def test_a_quote_that_stays_open_refuses_its_own_line_and_no_other(tmp_path: Path, later: str) -> None:
    rows = read(tmp_path, f'name;amount\n"A;1\n{later}')
    assert rows[0] == (2, "", "a quotation mark is not closed")
    assert [row.name for _, row in rows[1:]] == ["B", "C"][: len(rows) - 1]
    assert len(rows) == 1 + later.count("\n")


def test_a_quote_that_a_later_row_happens_to_close_hides_no_row(tmp_path: Path) -> None:
    rows = read(tmp_path, 'name;amount\n"A;1\nB"" 1/2"";2\nC;"3\nD;4 1/2"\nE;5\n')
    assert [row[0] for row in rows] == [2, 3, 4, 5, 6]
    assert rows[2] == (4, "", "a quotation mark is not closed")


def test_two_stray_quotes_in_one_column_join_no_rows(tmp_path: Path) -> None:
    rows = read(tmp_path, 'amount;name\n1;"Jan\n2;Rura 3"\n3;Ewa\n')
    assert [row[0] for row in rows] == [2, 3, 4]
    assert rows[0] == (2, "", "a quotation mark is not closed")


def test_no_row_vanishes_behind_a_quote_that_stays_open_however_many_there_are(tmp_path: Path) -> None:
    rows = read(tmp_path, 'name;amount\n"A;1\n' + "".join(f"N{n};1\n" for n in range(3_000)))
    assert len(rows) == 3_001


def test_text_behind_a_closing_quote_is_told(tmp_path: Path) -> None:
    rows = read(tmp_path, 'name;amount\n"A" b;1\n"B ""b""";2\n')
    assert rows[0] == (2, "", "text stands behind a quotation mark; one within a text is written twice")
    assert rows[1] == (3, Thing(name='B "b"', amount=Decimal(2)))


@pytest.mark.parametrize("end", ["\n", "\r", "\r\n"])
def test_lines_end_as_any_system_ends_them(tmp_path: Path, end: str) -> None:
    rows = read(tmp_path, end.join(["name;amount", "A;1", "B;2", ""]))
    assert [(line, row.name) for line, row in rows] == [(2, "A"), (3, "B")]


@pytest.mark.parametrize("sign", ["\0", "\x93", "\x1b[31m", "\u202e", "\u200b", "\ufeff", "\uffff"])
def test_a_character_that_nobody_sees_refuses_its_row_at_its_field(tmp_path: Path, sign: str) -> None:
    rows = read(tmp_path, f"name;amount\nA{sign}B;1\nC;2\n")
    assert rows[0][:2] == (2, "name")
    assert "cannot be seen" in rows[0][2]
    assert rows[1] == (3, Thing(name="C", amount=Decimal(2)))
    json_rows = read(tmp_path, json.dumps([{"name": f"A{sign}B"}, {"name": "C"}]))
    assert (json_rows[0][1], json_rows[1][1]) == ("name", Thing(name="C"))


def test_a_text_longer_than_any_message_may_tell_refuses_its_row(tmp_path: Path) -> None:
    rows = read(tmp_path, f"name\n{'A' * LONGEST_TEXT}\n{'A' * (LONGEST_TEXT + 1)}\n")
    assert rows == [(2, Thing(name="A" * LONGEST_TEXT)), (3, "name", "is too long")]
    assert LONGEST_TEXT <= message.LONGEST_TEXT


def test_composed_letters_are_one_letter_and_white_space_is_one_blank(tmp_path: Path) -> None:
    (row,) = read(tmp_path, "name\n Zo\u0301ł\u00adc\u0301 \u00a0 \t z o.o. \n")
    assert row == (2, Thing(name="Zółć z o.o."))


@pytest.mark.parametrize("number", ["1e3", "1,23457E+05", "1_000", "١٢", "0x10", "1.000.000", "12 34", "--1", "∞"])
def test_a_number_that_nobody_writes_so_is_none(tmp_path: Path, number: str) -> None:
    assert read(tmp_path, f"name;amount\nA;{number}\n") == [(2, "amount", "is no number; write for example 12,5")]


def test_a_number_of_json_with_an_exponent_is_none(tmp_path: Path) -> None:
    (row,) = read(tmp_path, '[{"name": "A", "amount": 1.23457e5}]')
    assert row[1:] == ("amount", "is no number; write for example 12,5")


@pytest.mark.parametrize("day", ["0", "1761955200", "46000", "2026-10-31T00:00:00", "31/10/2026", "2026-1-5"])
def test_a_date_is_only_a_date(tmp_path: Path, day: str) -> None:
    assert read(tmp_path, f"name;since\nA;{day}\n") == [(2, "since", "is no date; write for example 2026-10-31")]


@pytest.mark.parametrize("day", ["1.01.0001", "1899-12-31", "9999-12-31"])
def test_a_day_that_no_message_may_tell_refuses_its_row(tmp_path: Path, day: str) -> None:
    rows = read(tmp_path, f"name;since\nA;{day}\nB;2026-11-22\n")
    assert rows[0] == (2, "since", "must be in the years 1900 to 2199")
    assert rows[1] == (3, Thing(name="B", since=date(2026, 11, 22)))


@given(st.lists(st.text(alphabet='ab;"\n\r\0 ,'), max_size=12).map("\n".join) | st.binary(max_size=200))
def test_whatever_a_file_holds_each_line_is_read_or_told(body: str | bytes) -> None:
    content = b"name;amount\n" + (body if isinstance(body, bytes) else body.encode())
    with tempfile.TemporaryDirectory() as folder:
        rows = read(Path(folder), content)
    lines = io.TextIOWrapper(io.BytesIO(content), "utf-8", "surrogateescape", newline=None).read().split("\n")
    told = [row[0] for row in rows]
    assert told == sorted(told)
    starts = {n for n, line in enumerate(lines, start=1) if n > 1 and line.replace(";", "").strip()}
    unread = [n for n in starts - set(told) if not any(start < n and '"' in lines[start - 1] for start in told)]
    assert all(not lines[n - 1].replace('"', "").replace(";", "").strip() for n in unread)


@pytest.mark.parametrize(
    ("row", "field", "reason"),
    [
        (";1;;firm", "name", "is missing"),
        ("A;1.234;;firm", "amount", "may have at most 2 decimals"),
        ("A;-1;;firm", "amount", "must be at least 0"),
        ("A;nan;;firm", "amount", "is no number"),
        ("A;1;2026-02-30;firm", "since", "is no date; write for example 2026-10-31"),
        ("A;1;30.02.2026;firm", "since", "is no date; write for example 2026-10-31"),
        ("A;1;;bank", "kind", "may be: 'household', 'firm'"),
        ("A;1;;firm;x", "", "has 5 fields instead of 4"),
        ("A;1", "", "has 2 fields instead of 4"),
    ],
)
def test_a_bad_row_tells_line_field_and_reason_and_the_next_one_is_read(
    tmp_path: Path, row: str, field: str, reason: str
) -> None:
    problem, good = read(tmp_path, f"name;amount;since;kind\n{row}\nB;1;;firm\n")
    assert problem[:2] == (2, field)
    assert problem[2].startswith(reason)
    assert good == (3, Thing(name="B", amount=Decimal(1)))


def test_every_fault_of_a_row_is_told(tmp_path: Path) -> None:
    assert [problem[:2] for problem in read(tmp_path, "name;amount;paper\n;x;maybe\n")] == [
        (2, "name"),
        (2, "amount"),
        (2, "paper"),
    ]


def test_a_row_in_another_encoding_is_told_and_the_others_are_read(tmp_path: Path) -> None:
    problem, good = read(tmp_path, b"name;amount\n" + "Łąka;1\n".encode("cp1250") + b"B;2\n")
    assert problem[:2] == (2, "name")
    assert "UTF-8" in problem[2]
    assert good == (3, Thing(name="B", amount=Decimal(2)))


def test_a_missing_and_an_unknown_column_are_told_with_all_that_there_may_be(tmp_path: Path) -> None:
    text = refusal(tmp_path, "nazwa;amount\nA;1\n")
    assert "missing columns: name" in text
    assert "unknown columns: nazwa" in text
    assert "name, kind, amount, since, paper, parts" in text


def test_a_column_that_stands_twice_is_told(tmp_path: Path) -> None:
    assert "column name stands twice in the file" in refusal(tmp_path, "name;name\nA;B\n")


@pytest.mark.parametrize("empty", [";", ";;", "; ;"])
def test_empty_columns_without_a_name_are_passed_over(tmp_path: Path, empty: str) -> None:
    assert read(tmp_path, f"name;amount{empty}\nA;1{empty}\n") == [(2, Thing(name="A", amount=Decimal(1)))]
    assert read(tmp_path, f"name{empty};amount\nA{empty};1\n") == [(2, Thing(name="A", amount=Decimal(1)))]


def test_a_cell_in_a_column_without_a_name_refuses_its_row(tmp_path: Path) -> None:
    assert read(tmp_path, "name;amount;;\nA;1;;\nB;1;x;y\nC;2;;\n") == [
        (2, Thing(name="A", amount=Decimal(1))),
        (3, "", "column 3 has no name"),
        (3, "", "column 4 has no name"),
        (4, Thing(name="C", amount=Decimal(2))),
    ]


def test_a_file_whose_columns_have_no_names_misses_them(tmp_path: Path) -> None:
    assert "missing columns: name. " in refusal(tmp_path, ";;\nA;1;\n")


def test_another_form_of_the_same_kind_is_known_by_its_columns(tmp_path: Path) -> None:
    (tmp_path / "others").write_text("note,No.\nfine,12\n")
    with opened(tmp_path / "others", THINGS) as file:
        assert file.importer.kind == "others"
        assert list(file.rows) == [Numbered(2, Other.model_validate({"No.": "12", "note": "fine"}))]


@pytest.mark.parametrize("content", [b"", b"\n", b"\xef\xbb\xbf"])
def test_an_empty_file_is_refused(tmp_path: Path, content: bytes) -> None:
    assert "empty" in refusal(tmp_path, content)


@pytest.mark.parametrize("content", ["name\nA\n".encode("utf-16"), b"PK\x03\x04..."])
def test_a_spreadsheet_is_refused_with_what_to_do(tmp_path: Path, content: bytes) -> None:
    assert "CSV UTF-8" in refusal(tmp_path, content)


def test_a_file_that_is_not_there_is_refused(tmp_path: Path) -> None:
    with pytest.raises(FileRefused, match="There is no file"), opened(tmp_path / "gone.csv", THINGS):
        pass


def test_a_json_list_is_read_with_nested_parts_and_exact_numbers(tmp_path: Path) -> None:
    first_object = '{"name": "A", "amount": 0.10,\n  "parts": [{"size": 1}]}'
    content = f'[\n {first_object},\n {{"name": "B", "amount": "1,5", "since": ""}}\n]'
    first, second = read(tmp_path, content)
    assert first == (2, Thing(name="A", amount=Decimal("0.10"), parts=(Part(size=1),)))
    assert str(first[1].amount) == "0.10"
    assert second == (4, Thing(name="B", amount=Decimal("1.5")))


def test_a_json_object_around_the_list_is_read_too(tmp_path: Path) -> None:
    assert read(tmp_path, '\ufeff{"things": [{"name": "A"}]}') == [(1, Thing(name="A"))]


def test_an_empty_json_list_has_no_rows(tmp_path: Path) -> None:
    assert read(tmp_path, "[ ]") == []


def test_bad_json_rows_tell_line_field_and_reason(tmp_path: Path) -> None:
    objects = (
        '{"name": "A", "amount": "x"}',
        '{"name": "B", "colour": "red"}',
        "7",
        '{"name": "C", "parts": [{"size": "a"}]}',
        '{"name": "D"}',
    )
    assert read(tmp_path, "[" + ",\n".join(objects) + "]") == [
        (1, "amount", "is no number; write for example 12,5"),
        (2, "colour", "there is no such field"),
        (3, "", "is no JSON object with fields in braces { }"),
        (4, "parts.0.size", "is no whole number"),
        (5, Thing(name="D")),
    ]


def test_a_long_json_file_is_read_to_the_end_across_its_chunks(tmp_path: Path) -> None:
    names = [f"Zażółć gęślą jaźń {serial}" * 5 for serial in range(3000)]
    content = json.dumps([{"name": name} for name in names], ensure_ascii=False, indent=1)
    rows = read(tmp_path, content)
    assert [row.name for _, row in rows] == names
    assert rows[-1][0] == 2 + 3 * 2999


@pytest.mark.parametrize("content", ['[{"name": "A"}', '[{"name": "A"} {"name": "B"}]', '{"name": "A"}', "[{name: 1}]"])
def test_broken_json_is_refused_with_the_line(tmp_path: Path, content: str) -> None:
    assert "this is no JSON" in refusal(tmp_path, content)


@pytest.mark.parametrize("rest", ['[{"name": "B"}]', ', "more": [{"name": "B"}]}', "x", "}"])
def test_json_behind_the_list_is_refused_and_not_left_out(tmp_path: Path, rest: str) -> None:
    before = '{"things": ' if rest.startswith(",") else ""
    assert "this is no JSON" in refusal(tmp_path, f'{before}[{{"name": "A"}}]{rest}')


def test_an_object_of_json_may_stand_around_the_list(tmp_path: Path) -> None:
    assert read(tmp_path, '{"things": [{"name": "A"}]}\n') == [(1, Thing(name="A"))]


def test_a_field_that_json_has_twice_refuses_its_row(tmp_path: Path) -> None:
    rows = read(
        tmp_path, '[{"name": "A", "name": "B"},\n{"name": "C", "parts": [{"size": 1, "size": 2}]},\n{"name": "D"}]'
    )
    assert rows == [
        (1, "name", "the field stands twice"),
        (2, "parts", "the field size stands twice"),
        (3, Thing(name="D")),
    ]


@pytest.mark.parametrize("number", ["9" * 5000, "9" * 5000 + ".5"])
def test_a_number_of_thousands_of_digits_refuses_its_row(tmp_path: Path, number: str) -> None:
    bad, good = read(tmp_path, f'[{{"name": "A", "parts": [{{"size": {number}}}]}}, {{"name": "B"}}]')
    assert (bad[0], bad[1].partition(".")[0]) == (1, "parts")
    assert good == (1, Thing(name="B"))


def test_brackets_without_end_are_refused_with_their_line(tmp_path: Path) -> None:
    assert "too deeply" in refusal(tmp_path, "[" * 100_000)


def test_names_of_columns_that_are_much_too_long_are_refused(tmp_path: Path) -> None:
    assert "much too long" in refusal(tmp_path, "n" * 140_000 + ";amount\nA;1\n")


def test_a_file_of_which_rows_were_left_unread_closes_in_silence(
    tmp_path: Path, recwarn: pytest.WarningsRecorder, capsys: pytest.CaptureFixture[str]
) -> None:
    path = tmp_path / "things"
    path.write_text("name;amount\n" + "A;1\n" * 10)
    with opened(path, THINGS) as file:
        next(file.rows)
        rows = file.rows
    del file, rows
    gc.collect()
    assert "closed file" not in capsys.readouterr().err
    assert not recwarn.list


def test_a_pipe_is_refused_as_what_it_is(tmp_path: Path) -> None:
    pipe = tmp_path / "pipe"
    os.mkfifo(pipe)
    writer = os.open(pipe, os.O_RDWR)
    os.write(writer, b"name\nA\n")
    try:
        with pytest.raises(FileRefused, match="is no ordinary file"), opened(pipe, THINGS):
            pass
    finally:
        os.close(writer)
