"""From a command to a stack: the stack that is to be started, the one that was started, and who looks after it."""

import contextlib
import fcntl
import json
import os
import shutil
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path

from deploy.catalog import SERVICES
from deploy.local import account as accounts
from deploy.local import environment, interpreter, packages, ports
from deploy.local import state as states
from deploy.local.account import Account
from deploy.local.errors import LocalStackError
from deploy.local.processes import Child, Identity
from deploy.local.stack import Report, Stack, in_silence
from deploy.local.state import State

DEFAULT_WEB_PORT = 8000
_STOP_SECONDS = 90


def new_stack(account: Account, profile: str, port: int | None, report: Report) -> Stack:
    """The stack for `profile`, with all that it needs installed and its ports chosen; nothing runs yet.

    A broker or database server that the caller names by `EBOK_AMQP_URL` or `EBOK_DATABASE_URL` is used instead of
    ours. Raises LocalStackError for a broken profile, a taken port, or something missing that cannot be installed.
    """
    _check_profile(account, profile)
    state = states.load(account) or State()
    state.profile = str(Path(profile).resolve()) if profile.endswith(".toml") else profile
    state.amqp_url = os.environ.get("EBOK_AMQP_URL", "")
    state.database_url = os.environ.get("EBOK_DATABASE_URL", "")
    if not state.amqp_url and not packages.has_rabbitmq():
        report("RabbitMQ from Debian", False)
        packages.ensure("rabbitmq-server")
        report("RabbitMQ from Debian", True)
    report("Programs", False)
    runner = interpreter.for_account(account)
    report("Programs", True)
    _choose_ports(state, port)
    stack = Stack(account, state, runner, report)
    states.save(account, state)
    return stack


def last_stack() -> Stack | None:
    """The stack as it was started last, running or not; None when none was started on this machine."""
    account = accounts.existing()
    state = states.load(account) if account is not None else None
    if account is None or state is None or "web" not in state.ports:
        return None
    return Stack(account, state, interpreter.current(account), in_silence)


def supervisor(stack: Stack) -> Child:
    """The process that looks after the stack when nobody watches it on a screen."""
    environment_ = stack.interpreter.environment()
    folder = states.path(stack.account).parent
    return Child(
        "supervisor", stack.interpreter.ebok("supervise"), environment_, folder, stack.interpreter.account,
        grace=_STOP_SECONDS,
    )  # fmt: skip


@contextlib.contextmanager
def looked_after_here(stack: Stack) -> Iterator[None]:
    """Let `ebok stop` know that this very process looks after the stack."""
    file = states.path(stack.account).with_name("supervisor.pid")
    me = Identity.of(os.getpid())
    if me is not None:
        stack.account.write(file, json.dumps(asdict(me)))
    try:
        yield
    finally:
        file.unlink(missing_ok=True)


@contextlib.contextmanager
def only_start(account: Account) -> Iterator[None]:
    """Hold the right to start the stack; raises LocalStackError when another command is just doing that."""
    folder = account.folder(account.home / "stack")
    handle = account.open_log(folder / "start.lock")
    try:
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError as error:
            raise LocalStackError(
                f"Another `ebok demo` is starting the stack in {account.home} right now. Wait for it, or start one of "
                "your own beside it: name another folder by EBOK_LOCAL_HOME."
            ) from error
        yield
    finally:
        os.close(handle)


def stop_everything() -> bool:
    """Stop the stack that was started last, whoever looks after it; return whether anything ran."""
    stack = last_stack()
    if stack is None:
        return False
    watcher = supervisor(stack)
    children = [*stack.services.values(), stack.mail.child, watcher]
    ran = any(child.is_running() for child in children)
    ran = ran or (stack.broker is not None and stack.broker.is_running())
    ran = ran or (stack.database is not None and stack.database.has_process())
    watcher.stop()
    stack.stop()
    return ran


def remove_everything() -> list[Path]:
    """Stop the stack and delete all that it made; return the folders that went."""
    stop_everything()
    account = accounts.existing()
    if account is None or not account.home.exists():
        return []
    made = [account.home / "stack", account.home / "app", *account.home.glob("postgresql-*")]
    gone = [folder for folder in made if folder.exists()]
    for folder in gone:
        shutil.rmtree(folder)
    accounts.remove()
    return gone


def _check_profile(account: Account, profile: str) -> None:
    from deploy.profiles import load_profile
    from services.chassis.profile.reading import ProfileError

    try:
        load_profile(profile)
    except ProfileError as error:
        raise LocalStackError(f"The profile is refused.\n{error}") from error
    if profile.endswith(".toml") and not account.can_run(["test", "-r", Path(profile).resolve()], {}):
        raise LocalStackError(f"The user {account.name} may not read {profile}: put it where everybody may read it.")


def _choose_ports(state: State, port: int | None) -> None:
    if port is not None:
        state.ports["web"] = ports.wanted_port(port, "--port")
    elif not ports.is_free(state.ports.setdefault("web", DEFAULT_WEB_PORT)):
        state.ports["web"] = ports.free_port()
    state.keep_ports(environment.port_names(service.name for service in SERVICES))
