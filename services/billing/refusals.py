"""Why billing says no: each reason's code and its words."""

from typing import Literal

from services.chassis.refusals import Reasons

Code = Literal["not_failed", "no_estimate"]

reasons = Reasons[Code](
    {
        "not_failed": "Ten dokument nie czeka na ponowienie. Ktoś mógł go już przygotować jeszcze raz.",
        "no_estimate": "Nie da się teraz obliczyć, ile wyniesie rachunek.",
    }
)
