"""What the commands about logins share: identity's database, and passwords that never stand on a command line."""

import asyncio
from collections.abc import Awaitable, Callable, Iterable
from typing import Annotated, TypeVar

from cyclopts import Parameter
from sqlalchemy.exc import DBAPIError

from contracts.reply import FieldError
from deploy.catalog import entry
from deploy.cli.operating import DATABASE_AWAY, settings_of
from deploy.cli.terminal import typed_line
from deploy.local.errors import LocalStackError
from deploy.profiles import load_profile
from gateway.web.refusals import text_of
from services.chassis.errors import Refused, told
from services.chassis.process import Process
from services.chassis.storage.database import is_away
from services.chassis.storage.unit_of_work import UnitOfWork
from services.chassis.unbroken import plain
from services.identity import passwords
from services.identity.profile import Credentials

T = TypeVar("T")

Lasting = Annotated[bool, Parameter(name="--no-must-change")]
"""Whether a password that is given stays good after the first login."""


def in_identity(step: Callable[[UnitOfWork], Awaitable[T]]) -> T:
    """Do `step` in one transaction of identity. Raises `LocalStackError` with the words for the person."""
    settings = settings_of("identity")

    async def run() -> T:
        identity = entry("identity").build(settings, load_profile(settings.profile))
        async with Process(identity) as process, process.work() as work:
            return await step(work)

    try:
        return asyncio.run(run())
    except Refused as refusal:
        raise LocalStackError(_said(refusal.errors)) from refusal
    except (DBAPIError, OSError) as error:
        if is_away(error):
            raise LocalStackError(DATABASE_AWAY) from error
        raise LocalStackError(f"The database reports {told(error)}. Did `ebok migrate identity` run?") from error


def password_from_input(login: str) -> str:
    """The first line of standard input, if it is a password that the utility allows for `login`."""
    password = typed_line()
    policy = load_profile(settings_of("identity").profile).of(Credentials).password
    if wrong := passwords.problems(password, policy, login):
        raise LocalStackError(_said(wrong))
    return password


def _said(errors: Iterable[FieldError]) -> str:
    return " ".join(plain(text_of(error, "identity", "en")) for error in errors)
