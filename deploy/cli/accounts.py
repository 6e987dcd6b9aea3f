"""`ebok account`: the customers' accounts. What it prints is Polish: the office's own people run it."""

import time

import cyclopts

from deploy.cli.identity import in_identity, password_from_input
from deploy.local.errors import LocalStackError
from services.identity import accounts

app = cyclopts.App(name="account")


@app.command(name="open")
def open_(*, party: str, must_change: bool = True, wait: int = 0) -> None:
    """Open an account without an application. Reads its password from the first line of standard input.

    Parameters
    ----------
    party
        Payer code of the party; it is the identifier, too.
    must_change
        Ask for another password at the first login.
    wait
        Seconds to wait for the party, which reaches identity a moment after it was imported into billing.

    """
    password = password_from_input(party)
    deadline = time.monotonic() + wait
    while True:
        try:
            opened = in_identity(lambda work: accounts.open_for(work, party, password, must_change=must_change))
        except LookupError as error:
            if time.monotonic() >= deadline:
                raise LocalStackError(str(error)) from error
            time.sleep(0.5)
        else:
            print(f"Konto {party} {'jest gotowe' if opened else 'było już wcześniej; nic się nie zmieniło'}.")
            return


@app.command
def reset(*, party: str) -> None:
    """Issue a new temporary password when the old one was lost or has expired. It is sent by e-mail, not shown.

    First make sure who asks. The customer is logged out everywhere and must set an own password at the next login.

    Parameters
    ----------
    party
        Payer code of the party.

    """
    try:
        email = in_identity(lambda work: accounts.reset(work, party))
    except LookupError as error:
        raise LocalStackError(str(error)) from error
    print(f"Nowe hasło tymczasowe wysyłamy na adres {email}. Stare już nie działa.")
