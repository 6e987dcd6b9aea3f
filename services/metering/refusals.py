"""Why metering says no to a reading: each reason's code and its words."""

from typing import Literal

from services.chassis.refusals import Reasons

Code = Literal[
    "unknown_meter",
    "not_taken",
    "outside_window",
    "outside_window_to_month_end",
    "once_a_month",
    "precision",
    "before_installation",
    "future",
    "negative",
    "twice",
    "before_last",
    "lower",
    "beyond_register",
    "impossible",
    "unusual",
    "unusual_at_first",
]

reasons = Reasons[Code](
    {
        "unknown_meter": "Nie mamy takiego licznika. Zadzwoń do nas.",
        "not_taken": "Liczniki odczytujemy sami. Nie trzeba podawać ich stanu.",
        "outside_window": (
            "Odczyt można podać tylko od {first_day}. do {last_day}. dnia miesiąca. "
            "Data odczytu też musi być z tych dni."
        ),
        "outside_window_to_month_end": (
            "Odczyt można podać tylko od {first_day}. do ostatniego dnia miesiąca. "
            "Data odczytu też musi być z tych dni."
        ),
        "once_a_month": "W tym miesiącu odczyt już jest ({given_on:day}). Następny podaj w kolejnym miesiącu.",
        "precision": "Podaj najwyżej {decimals} cyfry po przecinku.",
        "before_installation": "Ten licznik założono {installed_on:day}. Podaj datę nie wcześniejszą.",
        "future": "Data odczytu jest w przyszłości. Podaj najpóźniej {today:day}.",
        "negative": "Stan licznika nie może być ujemny.",
        "twice": (
            "Odczyt z dnia {last_on:day} już mamy: {last:quantity}. Nie trzeba podawać go drugi raz. "
            "Jeśli jest w nim pomyłka, zadzwoń do nas."
        ),
        "before_last": (
            "Mamy już nowszy odczyt: {last:quantity} z dnia {last_on:day}. Podaj datę późniejszą niż {last_on:day}."
        ),
        "lower": (
            "Stan jest niższy niż ostatni odczyt ({last:quantity} z dnia {last_on:day}). Sprawdź cyfry i przecinek. "
            "Jeśli licznik wymieniono, trzeba to zgłosić w biurze obsługi."
        ),
        "beyond_register": "Tak wysokiego stanu licznik nie pokaże. Sprawdź cyfry i przecinek.",
        "impossible": (
            "Z tego stanu wynika zużycie {used:quantity} od dnia {last_on:day}, a tyle licznik nie może zmierzyć. "
            "Sprawdź cyfry i przecinek."
        ),
        "unusual": (
            "To dużo więcej niż zwykle: {daily:quantity} dziennie od dnia {last_on:day}"
            ", a dotąd średnio {usual:quantity} dziennie. "
            "Sprawdź cyfry i przecinek. Jeśli stan jest właśnie taki, zaznacz to i wyślij odczyt."
        ),
        "unusual_at_first": (
            "To dużo więcej niż zwykle: {daily:quantity} dziennie od dnia {last_on:day}. "
            "Sprawdź cyfry i przecinek. Jeśli stan jest właśnie taki, zaznacz to i wyślij odczyt."
        ),
    }
)
