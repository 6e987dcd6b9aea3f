"""Why identity says no: each reason's code and its words."""

from typing import Literal

from services.chassis.refusals import Reasons

Code = Literal[
    # applications
    "registration_closed",
    "already_applied",
    "name_missing",
    "tax_id_missing",
    "tax_id_not_digits",
    "tax_id_length",
    "tax_id_mistyped",
    "invoice_number_missing",
    "agreement_number_missing",
    "email_missing",
    "email_malformed",
    "too_long",
    "data_processing_not_agreed",
    "terms_not_accepted",
    # decisions
    "unknown_clerk",
    "unknown_application",
    "already_accepted",
    "already_rejected",
    "changed_meanwhile",
    "reason_missing",
    "no_party",
    "account_exists",
    "identifier_taken",
    # logins
    "wrong_credentials",
    "too_early",
    "too_many_attempts",
    "password_expired",
    "password_expired_at_office",
    # passwords
    "unknown_account",
    "old_password_missing",
    "wrong_old_password",
    "new_password_missing",
    "password_unchanged",
    "password_too_short",
    "password_too_long",
    "password_without_letter",
    "password_without_digit",
    "password_with_identifier",
    "password_of_own_names",
    "password_easy_to_guess",
    # staff
    "login_taken",
    "inactive",
    "unknown_login",
]

reasons = Reasons[Code](
    {
        "registration_closed": "Konta zakłada nasze biuro, nie ten formularz. Zadzwoń: {phones}.",
        "already_applied": (
            "Wniosek z tymi danymi już mamy i sprawdzamy. Nie wysyłaj go drugi raz. "
            "Jeśli był w nim błąd, zadzwoń: {phones}."
        ),
        "name_missing": "Wpisz imię i nazwisko, a dla firmy jej pełną nazwę.",
        "tax_id_missing": "Wpisz PESEL (osoba prywatna) albo NIP (firma).",
        "tax_id_not_digits": "PESEL i NIP składają się z samych cyfr. Sprawdź numer.",
        "tax_id_length": "PESEL ma 11 cyfr, a NIP 10. Tu jest {digits}. Sprawdź numer.",
        "tax_id_mistyped": "W tym numerze {number} jest pomyłka. Sprawdź go cyfra po cyfrze.",
        "invoice_number_missing": "Wpisz pełny numer ostatniej faktury, tak jak na fakturze.",
        "agreement_number_missing": "Wpisz pełny numer umowy, tak jak na umowie albo na fakturze.",
        "email_missing": "Wpisz adres e-mail. Wyślemy na niego odpowiedź.",
        "email_malformed": ("Ten adres e-mail jest niepełny albo ma błąd. Powinien wyglądać tak: anna.nowak@poczta.pl"),
        "too_long": "To jest za długie. Skróć do {longest} znaków.",
        "data_processing_not_agreed": "Zaznacz zgodę na przetwarzanie danych. Bez niej nie możemy założyć konta.",
        "terms_not_accepted": "Zaznacz, że akceptujesz regulamin. Bez tego nie możemy założyć konta.",
        "unknown_clerk": "Nie możesz rozpatrywać wniosków. Zaloguj się ponownie.",
        "unknown_application": "Nie ma takiego wniosku.",
        "already_accepted": "Ten wniosek jest już przyjęty: {clerk}, {decided_at:moment}.",
        "already_rejected": "Ten wniosek jest już odrzucony: {clerk}, {decided_at:moment}.",
        "changed_meanwhile": "Dane tego wniosku zmieniły się przed chwilą. Obejrzyj je jeszcze raz.",
        "reason_missing": "Wybierz gotowy powód albo napisz własny. Wnioskujący dostanie go w wiadomości e-mail.",
        "no_party": "Te dane nie pasują do żadnego odbiorcy, więc konta nie da się założyć. Odrzuć wniosek.",
        "account_exists": (
            "Ten odbiorca ma już konto (identyfikator {identifier}). Odrzuć wniosek i napisz, że konto już jest. "
            "Gdy ktoś nie pamięta hasła, nowe wydaje administrator."
        ),
        "identifier_taken": "Identyfikator {identifier} należy już do kogoś innego. Zgłoś to administratorowi.",
        "wrong_credentials": "Niestety podany identyfikator lub hasło są nieprawidłowe.",
        "too_early": "Po nieudanej próbie trzeba chwilę poczekać. Spróbuj ponownie za {wait:wait}.",
        "too_many_attempts": "Za dużo nieudanych prób. Spróbuj ponownie za {wait:wait}.",
        "password_expired": "Hasło tymczasowe straciło ważność. Zadzwoń do nas, wydamy nowe: {phones}.",
        "password_expired_at_office": "Hasło tymczasowe straciło ważność. Poproś administratora o nowe.",
        "unknown_account": "Tego konta już nie ma. Zaloguj się ponownie.",
        "old_password_missing": "Wpisz stare hasło.",
        "wrong_old_password": "To nie jest Twoje stare hasło.",
        "new_password_missing": "Wpisz nowe hasło.",
        "password_unchanged": "Nowe hasło musi być inne niż stare.",
        "password_too_short": "Hasło jest za krótkie: musi mieć co najmniej {shortest} znaków.",
        "password_too_long": "Hasło jest za długie: może mieć najwyżej {longest} znaków.",
        "password_without_letter": "Hasło musi mieć przynajmniej jedną literę.",
        "password_without_digit": "Hasło musi mieć przynajmniej jedną cyfrę.",
        "password_with_identifier": "Hasło nie może zawierać identyfikatora ani loginu.",
        "password_of_own_names": "Samo imię, nazwisko albo adres e-mail łatwo odgadnąć. Dodaj kilka innych słów.",
        "password_easy_to_guess": "Takie hasło łatwo odgadnąć. Wymyśl inne, na przykład z kilku słów.",
        "login_taken": "Login {login} jest już zajęty. Wybierz inny.",
        "inactive": "Konto {login} jest wyłączone. Żeby je włączyć, dodaj --reactivate.",
        "unknown_login": "Nie ma pracownika o loginie {login}.",
    }
)
