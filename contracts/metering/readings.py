"""Readings of meters."""

from datetime import date
from decimal import Decimal
from typing import Any, ClassVar, Literal
from uuid import UUID

from pydantic import Field

from contracts.bounds import Said
from contracts.kinds import Open
from contracts.message import Event, Medium, Request, Unit

ReadingSource = Literal["actual", "customer", "remote", "estimated"]
"""Who took a reading: the utility's reader, the customer, the head-end, or nobody (an estimate).

Open: whoever took it, the value is the register's state to settle. What must not be settled is not a reading.
"""


class ReadingAccepted(Event):
    """A register value was accepted as a reading. `version` is its place among the meter's readings."""

    message_type: ClassVar[str] = "metering.reading.accepted.v1"
    about: ClassVar[str] = "meter_id"
    example: ClassVar[dict[str, Any]] = {
        "reading_id": "0198c0de-0000-7000-8000-000000000005",
        "meter_id": "0198c0de-0000-7000-8000-000000000006",
        "meter_number": "660",
        "service_point": "PP-000123",
        "medium": "heat",
        "unit": "GJ",
        "value": "205.101",
        "read_on": "2026-11-22",
        "source": "customer",
        "previous_value": "201.001",
        "previous_read_on": "2026-10-31",
        "submitted": True,
        "version": 26,
    }

    reading_id: UUID = Field(description="The reading.")
    meter_id: UUID = Field(description="The meter, as `metering.meter.recorded` tells it.")
    meter_number: Said = Field(description="Factory number.")
    service_point: str = Field(description="Code of the service point (punkt poboru).")
    medium: Open[Medium] = Field(description="What is supplied; `water` includes sewage.")
    unit: Unit = Field(description="Unit of the register.")
    value: Decimal = Field(description="Cumulative register in `unit`.")
    read_on: date = Field(description="Local date.")
    source: Open[ReadingSource] = Field(description="Who took it.")
    previous_value: Decimal | None = Field(default=None, description="None for a meter's first reading.")
    previous_read_on: date | None = Field(default=None, description="Local date; None for a meter's first reading.")
    submitted: bool = Field(
        default=False, description="Whether a customer has just given it in the office; else the utility brought it."
    )


class CheckReading(Request):
    """Would this reading be accepted from a customer? Refused as `metering.reading.submit` is; it stores nothing.

    It is a request of its own: a field of `metering.reading.submit` would be unknown to a metering of an earlier
    release, which would store what was only to be looked at.
    """

    message_type: ClassVar[str] = "metering.reading.check.v1"
    example: ClassVar[dict[str, Any]] = {
        "meter_id": "0198c0de-0000-7000-8000-000000000006",
        "value": "205.101",
        "read_on": "2026-11-22",
        "unusual_confirmed": False,
    }

    meter_id: UUID = Field(description="The meter, as `metering.meter.recorded` tells it.")
    value: Decimal = Field(description="Cumulative register in the meter's unit.")
    read_on: date = Field(description="Local date.")
    unusual_confirmed: bool = Field(
        default=False, description="Whether the value may be unusual; the customer is asked back about one that is."
    )


class SubmitReading(Request):
    """A customer gives the state of a meter (podanie stanu)."""

    message_type: ClassVar[str] = "metering.reading.submit.v1"
    causes: ClassVar[tuple[type[Event], ...]] = (ReadingAccepted,)
    example: ClassVar[dict[str, Any]] = {
        "meter_id": "0198c0de-0000-7000-8000-000000000006",
        "value": "205.101",
        "read_on": "2026-11-22",
        "unusual_confirmed": False,
    }

    meter_id: UUID = Field(description="The meter, as `metering.meter.recorded` tells it.")
    value: Decimal = Field(description="Cumulative register in the meter's unit.")
    read_on: date = Field(description="Local date.")
    unusual_confirmed: bool = Field(
        default=False, description="The customer has seen that the value is unusual and stands by it."
    )
