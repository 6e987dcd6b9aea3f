"""Meters of a customer and their readings."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

import asyncpg

from gateway.web.customer import Customer
from gateway.web.figures import trimmed

READINGS_SHOWN = 26

Coming = Literal["mailed", "listed", "perhaps", "next"]

# What the customer holds or held where. Agreements follow each other at a service point: the reading of the day on
# which the next one begins closes this one and opens that one, so it is shown to both.
_HELD = """
    held AS (
        SELECT a.party_id, a.service_point, a.medium, a.billed_from, a.e_invoice,
               (SELECT min(later.billed_from) FROM agreement later
                WHERE later.service_point = a.service_point AND later.medium = a.medium
                      AND later.billed_from > a.billed_from) AS until
        FROM agreement a
        WHERE a.party_id = ANY($1)
    )
"""

_METERS = f"""
    WITH {_HELD}
    SELECT m.meter_id, m.number, m.medium, m.unit, m.service_point, m.street, m.city,
           bool_and(h.until IS NOT NULL AND h.until <= $2) AS ended,
           max(h.billed_from) FILTER (WHERE h.billed_from <= $2 AND (h.until IS NULL OR h.until > $2)) AS in_force_from
    FROM held h JOIN meter m ON m.service_point = h.service_point AND m.medium = h.medium
    GROUP BY m.meter_id
    ORDER BY m.medium, m.number
"""  # noqa: S608 (constants)

# The use before an agreement's first day is the earlier party's affair, though the register of that day is shown.
_READINGS = f"""
    WITH {_HELD}, here AS (
        SELECT DISTINCT m.meter_id, m.service_point, m.medium
        FROM held h JOIN meter m ON m.service_point = h.service_point AND m.medium = h.medium
    )
    SELECT here.meter_id, r.value, r.read_on, r.source, CASE WHEN r.own_use THEN r.previous_value END AS previous_value
    FROM here
    CROSS JOIN LATERAL (
        SELECT reading.value, reading.read_on, reading.source, reading.previous_value, own.use AS own_use
        FROM reading
        CROSS JOIN LATERAL (
            SELECT bool_or(reading.previous_read_on >= h.billed_from) AS use
            FROM held h
            WHERE h.service_point = here.service_point AND h.medium = here.medium
                  AND reading.read_on >= h.billed_from AND (h.until IS NULL OR reading.read_on <= h.until)
            HAVING count(*) > 0
        ) own
        WHERE reading.meter_id = here.meter_id
        ORDER BY reading.read_on DESC
        LIMIT $2
    ) r
    ORDER BY here.meter_id, r.read_on DESC
"""  # noqa: S608 (constants)

# Of two agreements of the customer's own that a reading stands between, the earlier one is billed.
_ACCEPTED = f"""
    WITH {_HELD}
    SELECT r.value, r.read_on, r.previous_value, h.e_invoice, i.invoice_id, i.number,
           r.previous_read_on >= h.billed_from AS billed
    FROM held h
    JOIN meter m ON m.service_point = h.service_point AND m.medium = h.medium
    JOIN reading r
         ON r.meter_id = m.meter_id AND r.read_on >= h.billed_from AND (h.until IS NULL OR r.read_on <= h.until)
    LEFT JOIN invoice i ON i.reading_id = r.reading_id AND i.party_id = h.party_id AND i.number IS NOT NULL
    WHERE r.reading_id = $2
    ORDER BY h.billed_from
    LIMIT 1
"""  # noqa: S608 (constants)


@dataclass(frozen=True, slots=True)
class Reading:
    """A reading; `value` and `consumption` in the meter's unit."""

    value: Decimal
    read_on: date
    source: str
    consumption: Decimal | None


@dataclass(frozen=True, slots=True)
class Meter:
    """A meter with the customer's own readings, the newest first.

    `in_force_from` is the first day of the agreement that is in force today, the earliest day that the customer may
    read the meter for; None when no agreement of the customer's is, and the customer has no say in the meter.
    """

    meter_id: UUID
    number: str
    medium: str
    unit: str
    service_point: str
    readings: Sequence[Reading]
    in_force_from: date | None

    @property
    def last(self) -> Reading | None:
        return self.readings[0] if self.readings else None


@dataclass(frozen=True, slots=True)
class AcceptedReading:
    """A reading that was just accepted, and its bill once it is there.

    `coming` tells what to expect until then. In minutes a bill that is `mailed` too or only `listed`; or `perhaps` one,
    as without use only fixed charges are billed; or none before the `next` reading, as this one opens the settlement.
    """

    value: Decimal
    read_on: date
    invoice_number: str | None
    invoice_href: str | None
    coming: Coming


async def meters(customer: Customer, today: date) -> Sequence[Meter]:
    """The meters that the customer's agreements supply or supplied, with the newest readings of the customer's time."""
    rows = await customer.fetch(_METERS, today)
    readings = await _readings_of(customer, READINGS_SHOWN)
    return [
        Meter(
            meter_id=row["meter_id"],
            number=row["number"],
            medium=row["medium"],
            unit=row["unit"],
            service_point=f"{row['street']}, {row['city']} ({row['service_point']})",
            readings=readings.get(row["meter_id"], ()),
            in_force_from=row["in_force_from"],
        )
        for row in rows
        if row["meter_id"] in readings or not row["ended"]
    ]


async def meter(customer: Customer, number: str, today: date) -> Meter | None:
    """The customer's meter with this factory number, or None."""
    return next((meter for meter in await meters(customer, today) if meter.number == number), None)


async def accepted_reading(customer: Customer, reading_id: UUID) -> AcceptedReading | None:
    """The customer's reading with its bill, or None when the customer has no such reading."""
    row = await customer.fetch_one(_ACCEPTED, reading_id)
    if row is None:
        return None
    href = f"/bills/{row['invoice_id']}" if row["invoice_id"] else None
    return AcceptedReading(trimmed(row["value"]), row["read_on"], row["number"], href, _coming(row))


def _coming(row: asyncpg.Record) -> Coming:
    if not row["billed"]:
        return "next"
    if row["value"] == row["previous_value"]:
        return "perhaps"
    return "mailed" if row["e_invoice"] else "listed"


async def _readings_of(customer: Customer, limit: int) -> Mapping[UUID, Sequence[Reading]]:
    result: dict[UUID, list[Reading]] = defaultdict(list)
    for row in await customer.fetch(_READINGS, limit):
        previous = row["previous_value"]
        consumption = None if previous is None else trimmed(row["value"] - previous)
        result[row["meter_id"]].append(Reading(trimmed(row["value"]), row["read_on"], row["source"], consumption))
    return result
