"""`ebok demo`, `stop` and `clean`: the whole office on this machine."""

import signal
import threading
import time
from types import FrameType, TracebackType
from typing import Annotated, Self

from cyclopts import Parameter
from rich.progress import Progress, SpinnerColumn, TaskID, TextColumn, TimeElapsedColumn

from deploy.cli.operating import ProfileName
from deploy.cli.terminal import console, say
from deploy.local import account as accounts
from deploy.local import environment, opening
from deploy.local.errors import LocalStackError
from deploy.local.mail import USER as MAIL_USER
from deploy.local.stack import Stack
from deploy.local.supervisor import watch

_WITHOUT_DATA = """\
No demo data is loaded, and nobody can log in whom you have not let in. In another terminal:
  ebok staff add --login LOGIN --name "FIRST NAME SURNAME"
      lets a clerk into the clerks' office; prints a temporary password
  ebok import tariffs|parties|agreements|meters|readings|payments FILE
      loads the utility's data, kind by kind in this order"""

_READING_MAIL = """\
  It holds the mails to everybody and opens empty: click INBOX, then a mail to see to whom it went."""

Port = Annotated[int | None, Parameter(metavar="PORT")]


class Steps:
    """Shows the steps of a start as they run side by side; without a terminal, one line for each when it is done."""

    def __init__(self) -> None:
        columns = (SpinnerColumn(finished_text="[green]✓"), TextColumn("{task.description}"), TimeElapsedColumn())
        self._progress = Progress(*columns, console=console, disable=not console.is_terminal)
        self._tasks: dict[str, TaskID] = {}
        self._began: dict[str, float] = {}

    def __enter__(self) -> Self:
        self._progress.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self._progress.stop()

    def __call__(self, step: str, done: bool) -> None:
        """Take a step's begin or end; the same step may begin and end again."""
        if not done:
            self._began[step] = time.monotonic()
            self._tasks[step] = self._progress.add_task(step, total=1)
            return
        self._progress.update(self._tasks[step], completed=1)
        if not console.is_terminal:
            say(f"{step}: {time.monotonic() - self._began[step]:.1f} s")


def demo(*, profile: ProfileName = "demo", port: Port = None, detach: bool = False, empty: bool = False) -> None:
    """Start the whole office on this machine.

    It is the broker, the database, the mail inbox and every service, filled with a demo utility's data.

    Ctrl-C or `ebok stop` stops all of it.

    Parameters
    ----------
    profile
        Name of a utility profile, or the path of one; without it demo.
    port
        Port of the web page; without it last time's, or 8000, or a free one.
    detach
        Return when the office answers, and leave it running.
    empty
        Load no demo data.

    """
    began = time.monotonic()
    account = accounts.ensure()
    running = opening.last_stack()
    if running is not None and opening.supervisor(running).is_running():
        _already_running(running, profile, port)
        return
    _end_politely_when_told()
    with opening.only_start(account):
        # What a killed start left behind would hold the ports and run yesterday's code.
        opening.stop_everything()
        stack = _start(profile, port, empty=empty)
    _announce(stack, time.monotonic() - began)
    if detach:
        opening.supervisor(stack).start()
        say("It runs on its own; `ebok stop` stops it.")
    else:
        _stay(stack)


def stop() -> None:
    """Stop the office that `ebok demo` started, and only that.

    What it has stored stays for the next start.
    """
    say("Stopped." if opening.stop_everything() else "Nothing was running.")


def clean() -> None:
    """Stop the office and delete everything that `ebok demo` made.

    That is its data, messages, secrets, and the system user if root made one.
    """
    gone = opening.remove_everything()
    for folder in gone:
        say(f"Deleted {folder}")
    if not gone:
        say("There is nothing to delete.")


def supervise() -> None:
    """Look after a started stack until told to stop: what `ebok demo --detach` leaves running."""
    stack = opening.last_stack()
    if stack is None:
        raise LocalStackError("There is no stack to look after.")
    told = threading.Event()
    for number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP):
        signal.signal(number, lambda _number, _frame: told.set())
    watch(stack, lambda text: print(time.strftime("%Y-%m-%dT%H:%M:%S%z"), text, flush=True), told.is_set)
    stack.stop()


def _start(profile: str, port: int | None, *, empty: bool) -> Stack:
    with Steps() as steps:
        stack = opening.new_stack(accounts.ensure(), profile, port, steps)
        try:
            stack.start()
            if not empty and stack.state.slug not in stack.state.loaded:
                from deploy.local import demo_data

                demo_data.load(stack)
        except BaseException:
            _stop_undisturbed(stack)
            raise
    return stack


def _announce(stack: Stack, seconds: float) -> None:
    try:
        _tell_ways_in(stack)
        say(f"Ready after {seconds:.1f} s.")
        if stack.interpreter.note:
            say(stack.interpreter.note)
    except BaseException:
        _stop_undisturbed(stack)
        raise


def _stay(stack: Stack) -> None:
    try:
        with opening.looked_after_here(stack):
            say("Ctrl-C stops everything.")
            watch(stack, say, lambda: False)
    except KeyboardInterrupt:
        pass
    finally:
        _stop_undisturbed(stack)
    say("Stopped.")


def _stop_undisturbed(stack: Stack) -> None:
    """Stop all parts even if Ctrl-C is pressed again or the terminal is gone."""
    for number in (signal.SIGINT, signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_IGN)
    stack.stop()


def _already_running(stack: Stack, profile: str, port: int | None) -> None:
    if stack.state.profile != profile or port not in {None, stack.state.ports["web"]}:
        raise LocalStackError(
            f"The office of profile {stack.state.profile} runs already at {environment.web_url(stack.state)}: "
            "run `ebok stop` first."
        )
    say("It runs already.")
    _tell_ways_in(stack)


def _tell_ways_in(stack: Stack) -> None:
    """Print where the office is, how its mail is read, and who may log in or how somebody gets to."""
    web = environment.web_url(stack.state)
    say(f"Customer office: {web}", indent="  ")
    say(f"Clerks' office: {web}/office", indent="  ")
    say(f"Mail inbox: {stack.mail.inbox_url}", indent="  ")
    say(_READING_MAIL, indent="  ")
    imap = f"127.0.0.1:{stack.mail.imap_port}, user {MAIL_USER}, password {stack.mail.password}"
    say(f"The same by IMAP: {imap}", indent="  ")
    for who, login in stack.state.logins.get(stack.state.slug, {}).items():
        say(f"{who}: {login}", indent="  ")
    if stack.state.slug not in stack.state.loaded:
        say(_WITHOUT_DATA, indent="  ")


def _end_politely_when_told() -> None:
    """Treat `kill` and a closed terminal as Ctrl-C, so that no process is left behind."""

    def interrupt(_number: int, _frame: FrameType | None) -> None:
        raise KeyboardInterrupt

    signal.signal(signal.SIGINT, interrupt)
    signal.signal(signal.SIGTERM, interrupt)
    if signal.getsignal(signal.SIGHUP) is not signal.SIG_IGN:  # `nohup ebok demo` is meant to stay
        signal.signal(signal.SIGHUP, interrupt)
