"""`ebok account`: the customers' accounts."""

import time
from typing import Annotated

import cyclopts
from cyclopts import Parameter

from deploy.cli.identity import Lasting, in_identity, password_from_input
from deploy.cli.terminal import say
from deploy.local.errors import LocalStackError
from services.identity import accounts

app = cyclopts.App(name="account", help="Look after the customers' accounts.")

PayerCode = Annotated[str, Parameter(metavar="CODE")]
Seconds = Annotated[int, Parameter(metavar="SECONDS")]


@app.command(name="open")
def open_(*, party: PayerCode, lasting: Lasting = False, wait: Seconds = 0) -> None:
    """Open an account without an application.

    Its password is read from the first line of standard input.

    Parameters
    ----------
    party
        Payer code of the party; it is the identifier, too.
    lasting
        Ask for no other password at the first login.
    wait
        Seconds to wait for the party, which reaches identity a moment after it was imported into billing.

    """
    password = password_from_input(party)
    deadline = time.monotonic() + wait
    while True:
        try:
            opened = in_identity(lambda work: accounts.open_for(work, party, password, must_change=not lasting))
        except LookupError as error:
            if time.monotonic() >= deadline:
                raise LocalStackError(str(error)) from error
            time.sleep(0.5)
        else:
            say(f"The account {party} {'is ready' if opened else 'was there already; nothing has changed'}.")
            return


@app.command
def reset(*, party: PayerCode) -> None:
    """Mail a customer a new temporary password when the old one was lost or has expired.

    It is not shown. First make sure who asks. The customer is logged out everywhere and must set an own password at the
    next login.

    Parameters
    ----------
    party
        Payer code of the party.

    """
    try:
        email = in_identity(lambda work: accounts.reset(work, party))
    except LookupError as error:
        raise LocalStackError(str(error)) from error
    say(f"A new temporary password goes to {email}. The old one works no more.")
