"""What `--help` prints, and what is told of a command line that cannot be understood: plain lines at any width."""

import textwrap
from collections.abc import Iterable, Mapping
from typing import Any

from cyclopts import App, CycloptsError
from cyclopts.exceptions import MissingArgumentError, UnknownCommandError, UnusedCliTokensError
from cyclopts.help import HelpEntry, HelpPanel, format_usage
from rich.console import Console, ConsoleOptions
from rich.text import Text

from deploy.cli import terminal
from deploy.cli.terminal import put

_INDENT = "  "
_WIDEST_LABEL = 22
_NARROW = 60
"""Characters; on a narrower terminal what is said of a word stands below it instead of beside it."""


class PlainHelp:
    """How cyclopts shows help: sentences broken between words, no frames, nothing swallowed.

    `summaries` tell of commands that are not loaded.
    """

    def __init__(self, summaries: Mapping[str, str]) -> None:
        self._summaries = summaries

    def render_usage(self, console: Console, options: ConsoleOptions, usage: Any) -> None:  # noqa: ARG002 (cyclopts' protocol)
        """Print the line that shows how the command is written."""
        _print(_wrapped(f"Usage: {_text(usage)}", then=_INDENT * 2))
        _print([""])

    def render_description(self, console: Console, options: ConsoleOptions, description: Any) -> None:  # noqa: ARG002 (as above)
        """Print what the command does."""
        for line in paragraphs(_text(description)):
            hanging = line[: len(line) - len(line.lstrip())]
            hanging += _INDENT if hanging else ""
            _print(_wrapped(line, then=hanging) or [""])
        _print([""])

    def __call__(self, console: Console, options: ConsoleOptions, panel: HelpPanel) -> None:  # noqa: ARG002 (as above)
        """Print one list: of commands, or of what may stand behind one."""
        rows = [(_label(entry), _said(entry) or self._summaries.get(_label(entry), "")) for entry in panel.entries]
        if not rows:
            return
        _print([f"{_text(panel.title)}:"])
        wide = max((len(label) for label, _ in rows if len(label) <= _WIDEST_LABEL), default=_WIDEST_LABEL)
        for label, said in rows:
            beside = terminal.console.width >= _NARROW and len(label) <= wide
            hanging = " " * (len(_INDENT) + wide + 2) if terminal.console.width >= _NARROW else _INDENT * 3
            lines = _wrapped(said, first=hanging, then=hanging)
            head = _INDENT + label
            if beside and lines:
                head = head.ljust(len(hanging)) + lines.pop(0).lstrip()
            _print([head, *lines])
        _print([""])


def _wrapped(text: str, *, first: str = "", then: str = "") -> list[str]:
    width = terminal.console.width
    return textwrap.wrap(
        text, width, initial_indent=first, subsequent_indent=then, break_long_words=False, break_on_hyphens=False
    )


def paragraphs(text: str) -> list[str]:
    """The lines of a docstring as a reader of any width wants them: those of a paragraph are one, a list keeps its own.

    A line that is indented begins an entry of a list.
    """
    found: list[str] = []
    for line in text.strip().splitlines():
        if not line.strip():
            found.append("")
        elif found and found[-1] and not line.startswith(" "):
            found[-1] += " " + line.strip()
        else:
            found.append(line.rstrip())
    return found


def told(error: CycloptsError, app: App) -> str:
    """What is wrong with a command line, and how it is written."""
    chain = list(error.command_chain or ())
    said = str(error).removeprefix(f'Command "{" ".join(chain)}" parameter ')
    if isinstance(error, MissingArgumentError) and error.argument is not None and error.keyword is None:
        said = f"{error.argument.name} is missing."
        if error.unused_tokens:
            said += f" No option is named before {' '.join(error.unused_tokens)}."
    elif isinstance(error, UnknownCommandError):
        said = f"There is no command {(error.unused_tokens or [''])[0]}; there are: {', '.join(_commands(app, chain))}."
    elif isinstance(error, UnusedCliTokensError):
        said = f"Nothing is done with {' '.join(error.unused_tokens or ())}."
    return f"{' '.join(['ebok', *chain])}: {said}\n{_usage(app, chain)}"


def _commands(app: App, chain: list[str]) -> list[str]:
    for name in chain:
        app = app[name]
    return [name for name in app if not name.startswith("-") and app[name].show]


def _usage(app: App, chain: list[str]) -> str:
    return f"Write: {' '.join(_text(format_usage(app, chain)).split())}"


def _label(entry: HelpEntry) -> str:
    names = entry.all_options or ((entry.positional_label,) if entry.positional_label else ())
    return ", ".join(names) + (f" {entry.metavar}" if entry.metavar and entry.all_options else "")


def _said(entry: HelpEntry) -> str:
    said = " ".join(_text(entry.description).split())
    choices = f" One of: {', '.join(entry.choices)}." if entry.choices else ""
    needed = " Required." if entry.required and entry.all_options else ""
    return said + choices + needed


def _text(shown: Any) -> str:
    """The words of what cyclopts would have drawn."""
    if isinstance(shown, str | Text):
        return str(shown)
    if hasattr(shown, "primary_renderable"):
        return str(shown.primary_renderable)
    return "" if shown is None else str(shown)


def _print(lines: Iterable[str]) -> None:
    for line in lines:
        put(Text(line))
