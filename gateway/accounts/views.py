"""What the pages of logging in and of the password show."""

from collections.abc import Sequence
from dataclasses import dataclass

from gateway.web.forms import Form
from gateway.web.view import View


@dataclass(frozen=True, slots=True)
class Attempt:
    """The login form at either door.

    The fields of `form` are identifier and password. A refusal does not tell which of the two was wrong; then
    `wait_seconds` is how long to wait, 0 for no wait. `next` is where to go afterwards, or empty.
    """

    form: Form
    next: str
    wait_seconds: int


@dataclass(frozen=True)
class Login(View):
    """The customers' login (W05); `phones` help where the password is forgotten (W07)."""

    template = "accounts/login.html"

    attempt: Attempt
    registration_open: bool
    phones: Sequence[str]


@dataclass(frozen=True)
class OfficeLogin(View):
    """The clerks' login."""

    template = "accounts/office_login.html"

    attempt: Attempt


@dataclass(frozen=True)
class PasswordForm(View):
    """Changing the password, at both doors (W06, W09): fields old_password, new_password, new_password_again.

    `action` is where the form goes. `forced` after the first login: the temporary password must be changed. `asks_old`:
    the old password must be typed. `policy` says in sentences what the new password must have; `identifier` is for
    password managers.
    """

    template = "accounts/change_password.html"

    action: str
    form: Form
    forced: bool
    asks_old: bool
    policy: Sequence[str]
    identifier: str
