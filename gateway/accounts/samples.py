"""The forms of logging in and of the password to look at, in each of their states."""

from collections.abc import Sequence
from dataclasses import replace

from contracts.reply import Rejected
from gateway.accounts import passwords
from gateway.accounts.public import NO_IDENTIFIER, NO_PASSWORD, login, office_login
from gateway.accounts.views import Attempt, Login
from gateway.web.forms import Form
from gateway.web.site import Site
from gateway.web.view import View
from gateway.web.visitors.visit import Visit
from services.identity.refusals import reasons as identity


def samples(site: Site, visit: Visit) -> Sequence[View]:
    """Both logins, and for whoever is logged in the password form."""
    typed = Form({"identifier": "100001", "next": "/bills"})
    refused = Rejected(code="wrong_credentials", errors=(identity.error("wrong_credentials"),))
    looked_at = Form({"identifier": "100001", "password": "kora-7-bryza-sowa", "look": "yes"})
    forms = (
        typed,
        typed.refused(refused, "identity", visit.lang, {}),
        Form().wrong(visit, {"identifier": NO_IDENTIFIER, "password": NO_PASSWORD}),
        replace(typed, unavailable=True),
        looked_at,
    )
    phones = site.profile.utility.registration_phones
    waits = Attempt(forms[1], "", wait_seconds=5)
    shown: list[View] = [
        *(login(site, form) for form in forms),
        *(office_login(site, visit, form) for form in forms),
        Login(waits, registration_open=False, phones=phones),
    ]
    who = visit.customer or visit.clerk
    if who:
        typed_new = {"new_password": "trzy ciche wróble", "look": "yes"}
        changes = (
            Form(),
            Form().wrong(visit, {"new_password_again": passwords.TYPED_DIFFERENTLY}),
            Form(unavailable=True),
            Form(typed_new),
        )
        plain = [passwords.shown_form(site, visit, who, form) for form in changes]
        shown += [
            *plain,
            *(replace(form, forced=True) for form in plain),
            replace(plain[0], forced=True, asks_old=False),
        ]
    return shown
