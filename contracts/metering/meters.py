"""Meters."""

from datetime import date
from typing import Any, ClassVar
from uuid import UUID

from pydantic import Field

from contracts.bounds import Said
from contracts.kinds import Open
from contracts.message import Address, Event, Medium, Unit


class MeterRecorded(Event):
    """A meter was entered or changed. Carries the whole state."""

    message_type: ClassVar[str] = "metering.meter.recorded.v1"
    about: ClassVar[str] = "meter_id"
    example: ClassVar[dict[str, Any]] = {
        "meter_id": "0198c0de-0000-7000-8000-000000000006",
        "number": "660",
        "service_point": "PP-000123",
        "medium": "heat",
        "unit": "GJ",
        "address": {"street": "Płocka 30/32", "postal_code": "87-800", "city": "Włocławek"},
        "installed_on": "2023-05-01",
        "legalized_until": "2028-12-31",
        "version": 1,
    }

    meter_id: UUID = Field(description="The meter.")
    number: Said = Field(description="Factory number.")
    service_point: Said = Field(description="Code of the service point (punkt poboru).")
    medium: Open[Medium] = Field(description="What is supplied; `water` includes sewage.")
    unit: Unit = Field(description="Unit of its register.")
    address: Address = Field(description="Where it stands.")
    installed_on: date = Field(description="Local date.")
    legalized_until: date | None = Field(default=None, description="Last local day of its verification (legalizacja).")
