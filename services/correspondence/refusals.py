"""Why correspondence says no to a clerk: each reason's code and its words."""

from typing import Literal

from services.chassis.refusals import Reasons

Code = Literal["not_failed", "dropped", "superseded", "expired", "forgotten"]

reasons = Reasons[Code](
    {
        "not_failed": "Tej wiadomości nie ma już wśród nieudanych. Ktoś mógł ją wysłać jeszcze raz.",
        "dropped": "Ta wiadomość jest zdjęta z listy i nie będzie wysłana. Jej treść jest usunięta.",
        "superseded": (
            "Nowsza wiadomość zastąpiła tę, która nie będzie już wysłana: to, co w niej stoi, straciło ważność."
        ),
        "expired": (
            "Hasło tymczasowe z tej wiadomości straciło ważność, więc nie będzie ona wysłana. "
            "Trzeba wydać klientowi nowe hasło."
        ),
        "forgotten": (
            "Treść tej wiadomości jest już usunięta, bo od niepowodzenia minęło {days} dni. "
            "Trzeba przygotować nową wiadomość."
        ),
    }
)
