"""What a terminal is told of texts that come from files and messages."""

import pytest

from deploy.cli.terminal import cell
from services.chassis.texts import visible


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


def test_a_colour_in_a_foreign_text_is_only_words() -> None:
    assert cell("[red]down[/red]") == "\\[red]down\\[/red]"
