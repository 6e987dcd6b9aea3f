"""The forms of logging in and of the password to look at, in each of their states."""

from collections.abc import Sequence
from dataclasses import replace

from gateway.accounts import passwords
from gateway.accounts.public import LOGGED_OUT, PASSWORD_CHANGED, login, office_login
from gateway.accounts.views import Attempt, Login, OfficeLogin
from gateway.web.forms import Form
from gateway.web.site import Site
from gateway.web.view import View
from gateway.web.visitors.visit import Visit


def samples(site: Site, visit: Visit) -> Sequence[View]:
    """Both logins, and for whoever is logged in the password form."""
    typed = Form({"identifier": "100001", "next": "/bills"})
    wrong, away = replace(typed, code="wrong_credentials"), replace(typed, unavailable=True)
    wait = Attempt("100001", "", wrong=True, wait_seconds=5, notice="")
    phones = site.profile.utility.registration_phones
    shown: list[View] = [
        *(login(site, visit, typed, notice) for notice in ("", LOGGED_OUT, PASSWORD_CHANGED)),
        *(office_login(site, visit, typed, notice) for notice in ("", LOGGED_OUT, PASSWORD_CHANGED)),
        *(login(site, visit, form) for form in (wrong, away)),
        *(office_login(site, visit, form) for form in (wrong, away)),
        Login(wait, registration_open=False, phones=phones),
        OfficeLogin(wait),
    ]
    who = visit.customer or visit.clerk
    if who:
        forms = (
            Form(),
            Form().wrong(visit, {"new_password_again": passwords.TYPED_DIFFERENTLY}),
            Form(unavailable=True),
        )
        plain = [passwords.shown_form(site, visit, who, form) for form in forms]
        shown += [*plain, *(replace(form, forced=True) for form in plain)]
    return shown
