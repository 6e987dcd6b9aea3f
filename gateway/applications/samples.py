"""Applications for an account to look at: the form in each of its states, and what clerks see of them."""

from collections.abc import Sequence
from dataclasses import replace
from uuid import UUID

from contracts.identity import Check
from gateway.applications.office import DONE, tabs
from gateway.applications.public import WRONG_DIGITS, shown_form
from gateway.applications.queries import Application, ApplicationRow, PartyFound
from gateway.applications.views import ApplicationList, OneApplication, RegistrationSent
from gateway.web.forms import Form
from gateway.web.samples import NOW
from gateway.web.site import Site
from gateway.web.view import Message, View
from gateway.web.visitors.visit import Visit

_WAITING = Application(
    id=UUID(int=7),
    number="REJ/2026/000001",
    received_at=NOW,
    state="waiting",
    email="anna@poczta.example",
    checks=(
        Check(field="name", given="Anna Przykładowa", expected="Anna Przykładowa", matches=True),
        Check(field="tax_id", given="1", expected="93111698132", matches=False),
        Check(field="email", given="anna@poczta.example", expected=None, matches=False),
    ),
    party=PartyFound("Anna Przykładowa", "100001"),
    version=1,
    decided_at=None,
    decided_by=None,
    reason=None,
)
_REJECTED = replace(
    _WAITING, state="rejected", party=None, decided_at=NOW, decided_by="Ewa Biurko", reason="PESEL jest inny."
)
_ROWS = (
    ApplicationRow("#1", "REJ/2026/000001", NOW, "Anna Przykładowa", "UC/2019/0123", "waiting", 1),
    ApplicationRow("#2", "REJ/2026/000002", NOW, "Jan Nowak", "UC/2019/0124", "accepted", 0),
    ApplicationRow("#3", "REJ/2026/000003", NOW, "Ewa Lis", "UC/2019/0125", "rejected", 2),
)


def samples(site: Site, visit: Visit) -> Sequence[View]:
    """The form empty, refused and away; what comes after it; a list of each state; one application in each state."""
    typed = Form({"name": "Anna Przykładowa", "data_processing": "yes"})
    wrong, away = typed.wrong(visit, {"human_check": WRONG_DIGITS}), replace(typed, unavailable=True)
    done = (Message("success", *map(visit.translate, said)) for said in DONE.values())
    return (
        *(shown_form(site, visit, form) for form in (Form(), wrong, away)),
        RegistrationSent("REJ/2026/000001", "anna@poczta.example", 3, 24, 4, site.profile.utility.registration_phones),
        *(ApplicationList(_ROWS, tabs(visit, "waiting"), 2, 3, "?page=", message) for message in done),
        ApplicationList((), tabs(visit, "accepted"), 1, 1, "?page=", None),
        OneApplication(_WAITING, Form()),
        OneApplication(_WAITING, Form(unavailable=True)),
        OneApplication(replace(_WAITING, state="accepted", decided_at=NOW, decided_by="Ewa Biurko"), Form()),
        OneApplication(_REJECTED, Form()),
    )
