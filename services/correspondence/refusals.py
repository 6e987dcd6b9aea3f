"""Why correspondence says no to a clerk: each reason's code and its words."""

from typing import Literal

from services.chassis.refusals import Reasons

Code = Literal["not_failed", "forgotten"]

reasons = Reasons[Code](
    {
        "not_failed": "Ta wiadomość nie czeka na ponowienie. Ktoś mógł ją już wysłać jeszcze raz.",
        "forgotten": (
            "Treść tej wiadomości jest już usunięta, bo od niepowodzenia minęło {days} dni. "
            "Trzeba przygotować nową wiadomość."
        ),
    }
)
