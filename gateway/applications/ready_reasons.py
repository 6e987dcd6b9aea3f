"""Reasons why applications are rejected often, so that a clerk chooses one instead of writing it each time.

The applicant reads them in the e-mail: each says what was wrong and what to do now. They are Polish, as the e-mail is;
what the clerk chooses by is in the clerk's language.
"""

from dataclasses import dataclass
from typing import Final

from gateway.applications.queries import Application
from gateway.web.texts.languages import N_


@dataclass(frozen=True, slots=True)
class ReadyReason:
    """A frequent reason: `label` is what clerks choose by, `text` what the applicant is told."""

    code: str
    label: str
    text: str


READY_REASONS: Final = (
    ReadyReason(
        "nobody",
        N_("Nie znaleziono odbiorcy"),
        "Nie znaleźliśmy umowy na podane dane. Przepisz numer umowy i numer faktury z ostatniej faktury, "
        "sprawdź PESEL albo NIP i wyślij wniosek jeszcze raz.",
    ),
    ReadyReason(
        "account",
        N_("Konto już jest"),
        "Ten odbiorca ma już konto w serwisie. Zaloguj się na nie. Jeśli nie pamiętasz identyfikatora albo hasła, "
        "zadzwoń do nas.",
    ),
    ReadyReason(
        "name",
        N_("Inna osoba albo firma"),
        "Imię i nazwisko albo nazwa firmy są inne niż na umowie. Wniosek składa ten, z kim mamy umowę. "
        "Wyślij go jeszcze raz z danymi, które są na fakturze.",
    ),
    ReadyReason(
        "tax_id",
        N_("Inny PESEL albo NIP"),
        "PESEL albo NIP jest inny niż w umowie. Sprawdź numer i wyślij wniosek jeszcze raz. "
        "Jeśli numer się zmienił, zadzwoń do nas.",
    ),
    ReadyReason(
        "invoice_number",
        N_("Inny numer faktury"),
        "Podany numer nie jest numerem Twojej ostatniej faktury. Przepisz cały numer z najnowszej faktury, "
        "którą od nas masz, i wyślij wniosek jeszcze raz.",
    ),
    ReadyReason(
        "agreement_number",
        N_("Inny numer umowy"),
        "Numer umowy jest inny niż w naszych danych. Przepisz go z umowy albo z faktury i wyślij wniosek jeszcze raz.",
    ),
    ReadyReason(
        "twice",
        N_("Drugi taki sam wniosek"),
        "Mamy już Twój wniosek z tymi danymi i na niego odpowiemy. Nie trzeba wysyłać drugiego.",
    ),
)


def suggested(application: Application) -> str:
    """The code of the reason that is plain from the data alone; empty where a clerk must judge.

    That there is an account is told to nobody whose data are not all the party's.
    """
    if application.fit == "nobody":
        return "nobody"
    return "account" if application.fit == "account" and not application.mismatches else ""


def written(code: str, own_words: str) -> str:
    """What the applicant is told: the ready reason, then the clerk's own words, either of which may be missing.

    Raises `KeyError` for a code that is none of ours.
    """
    text = {reason.code: reason.text for reason in READY_REASONS}[code] if code else ""
    return " ".join(part for part in (text, own_words) if part)
