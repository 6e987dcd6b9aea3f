"""The command line as a person meets it: its help, and what it says of words that it does not know."""

import io
import os
import subprocess
import sys
from pathlib import Path

import pytest
from rich.console import Console

from deploy.catalog import SERVICES
from deploy.cli import COMMANDS, FAILED, MISUSED, app, terminal
from deploy.cli.imports import NOT_STARTED, importers
from deploy.profiles import profile_names

SERVICE_NAMES = [service.name for service in SERVICES]


def ebok(*words: str, width: int = 80, **more: str) -> "subprocess.CompletedProcess[str]":
    """Run the command in a pipe, where no office was ever started."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith("EBOK_")}
    return subprocess.run(
        [sys.executable, "-m", "deploy.cli", *words],
        env=kept | {"COLUMNS": str(width), "EBOK_LOCAL_HOME": "/nonexistent"} | more,
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        timeout=60,
        check=False,
    )


@pytest.mark.parametrize(
    ("words", "code", "named"),
    [
        (("serve", "foo"), FAILED, SERVICE_NAMES),
        (("migrate", "foo"), FAILED, SERVICE_NAMES),
        (("replay", "foo"), FAILED, SERVICE_NAMES),
        (("dead-letters", "list", "--service", "foo"), FAILED, SERVICE_NAMES),
        (("demo", "--profile", "foo"), FAILED, profile_names()),
        (("profile", "check", "foo"), FAILED, profile_names()),
        (("broker", "definitions", "--profile", "foo"), FAILED, profile_names()),
        (("import", "foo", "x.csv"), NOT_STARTED, sorted(importers())),
        (("foo",), MISUSED, list(COMMANDS)),
        (("staff", "foo"), MISUSED, ["add", "reset", "deactivate"]),
        (("account", "reset", "100001"), MISUSED, ["100001", "ebok account reset --party CODE"]),
        (("staff", "add", "--login", "a", "--name", "b", "--role", "foo"), MISUSED, ["clerk", "admin"]),
    ],
)
def test_an_unknown_name_is_answered_by_a_sentence_with_the_names_that_there_are(
    words: tuple[str, ...], code: int, named: list[str]
) -> None:
    done = ebok(*words)
    said = done.stdout + done.stderr
    assert done.returncode == code, said
    assert "Traceback" not in said
    assert len(said.splitlines()) <= 2
    assert [name for name in named if name not in said] == []


def test_a_profile_that_the_environment_names_and_nobody_has_is_told_without_a_traceback() -> None:
    done = ebok("serve", "billing", EBOK_PROFILE="foo")
    assert done.returncode == FAILED
    assert "Traceback" not in done.stderr
    assert "there is no profile foo" in done.stderr


@pytest.mark.parametrize("name", COMMANDS)
def test_what_a_command_does_is_said_alike_in_the_list_and_in_its_own_help(name: str) -> None:
    listed, own = COMMANDS[name][1], app[name].help.split("\n\n")[0]
    assert " ".join(own.split()).rstrip(".").startswith(listed.rstrip("."))


EVERY_HELP = [
    (),
    *((name,) for name in COMMANDS),
    *(("broker", name) for name in ("definitions", "declare")),
    *(("dead-letters", name) for name in ("list", "show", "retry", "drop")),
    *(("staff", name) for name in ("add", "reset", "deactivate")),
    *(("account", name) for name in ("open", "reset")),
    ("profile", "check"),
]


@pytest.mark.parametrize("width", [40, 80])
def test_help_is_plain_lines_within_any_width(width: int, monkeypatch: pytest.MonkeyPatch) -> None:
    for words in EVERY_HELP:
        said = help_of(*words, width=width, monkeypatch=monkeypatch)
        assert said.startswith("Usage: ebok")
        for line in said.splitlines():
            assert line == line.rstrip()
            assert len(line) <= width or " " not in line.strip(), line
        for sign in ("│", "─", "…)", "--empty-role", "--empty-service", "STR", "[default"):
            assert sign not in said


def help_of(*words: str, width: int, monkeypatch: pytest.MonkeyPatch) -> str:
    """What `--help` prints, without a process for each."""
    screen = io.StringIO()
    monkeypatch.setattr(terminal, "console", Console(file=screen, width=width))
    with pytest.raises(SystemExit):
        app([*words, "--help"])
    return screen.getvalue()


def test_the_help_of_an_import_names_every_kind_and_where_its_columns_are(monkeypatch: pytest.MonkeyPatch) -> None:
    said = help_of("import", width=80, monkeypatch=monkeypatch)
    for kind in importers():
        assert f"\n  {kind}: " in said
        assert list(Path("deploy/demo").glob(f"{kind}.*"))
    assert "deploy/demo/*.csv" in said


def test_the_help_of_a_deployment_prints_the_name_of_the_variable_whole(monkeypatch: pytest.MonkeyPatch) -> None:
    assert "EBOK_BROKER_PASSWORD_<SERVICE>" in help_of("broker", "definitions", width=40, monkeypatch=monkeypatch)
