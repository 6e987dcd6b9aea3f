"""Applications for an account to look at: the form in each of its states, and what clerks see of them."""

from collections.abc import Sequence
from dataclasses import replace
from functools import partial
from uuid import UUID

from contracts.identity import Check
from gateway.applications.human_check import HumanCheck
from gateway.applications.office import (
    NO_SUCH_REASON,
    NOT_IN_SPITE,
    Listed,
    fits,
    one_application,
    orders,
    tabs,
)
from gateway.applications.public import DIGITS, shown_form
from gateway.applications.queries import Application, ApplicationRow, Counts, Look, PartyFound
from gateway.applications.ready_reasons import suggested
from gateway.applications.views import ApplicationList, RegistrationSent
from gateway.web.forms import TOO_LONG, Form
from gateway.web.samples import NOW
from gateway.web.site import Site
from gateway.web.view import View
from gateway.web.visitors.visit import Visit

_WAITING = Application(
    id=UUID(int=7),
    number="REJ/2026/000001",
    received_at=NOW,
    name="Anna Przykładowa",
    state="waiting",
    email="anna@poczta.example",
    checks=(
        Check(field="name", given="Anna Przykładowa", expected="Anna Przykładowa", matches=True),
        Check(field="tax_id", given="1", expected="93111698132", matches=False),
        Check(field="email", given="anna@poczta.example", expected=None, matches=False),
    ),
    fit="differs",
    mismatches=1,
    party=PartyFound("Anna Przykładowa", "100001", ("ul. Lipowa 6", "99-950 Wierzbogród"), "99 200 00 01"),
    version=1,
    decided_at=None,
    decided_by=None,
    reason=None,
    reason_code=None,
    own_words=None,
    next_id=UUID(int=8),
    look=None,
)
_AGREES = replace(_WAITING, checks=_WAITING.checks[:1], fit="agrees", mismatches=0, next_id=None)
_ACCOUNT = replace(
    _WAITING,
    checks=(
        *_WAITING.checks[:1],
        Check(field="account", given="nowe konto", expected="100001", matches=False),
    ),
    fit="account",
    mismatches=0,
)
_NOBODY = replace(
    _WAITING,
    checks=tuple(check.model_copy(update={"expected": None, "matches": False}) for check in _WAITING.checks),
    fit="nobody",
    mismatches=0,
    party=None,
)
_ACCEPTED = replace(_WAITING, state="accepted", decided_at=NOW, decided_by="Ewa Biurko")
_REJECTED = replace(_NOBODY, state="rejected", decided_at=NOW, decided_by="Ewa Biurko", reason="PESEL jest inny.")
_REJECTED_AS_TWICE = replace(_REJECTED, reason="…", reason_code="twice", own_words="Pierwszy wysłano wczoraj.")
_ROW = ApplicationRow(
    UUID(int=1), "REJ/2026/000001", NOW, "Anna Przykładowa", "UC/2019/0123", "waiting", "differs", 1, None, None, None
)
ROWS = (
    replace(_ROW, look=Look("Ewa Biurko", 2)),
    replace(_ROW, id=UUID(int=2), number="REJ/2026/000002", name="Jan Nowak", fit="agrees", mismatches=0),
    replace(
        _ROW,
        id=UUID(int=3),
        number="REJ/2026/000003",
        name="Ewa Lis",
        fit="nobody",
        mismatches=0,
        look=Look("Jan Okienko", 0),
    ),
    replace(_ROW, id=UUID(int=4), number="REJ/2026/000004", name="Adam Żuk", fit="account", mismatches=2),
)
_COUNTS = Counts(
    {"waiting": 43, "accepted": 0, "rejected": 1}, {"agrees": 30, "differs": 1, "nobody": 11, "account": 1}
)


def _list(visit: Visit, listed: Listed, rows: Sequence[ApplicationRow]) -> ApplicationList:
    waiting = listed.state == "waiting"
    return ApplicationList(
        applications=rows,
        waiting=waiting,
        tabs=tabs(visit, listed, _COUNTS),
        fits=fits(visit, listed, _COUNTS) if waiting else (),
        orders=orders(visit, listed),
        oldest_first=listed.shown_order == "oldest",
        page=2 if rows else 1,
        pages=3 if rows else 1,
        base=listed.pages_href,
    )


def samples(site: Site, visit: Visit) -> Sequence[View]:
    """The form empty, refused and away; what comes after it; lists; one application in each state."""
    typed = Form({"name": "Anna Przykładowa", "data_processing": "yes"})
    said = (DIGITS[answer] for answer in ("missing", "wrong", "over"))
    away, wrong = replace(typed, unavailable=True), [typed.wrong(visit, {"human_check": text}) for text in said]
    solved = shown_form(site, visit, typed.wrong(visit, {"terms": TOO_LONG}), HumanCheck("passed"))
    no_tick = Form().wrong(visit, {"in_spite": NOT_IN_SPITE})
    no_reason = Form({"reason": "Nie."}).wrong(visit, {"ready_reason": NO_SUCH_REASON})
    one = partial(one_application, visit)
    shown = (
        one(replace(_WAITING, look=Look("Ewa Biurko", 2)), Form()),
        *(one(_WAITING, form) for form in (Form(unavailable=True), no_tick, no_reason)),
        *(
            one(each, Form({"ready_reason": suggested(each) or ""}))
            for each in (_AGREES, _ACCOUNT, _NOBODY, _ACCEPTED, _REJECTED, _REJECTED_AS_TWICE)
        ),
    )
    return (
        *(shown_form(site, visit, form) for form in (Form(), *wrong, away)),
        solved,
        RegistrationSent("REJ/2026/000001", "anna@poczta.example", 3, 24, 4, site.profile.utility.registration_phones),
        _list(visit, Listed(), ROWS),
        _list(visit, Listed(fit="nobody", order="newest"), ROWS[2:3]),
        _list(visit, Listed("rejected"), [replace(_ROW, state="rejected", decided_at=NOW, decided_by="Jan")]),
        _list(visit, Listed("accepted"), ()),
        *shown,
    )
