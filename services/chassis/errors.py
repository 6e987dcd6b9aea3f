"""The ways in which work can fail, as types."""

from contracts.reply import FieldError


class Refused(Exception):
    """A rule says no. The transaction is rolled back; the person who waits reads the texts of `errors`.

    `code` tells programs what became of the request: the first error's code, unless one name is given for several
    reasons. `keep` commits what the handler stored and emitted before it refused: a failed login must be counted.
    """

    def __init__(self, error: FieldError, *more: FieldError, code: str = "", keep: bool = False) -> None:
        self.code = code or error.code
        super().__init__(self.code)
        self.errors = (error, *more)
        self.keep = keep


class Transient(Exception):
    """Not now: something that this work needs is not there yet. It is tried again later, then parked."""


class Permanent(Exception):
    """Never: another try would fail in the same way. The message is parked at once with this reason."""


class Unavailable(Exception):
    """A service could not answer in time. Whether it did the work is unknown; the same key may be sent again."""


def told(error: BaseException) -> str:
    """The error's type and the first line of its text, for logs and for the reason of a parked message.

    The further lines of a database's error hold the values of the failing row: personal data, perhaps a password.
    """
    first, *_ = str(error).splitlines() or [""]
    return f"{type(error).__name__}: {first}" if first else type(error).__name__
