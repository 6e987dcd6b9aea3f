"""Keeps a started stack up: a part that ends by itself is told of and started again, later each time."""

import contextlib
import time
from collections.abc import Callable
from dataclasses import dataclass

from deploy.local.errors import LocalStackError
from deploy.local.stack import Stack

_FIRST_PAUSE, _LONGEST_PAUSE = 1.0, 60.0
_GOOD_SECONDS = 60.0
"""A part that stayed up this long starts again with the shortest pause."""


@dataclass
class Watched:
    """One part: how to see that it runs, how to start it, and the pause before its next start."""

    name: str
    is_running: Callable[[], bool]
    start: Callable[[], None]
    started_at: float
    pause: float = _FIRST_PAUSE
    due_at: float | None = None


def watch(stack: Stack, tell: Callable[[str], None], ended: Callable[[], bool]) -> None:
    """Look after all parts of the stack until `ended` says so."""

    def said(text: str) -> None:
        with contextlib.suppress(OSError):  # a log that cannot be written ends nobody's watch
            tell(text)

    watched = _watched(stack)
    while not ended():
        for part in watched:
            look_at(part, said, time.monotonic())
        time.sleep(0.5)


def _watched(stack: Stack) -> list[Watched]:
    now = time.monotonic()
    found = [Watched("mail", stack.mail.child.is_running, stack.mail.start, now)]
    if stack.broker is not None:
        found.append(Watched("rabbitmq", stack.broker.is_running, stack.broker.start, now))
    if stack.database is not None:
        found.append(Watched("postgres", stack.database.has_process, stack.database.start, now))
    found += [Watched(name, child.is_running, child.start, now) for name, child in stack.services.items()]
    return found


def look_at(part: Watched, tell: Callable[[str], None], now: float) -> None:
    """Take note of a part that ended, or start it when its pause is over; `now` is in seconds of a steady clock."""
    if part.due_at is None:
        if part.is_running():
            return
        if now - part.started_at > _GOOD_SECONDS:
            part.pause = _FIRST_PAUSE
        tell(f"{part.name} ended; it starts again in {part.pause:.0f} s")
        part.due_at = now + part.pause
        part.pause = min(part.pause * 2, _LONGEST_PAUSE)
    elif now >= part.due_at:
        part.due_at, part.started_at = None, now
        try:
            part.start()
        except (LocalStackError, OSError) as error:  # such as a full disk, which somebody may clear
            tell(str(error))
        else:
            tell(f"{part.name} runs again")
