"""The demo utility: its files are imported by the same commands that any utility's files are.

A file whose rows need what others cause elsewhere (a reading an agreement, a payment an invoice) goes in when the
messages of the one before are all handled.
"""

import asyncio
import subprocess
import time

from deploy.catalog import SERVICES, parts
from deploy.local import environment, health
from deploy.local import state as states
from deploy.local.account import PROJECT
from deploy.local.errors import LocalStackError
from deploy.local.queues import depths
from deploy.local.stack import Stack
from deploy.profiles import load_profile
from services.chassis.messaging.topology import Part
from services.identity.passwords import temporary

FILES = (
    ("tariffs", "tariffs.json"),
    ("parties", "parties.csv"),
    ("agreements", "agreements.csv"),
    ("meters", "meters.csv"),
    ("readings", "readings.csv"),
    ("payments", "payments.csv"),
)
DEMO_PROFILE = "demo"
CUSTOMER = "100001"
CLERK = "anna.nowak"

_SOME_REFUSED = 1
_HANDLED_SECONDS = 600.0
_LOOKS = 3
"""So many looks in a row must find next to nothing waiting: what a service has in its hands no queue shows."""

_FEW = 50
"""Messages that may wait all the same: invoices of years past are printed at leisure, and each PDF is told."""


def load(stack: Stack) -> None:
    """Fill the running stack with the demo utility and its logins, unless that is done already.

    Raises LocalStackError with what the failing command said. Loading again after a fault goes on where it stopped.
    """
    state = stack.state
    if state.slug in state.loaded:
        return
    known = parts(load_profile(state.profile))
    for kind, file in FILES:
        with stack.step(f"Demo data: {kind}"):
            _import(stack, kind, file)
            _wait_until_handled(stack, known)
    with stack.step("Demo logins"):
        _add_logins(stack)
    state.loaded.append(state.slug)
    states.save(stack.account, state)


def _import(stack: Stack, kind: str, file: str) -> None:
    source = stack.interpreter.path[0] if stack.interpreter.path else PROJECT
    done = _ebok(stack, "import", kind, str(source / "deploy" / "demo" / file))
    # Another utility's profile may lack a medium that the demo utility has; its agreements and meters are then refused,
    # and the readings of those meters with them.
    expected = {0} if stack.state.profile == DEMO_PROFILE else {0, _SOME_REFUSED}
    if done.returncode not in expected:
        raise LocalStackError(f"The demo file {file} did not go in:\n{done.stdout[-2000:]}{done.stderr[-2000:]}")


def _add_logins(stack: Stack) -> None:
    """A clerk and a customer with passwords of this machine's own; made one by one, so that a fault loses none."""
    logins = stack.state.logins.setdefault(stack.state.slug, {})
    clerk = ("staff", "add", "--login", CLERK, "--name", "Anna Nowak", "--role", "clerk", "--role", "admin")
    customer = ("account", "open", "--party", CUSTOMER, "--wait", "30")
    for who, login, command in (
        ("Demo clerk", CLERK, (*clerk, "--password-stdin")),
        ("Demo customer", CUSTOMER, customer),
    ):
        if who in logins:
            continue
        password = temporary()
        done = _ebok(stack, *command, "--no-must-change", given=f"{password}\n")
        if done.returncode:
            raise LocalStackError(f"{who} {login} could not be made: {done.stderr.strip() or done.stdout.strip()}")
        logins[who] = f"{login}, password {password}"
        states.save(stack.account, stack.state)


def _ebok(stack: Stack, *arguments: str, given: str = "") -> subprocess.CompletedProcess[str]:
    runner = stack.interpreter
    return subprocess.run(
        runner.account.command(runner.ebok(*arguments)),
        env=runner.environment(),
        cwd=stack.account.home,
        input=given,
        capture_output=True,
        text=True,
        check=False,
    )


def _wait_until_handled(stack: Stack, known: list[Part]) -> None:
    deadline = time.monotonic() + _HANDLED_SECONDS
    looks = 0
    while looks < _LOOKS:
        looks = looks + 1 if _is_handled(stack, known) else 0
        if time.monotonic() > deadline:
            raise LocalStackError("The demo data are in, but their messages do not come to an end: see `ebok status`.")
        time.sleep(0.3)


def _is_handled(stack: Stack, known: list[Part]) -> bool:
    if sum(_unpublished(stack, service.name) for service in SERVICES) > _FEW:
        return False
    found = asyncio.run(depths(environment.broker_url(stack.state, "admin"), known))
    return sum((depth.waiting or 0) + (depth.again or 0) for depth in found.values()) <= _FEW


def _unpublished(stack: Stack, service: str) -> float:
    counts = health.samples(environment.ops_url(stack.state, service))
    return counts.get("ebok_outbox_messages", _FEW + 1.0)
