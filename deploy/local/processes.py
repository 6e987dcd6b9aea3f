"""Child processes that outlive their parent and are recognised again by pid and start time.

A pid alone may by now belong to somebody else; pid and start time together never do. Only a process that both
agree on is ever sent a signal.
"""

import contextlib
import json
import os
import signal
import subprocess
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass, field
from pathlib import Path

from deploy.local.account import Account


@dataclass(frozen=True)
class Identity:
    """One process for ever: its number and the clock tick since boot at which it began."""

    pid: int
    started: int

    @classmethod
    def of(cls, pid: int) -> "Identity | None":
        """The identity of a process that runs now, or None if there is none (a zombie runs no more)."""
        fields = _stat(pid)
        return None if not fields or fields[0] in {"Z", "X"} else cls(pid, int(fields[19]))

    def is_running(self) -> bool:
        """Whether this very process still runs."""
        return Identity.of(self.pid) == self

    def is_halted(self) -> bool:
        """Whether it is there and does nothing, since somebody halted it (SIGSTOP, a debugger)."""
        return self.is_running() and _stat(self.pid)[:1] in (["T"], ["t"])

    def stop(self, grace: float) -> bool:
        """Ask it to end, wait `grace` seconds, then end it; return whether it went by itself."""
        if not self._signal(signal.SIGTERM) or wait_until(lambda: not self.is_running(), grace):
            return True
        self._signal(signal.SIGKILL)
        wait_until(lambda: not self.is_running(), 5)
        return False

    def _signal(self, number: signal.Signals) -> bool:
        if not self.is_running():
            return False
        try:
            os.kill(self.pid, number)
        except ProcessLookupError:
            return False
        return True


def _stat(pid: int) -> list[str]:
    """What the system says of a process from its state on; nothing when there is none."""
    try:
        stat = Path(f"/proc/{pid}/stat").read_text(encoding="utf-8", errors="replace")
    except OSError:
        return []
    # The second field, the program's name in brackets, may itself hold spaces and brackets.
    return stat.rpartition(")")[2].split()


@dataclass
class Child:
    """A program in a session of its own, with a log file and a file that remembers who it is."""

    name: str
    argv: Sequence[str | os.PathLike[str]]
    environment: Mapping[str, str]
    folder: Path
    account: Account
    grace: float = 10.0
    _popen: subprocess.Popen[bytes] | None = field(default=None, repr=False)

    @property
    def log(self) -> Path:
        """Where the program's output goes."""
        return self.folder / f"{self.name}.log"

    @property
    def _pid_file(self) -> Path:
        return self.folder / f"{self.name}.pid"

    def identity(self) -> Identity | None:
        """Who was started last, running or not, by this process or an earlier one."""
        try:
            return Identity(**json.loads(self._pid_file.read_text(encoding="utf-8")))
        except (OSError, ValueError, TypeError):
            return None

    def is_running(self) -> bool:
        """Whether the program that was started last still runs."""
        if self._popen is not None:
            self._popen.poll()
        known = self.identity()
        return known is not None and known.is_running()

    def is_halted(self) -> bool:
        """Whether it is there and does nothing, since somebody halted it."""
        known = self.identity()
        return known is not None and known.is_halted()

    def start(self) -> None:
        """Start the program unless it runs already. Raises OSError, with nothing started, on a full disk."""
        if self.is_running():
            return
        self.account.folder(self.folder)
        log = self.account.open_log(self.log)
        try:
            self._popen = subprocess.Popen(
                self.account.command(self.argv),
                env=dict(self.environment),
                cwd=self.account.home,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                start_new_session=True,
            )
        finally:
            os.close(log)
        identity = Identity.of(self._popen.pid)
        if identity is not None:
            try:
                self.account.write(self._pid_file, json.dumps(asdict(identity)))
            except OSError:
                identity.stop(self.grace)  # nobody would know it again
                raise

    def stop(self) -> None:
        """End the program if it is the one that was started, and forget it."""
        known = self.identity()
        if known is not None:
            known.stop(self.grace)
        if self._popen is not None:
            with contextlib.suppress(subprocess.TimeoutExpired):
                self._popen.wait(timeout=1)
        self._pid_file.unlink(missing_ok=True)

    def last_lines(self, count: int = 12) -> str:
        """The end of the log, for the message about a program that did not stay up."""
        try:
            return "\n".join(self.log.read_text(encoding="utf-8", errors="replace").splitlines()[-count:])
        except OSError:
            return ""


def wait_until(condition: Callable[[], bool], seconds: float, pause: float = 0.05) -> bool:
    """Wait until the condition holds, at most `seconds`; return whether it does."""
    deadline = time.monotonic() + seconds
    while not condition():
        if time.monotonic() > deadline:
            return False
        time.sleep(pause)
    return True
