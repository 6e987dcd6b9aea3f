"""`ebok staff`: the clerks' accounts."""

from typing import Annotated

import cyclopts
from cyclopts import Parameter

from deploy.cli.identity import Lasting, in_identity, password_from_input
from deploy.cli.terminal import say
from deploy.local.errors import LocalStackError
from services.chassis.texts import made_whole
from services.identity import staff
from services.identity.staff import Role

app = cyclopts.App(name="staff", help="Look after the clerks' accounts.")

LONGEST = 100
"""Characters of a login or a name."""

Login = Annotated[str, Parameter(metavar="LOGIN")]


@app.command
def add(
    *,
    login: Login,
    name: Annotated[str, Parameter(metavar="NAME")],
    role: Annotated[tuple[Role, ...], Parameter(metavar="ROLE")] = ("clerk",),
    password_stdin: bool = False,
    lasting: Lasting = False,
) -> None:
    """Let a clerk work in the office.

    Prints a temporary password, once, unless one is given.

    Parameters
    ----------
    login
        What the clerk will type to log in.
    name
        First name and surname, as other clerks and the log show it.
    role
        What the clerk may do; may be given again. Without it clerk.
    password_stdin
        Read the password from the first line of standard input instead of making one.
    lasting
        Ask for no other password at the first login. One that was made here must always be changed.

    """
    login, name = _whole("login", login), _whole("name", name)
    password = password_from_input(login) if password_stdin else None
    hired = in_identity(
        lambda work: staff.add(work, login=login, name=name, roles=role, password=password, must_change=not lasting)
    )
    say(f"Added: {name} (login {login}).")
    if hired.temporary_password is not None:
        say(f"Temporary password, shown only now: {hired.temporary_password}")


def _whole(option: str, text: str) -> str:
    """The text of an option, tidied as files are. Raises LocalStackError for none, and for what nobody could read."""
    try:
        tidy = made_whole(text)
    except ValueError as error:
        raise LocalStackError(f"--{option} {error}.") from error
    if not tidy or len(tidy) > LONGEST:
        raise LocalStackError(f"--{option} must have 1 to {LONGEST} characters.")
    return tidy


@app.command
def reset(*, login: Login, reactivate: bool = False) -> None:
    """Give a clerk a new temporary password when the old one was lost or has expired.

    It is printed, once. The clerk is logged out everywhere and must set an own password at the next login.

    Parameters
    ----------
    login
        What the clerk types to log in.
    reactivate
        Let a clerk who was deactivated work again.

    """
    password = in_identity(lambda work: staff.reset(work, login, reactivate=reactivate))
    say(f"The old password of {login} works no more.")
    say(f"Temporary password, shown only now: {password}")


@app.command
def deactivate(*, login: Login) -> None:
    """Let a clerk in no more, and end the clerk's sessions.

    What the clerk did stays under the clerk's name.

    Parameters
    ----------
    login
        What the clerk types to log in.

    """
    in_identity(lambda work: staff.deactivate(work, login))
    say(f"Deactivated: {login}. `ebok staff reset --login {login} --reactivate` lets the clerk in again.")
