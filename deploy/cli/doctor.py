"""`ebok doctor`: what is missing or wrong, and what to do."""

import contextlib

from deploy.cli.terminal import console, say
from deploy.local.checks import Level, all_findings

_MARKS = {Level.FINE: ("✓", ""), Level.NOTE: ("!", "yellow"), Level.PROBLEM: ("✗", "red")}


def doctor() -> int:
    """Name what is missing or wrong with the office on this machine, and what to do.

    Each line has ✓ where all is well, ! for what is good to know, and ✗ for what is wrong; what to do stands below it.
    The exit code is 0 when nothing is wrong.
    """
    problems = 0
    with console.status("Looking …") if console.is_terminal else contextlib.nullcontext():
        for finding in all_findings():
            mark, style = _MARKS[finding.level]
            say(f"{mark} {finding.subject}: {finding.text}", style=style, indent="  ")
            if finding.advice:
                say(f"  {finding.advice}", indent="  ")
            problems += finding.level is Level.PROBLEM
    say("Nothing is wrong." if not problems else f"Wrong: {problems}.")
    return 1 if problems else 0
