"""How commands speak: to terminals of any width, to files, and of texts that come from elsewhere."""

import io

import pytest
from rich.console import Console
from rich.text import Text

from deploy.cli import terminal
from deploy.local.errors import LocalStackError
from services.chassis.texts import visible

SECRET = "lVD-NHFAFuP90ow4IxZKlzHChXIL0tU0"


def printed(monkeypatch: pytest.MonkeyPatch, *, width: int | None) -> io.StringIO:
    """What is printed from now on: on a terminal of this width, or into a pipe."""
    screen = io.StringIO()
    console = Console(file=screen, force_terminal=width is not None, width=width or 80, color_system=None)
    monkeypatch.setattr(terminal, "console", console)
    return screen


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ("zażółć 1 234,56 zł\n\tgęślą", "zażółć 1 234,56 zł\n\tgęślą"),
        ("\x1b[2J\x1b[31mok", "\\u001b[2J\\u001b[31mok"),
        ("\x9b31m", "\\u009b31m"),
        ("a\rb\x07\x00", "a\\u000db\\u0007\\u0000"),
        ("abc\u202exe.exe", "abc\\u202exe.exe"),
        ("\u2028", "\\u2028"),
    ],
)
def test_nothing_that_a_terminal_would_obey_stays_as_it_is(text: str, told: str) -> None:
    assert visible(text) == told


@pytest.mark.parametrize("width", [None, 80])
def test_a_colour_in_a_foreign_text_is_only_words(monkeypatch: pytest.MonkeyPatch, width: int | None) -> None:
    screen = printed(monkeypatch, width=width)
    terminal.say("[red]down[/red] :smile:")
    terminal.table(("what",), [("[red]down[/red]",)])
    assert screen.getvalue().split("\n")[::2][:2] == ["[red]down[/red] :smile:", "[red]down[/red]"]


def test_a_sentence_is_broken_between_words_on_a_narrow_terminal_and_not_at_all_in_a_pipe(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    text = f"Somebody whose name is long, password {SECRET}"
    screen = printed(monkeypatch, width=30)
    terminal.say(text, indent="  ")
    assert screen.getvalue() == f"Somebody whose name is long,\n  password\n  {SECRET}\n"
    screen = printed(monkeypatch, width=None)
    terminal.say(text, indent="  ")
    assert screen.getvalue() == f"{text}\n"


ROWS = [("one", Text("ready", "green"), "7", SECRET), ("two", Text("stopped", "red"), "1234", "")]
HEADINGS = ("part", "state", "waiting", "secret")


def test_a_table_in_a_pipe_is_columns_between_tabs_without_blanks_at_the_end(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = printed(monkeypatch, width=None)
    terminal.table(HEADINGS, ROWS, figures=("waiting",))
    assert screen.getvalue().split("\n") == [
        "part\tstate\twaiting\tsecret",
        f"one\tready\t7\t{SECRET}",
        "two\tstopped\t1234",
        "",
    ]


def test_a_table_on_a_terminal_stands_in_columns(monkeypatch: pytest.MonkeyPatch) -> None:
    screen = printed(monkeypatch, width=80)
    terminal.table(HEADINGS, ROWS, figures=("waiting",))
    assert screen.getvalue().split("\n") == [
        "part  state    waiting  secret",
        f"one   ready          7  {SECRET}",
        "two   stopped     1234",
        "",
    ]


@pytest.mark.parametrize("width", [20, 36, 50])
def test_where_a_table_does_not_fit_each_row_is_a_paragraph_and_nothing_is_cut(
    monkeypatch: pytest.MonkeyPatch, width: int
) -> None:
    screen = printed(monkeypatch, width=width)
    terminal.table(HEADINGS, ROWS, figures=("waiting",))
    words = screen.getvalue().split()
    assert words == f"one state ready waiting 7 secret {SECRET} two state stopped waiting 1234".split()
    assert all(len(line) <= width or SECRET in line for line in screen.getvalue().splitlines())


def test_where_nobody_can_be_asked_it_must_have_been_said(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO("y\n"))
    assert terminal.confirmed("Delete it?", yes=True)
    with pytest.raises(LocalStackError, match="--yes"):
        terminal.confirmed("Delete it?", yes=False)


@pytest.mark.parametrize("errors", ["strict", "surrogateescape"])
def test_what_is_typed_in_another_encoding_is_told_in_a_sentence(monkeypatch: pytest.MonkeyPatch, errors: str) -> None:
    typed = io.TextIOWrapper(io.BytesIO("zażółć\n".encode("iso-8859-2")), "utf-8", errors)
    monkeypatch.setattr("sys.stdin", typed)
    with pytest.raises(LocalStackError, match="not written in UTF-8"):
        terminal.typed_line()


@pytest.mark.parametrize(("typed", "agreed"), [("y", True), ("YES", True), ("", False), ("n", False), ("yep", False)])
def test_only_a_yes_agrees(monkeypatch: pytest.MonkeyPatch, typed: str, agreed: bool) -> None:
    person = io.StringIO(f"{typed}\n")
    monkeypatch.setattr(person, "isatty", lambda: True)
    monkeypatch.setattr("sys.stdin", person)
    assert terminal.confirmed("Delete it?", yes=False) == agreed
