"""Meters of a customer and their readings."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from uuid import UUID

from gateway.customer import Customer
from gateway.queries.figures import trimmed

READINGS_SHOWN = 26

_METERS = """
    SELECT DISTINCT ON (m.medium, m.number)
           m.meter_id, m.number, m.medium, m.unit, m.service_point, m.street, m.city, a.number AS agreement_number
    FROM agreement a JOIN meter m ON m.service_point = a.service_point AND m.medium = a.medium
    WHERE a.party_id = ANY($1)
    ORDER BY m.medium, m.number
"""

_READINGS = """
    SELECT m.meter_id, r.reading_id, r.value, r.read_on, r.source, r.previous_value, r.previous_read_on
    FROM agreement a
    JOIN meter m ON m.service_point = a.service_point AND m.medium = a.medium
    CROSS JOIN LATERAL (
        SELECT * FROM reading WHERE reading.meter_id = m.meter_id ORDER BY read_on DESC LIMIT $2
    ) r
    WHERE a.party_id = ANY($1)
    ORDER BY m.meter_id, r.read_on DESC
"""

_INVOICE_OF_READING = """
    SELECT r.value, r.read_on, i.invoice_id, i.number
    FROM reading r
    JOIN meter m ON m.meter_id = r.meter_id
    JOIN agreement a ON a.service_point = m.service_point AND a.medium = m.medium
    LEFT JOIN invoice i ON i.reading_id = r.reading_id
    WHERE a.party_id = ANY($1) AND r.reading_id = $2
"""


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading; `value` and `consumption` in the meter's unit."""

    value: Decimal
    read_on: date
    source: str
    consumption: Decimal | None


@dataclass(frozen=True, slots=True)
class Meter:
    """A meter with its newest readings first."""

    meter_id: UUID
    number: str
    medium: str
    unit: str
    service_point: str
    readings: Sequence[Reading]

    @property
    def last(self) -> Reading | None:
        return self.readings[0] if self.readings else None


@dataclass(frozen=True, slots=True)
class AcceptedReading:
    """A reading that was just accepted, and its bill once it is there."""

    value: Decimal
    read_on: date
    invoice_number: str | None
    invoice_href: str | None


async def meters(customer: Customer) -> Sequence[Meter]:
    """All meters of the customer with their newest readings."""
    rows = await customer.fetch(_METERS)
    readings = await _readings_of(customer, READINGS_SHOWN)
    return [
        Meter(
            meter_id=row["meter_id"],
            number=row["number"],
            medium=row["medium"],
            unit=row["unit"],
            service_point=f"{row['street']}, {row['city']} ({row['service_point']})",
            readings=readings.get(row["meter_id"], ()),
        )
        for row in rows
    ]


async def meter(customer: Customer, number: str) -> Meter | None:
    """The customer's meter with this factory number, or None."""
    return next((meter for meter in await meters(customer) if meter.number == number), None)


async def accepted_reading(customer: Customer, reading_id: UUID) -> AcceptedReading | None:
    """The customer's reading with its bill, or None when the customer has no such reading."""
    row = await customer.fetch_one(_INVOICE_OF_READING, reading_id)
    if row is None:
        return None
    href = f"/bills/{row['invoice_id']}" if row["invoice_id"] else None
    return AcceptedReading(trimmed(row["value"]), row["read_on"], row["number"], href)


async def _readings_of(customer: Customer, limit: int) -> Mapping[UUID, Sequence[Reading]]:
    result: dict[UUID, list[Reading]] = defaultdict(list)
    for row in await customer.fetch(_READINGS, limit):
        previous = row["previous_value"]
        consumption = None if previous is None else trimmed(row["value"] - previous)
        result[row["meter_id"]].append(Reading(trimmed(row["value"]), row["read_on"], row["source"], consumption))
    return result
