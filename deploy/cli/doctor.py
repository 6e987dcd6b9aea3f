"""`ebok doctor`: what is missing or wrong, and what to do."""

import logging

from rich.console import Console
from rich.table import Table

from deploy.cli.terminal import cell
from deploy.local.checks import Level, all_findings

_MARKS = {Level.FINE: "[green]✓[/green]", Level.NOTE: "[yellow]![/yellow]", Level.PROBLEM: "[red]✗[/red]"}


def doctor() -> int:
    """Look at everything that the office on this machine needs.

    The exit code is 0 when nothing is wrong.
    """
    console = Console(highlight=False)
    logging.disable()  # the tables tell what the libraries would log
    table = Table("", "what", "how it is", "what to do", box=None, padding=(0, 2, 0, 0))
    problems = 0
    with console.status("Looking …"):
        for finding in all_findings():
            table.add_row(_MARKS[finding.level], *map(cell, (finding.subject, finding.text, finding.advice)))
            problems += finding.level is Level.PROBLEM
    console.print(table)
    console.print("Nothing is wrong." if not problems else f"Wrong: {problems}.")
    return 1 if problems else 0
