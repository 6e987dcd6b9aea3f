"""Why billing says no to a clerk: each reason's code and its words."""

from typing import Literal

from services.chassis.refusals import Reasons

Code = Literal["not_failed"]

reasons = Reasons[Code](
    {"not_failed": "Ten dokument nie czeka na ponowienie. Ktoś mógł go już przygotować jeszcze raz."}
)
