"""Reasons why applications are rejected often, so that a clerk chooses one instead of writing it each time.

The applicant reads each in the e-mail, in the applicant's language: the words are correspondence's. Clerks choose by
what a reason is called in their own language.
"""

from collections.abc import Mapping
from typing import Final

from contracts.identity import RejectionReason
from gateway.applications.queries import Application
from gateway.web.texts.languages import N_
from services.correspondence.rejections import REJECTIONS

LABELS: Final[Mapping[RejectionReason, str]] = {
    "nobody": N_("Nie znaleziono odbiorcy"),
    "account": N_("Konto już jest"),
    "name": N_("Inna osoba albo firma"),
    "tax_id": N_("Inny PESEL albo NIP"),
    "invoice_number": N_("Inny numer faktury"),
    "agreement_number": N_("Inny numer umowy"),
    "twice": N_("Drugi taki sam wniosek"),
}
"""What clerks call each reason, in the order in which it is offered."""


def suggested(application: Application) -> RejectionReason | None:
    """The reason that is plain from the data alone; None where a clerk must judge.

    That there is an account is told to nobody whose data are not all the party's.
    """
    if application.fit == "nobody":
        return "nobody"
    return "account" if application.fit == "account" and not application.mismatches else None


def chosen(code: str) -> RejectionReason | None:
    """The reason that a form sends as `code`; None for the empty one. Raises KeyError for one that is none of ours."""
    if not code:
        return None
    for reason in LABELS:
        if reason == code:
            return reason
    raise KeyError(code)


def in_polish(reason: RejectionReason | None, own_words: str) -> str:
    """What the applicant is told, for who knows no codes: the ready reason, then the clerk's own words."""
    words = REJECTIONS[reason].words if reason else ""
    return " ".join(part for part in (words, own_words) if part)
