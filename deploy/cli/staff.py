"""`ebok staff`: the clerks' accounts. What it prints is Polish: the office's own people run it."""

import cyclopts

from deploy.cli.identity import in_identity, password_from_input
from services.identity import staff
from services.identity.staff import Role

app = cyclopts.App(name="staff")


@app.command
def add(
    *,
    login: str,
    name: str,
    role: tuple[Role, ...] = ("clerk",),
    password_stdin: bool = False,
    must_change: bool = True,
) -> None:
    """Let a clerk work in the office. Prints a temporary password, once, unless one is given.

    Parameters
    ----------
    login
        What the clerk will type to log in.
    name
        First name and surname, as other clerks and the log show it.
    role
        What the clerk may do; may be given several times.
    password_stdin
        Read the password from the first line of standard input instead of making one.
    must_change
        Ask for another password at the first login; one that was made here is always asked to be changed.

    """
    password = password_from_input(login) if password_stdin else None
    hired = in_identity(
        lambda work: staff.add(work, login=login, name=name, roles=role, password=password, must_change=must_change)
    )
    print(f"Dodano: {name} (login {login}).")
    if hired.temporary_password is not None:
        print(f"Hasło tymczasowe, pokazane tylko teraz: {hired.temporary_password}")


@app.command
def reset(*, login: str, reactivate: bool = False) -> None:
    """Issue a new temporary password when the old one was lost or has expired. Prints it, once.

    The clerk is logged out everywhere and must set an own password at the next login.

    Parameters
    ----------
    login
        What the clerk types to log in.
    reactivate
        Let a clerk who was deactivated work again.

    """
    password = in_identity(lambda work: staff.reset(work, login, reactivate=reactivate))
    print(f"Stare hasło (login {login}) już nie działa.")
    print(f"Hasło tymczasowe, pokazane tylko teraz: {password}")


@app.command
def deactivate(*, login: str) -> None:
    """Let a clerk in no more, and end the clerk's sessions. What the clerk did stays under the clerk's name.

    Parameters
    ----------
    login
        What the clerk types to log in.

    """
    in_identity(lambda work: staff.deactivate(work, login))
    print(f"Wyłączono: login {login}. Włączyć można przez `ebok staff reset --reactivate`.")
