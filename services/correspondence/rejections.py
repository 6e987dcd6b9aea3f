"""What applicants read for each frequent reason to reject them, and what they can do then.

The words are Polish, `locale/*.po` translates them; they say what was wrong and what helps. Clerks see them too, before
they choose one.
"""

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Final, Literal

from contracts.identity import RejectionReason

Way = Literal["apply_again", "log_in", "wait"]
"""Where a rejection leads: a new application with better data, the account that is there, or nowhere, as the answer to
another application is yet to come."""


@dataclass(frozen=True, slots=True)
class Rejection:
    """The words of a reason, and the way on from there; both say the same."""

    words: str
    way: Way = "apply_again"


REJECTIONS: Final[Mapping[RejectionReason, Rejection]] = {
    "nobody": Rejection(
        "Nie znaleźliśmy umowy na podane dane. Przepisz numer umowy i numer faktury z ostatniej faktury, "
        "sprawdź PESEL albo NIP i wyślij wniosek jeszcze raz."
    ),
    "account": Rejection(
        "Ten odbiorca ma już konto w serwisie. Zaloguj się na nie. Jeśli nie pamiętasz identyfikatora albo hasła, "
        "zadzwoń do nas.",
        "log_in",
    ),
    "name": Rejection(
        "Imię i nazwisko albo nazwa firmy są inne niż na umowie. Jeśli umowa jest na kogoś innego, wniosek wysyła "
        "ta osoba albo firma. Jeśli umowa jest Twoja, przepisz imię i nazwisko albo nazwę z faktury."
    ),
    "tax_id": Rejection(
        "PESEL albo NIP jest inny niż w umowie. Sprawdź numer i wyślij wniosek jeszcze raz. "
        "Jeśli numer się zmienił, zadzwoń do nas."
    ),
    "invoice_number": Rejection(
        "Podany numer nie jest numerem Twojej ostatniej faktury. Przepisz cały numer z najnowszej faktury, "
        "którą od nas masz, i wyślij wniosek jeszcze raz."
    ),
    "agreement_number": Rejection(
        "Numer umowy jest inny niż w naszych danych. Przepisz go z umowy albo z faktury i wyślij wniosek jeszcze raz."
    ),
    "twice": Rejection(
        "Mamy już Twój wniosek z tymi danymi i na niego odpowiemy. Nie trzeba wysyłać drugiego.", "wait"
    ),
}
