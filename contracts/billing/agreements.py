"""Agreements: what is supplied where, to whom and by which tariff."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar
from uuid import UUID

from pydantic import Field

from contracts.bounds import Said
from contracts.kinds import Open
from contracts.message import Event, Medium


class AgreementRecorded(Event):
    """An agreement (umowa) was entered or changed. Carries the whole state."""

    message_type: ClassVar[str] = "billing.agreement.recorded.v1"
    about: ClassVar[str] = "agreement_id"
    example: ClassVar[dict[str, Any]] = {
        "agreement_id": "0198c0de-0000-7000-8000-000000000002",
        "number": "UC/2019/0123",
        "party_id": "0198c0de-0000-7000-8000-000000000001",
        "medium": "heat",
        "service_point": "PP-000123",
        "tariff": "ekoterm",
        "tariff_group": "A1",
        "capacity_mw": "0.012",
        "signed_on": "2019-03-01",
        "billed_from": "2024-10-31",
        "e_invoice": True,
        "version": 1,
    }

    agreement_id: UUID = Field(description="The agreement.")
    number: Said = Field(description="As people know it, such as UC/2019/0123.")
    party_id: UUID = Field(description="The party (odbiorca), as `billing.party.recorded` tells it.")
    medium: Open[Medium] = Field(description="What is supplied; `water` includes sewage.")
    service_point: Said = Field(description="Code of the service point (punkt poboru) that the agreement supplies.")
    tariff: str = Field(description="Code of the tariff that invoices are reckoned by.")
    tariff_group: str = Field(description="Group of the tariff (grupa taryfowa).")
    capacity_mw: Decimal | None = Field(default=None, description="Contracted heat capacity (moc zamówiona) in MW.")
    signed_on: date = Field(description="Local date.")
    billed_from: date = Field(description="Readings after this local date are settled; the one on it opens.")
    e_invoice: bool = Field(description="Whether invoices go as PDF; else on paper.")
