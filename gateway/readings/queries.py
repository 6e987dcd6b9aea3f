"""Meters of a customer and their readings."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal
from typing import Literal
from uuid import UUID

from gateway.read_model.queries import Query
from gateway.web.texts.figures import trimmed
from gateway.web.visitors.customer import Customer

READINGS_SHOWN = 60
"""Newest readings of a meter: five years of monthly ones."""

Coming = Literal["mailed", "listed", "perhaps", "next"]
"""What bill follows an accepted reading. In minutes one that is `mailed` too or only `listed`; or `perhaps` one, as
without use only fixed charges are billed; or none before the `next` reading, as this one opens the settlement."""

_METERS = Query("""
    SELECT m.meter_id, m.number, m.medium, m.unit, m.service_point, m.street, m.city,
           bool_and(h.until <= $1) AS ended,
           max(h.billed_from) FILTER (WHERE h.billed_from <= $1 AND h.until > $1) AS in_force_from
    FROM held_meters() h JOIN meter m USING (meter_id)
    GROUP BY m.meter_id
    ORDER BY m.medium, m.number
""")

_READINGS = Query("""
    SELECT r.meter_id, r.value, r.read_on, r.source, r.previous_value
    FROM (SELECT DISTINCT meter_id FROM held_meters()) here
    CROSS JOIN LATERAL (
        SELECT * FROM own_reading WHERE meter_id = here.meter_id ORDER BY read_on DESC LIMIT $1
    ) r
    ORDER BY r.meter_id, r.read_on DESC
""")

# Of two agreements of the customer's own that a reading stands between, the earlier one is billed.
_COMING = Query("""
    SELECT r.value, r.previous_value, h.e_invoice, r.previous_read_on >= h.billed_from AS billed
    FROM own_reading r
    JOIN held_meters() h ON h.meter_id = r.meter_id AND r.read_on >= h.billed_from AND r.read_on <= h.until
    WHERE r.reading_id = $1
    ORDER BY h.billed_from
    LIMIT 1
""")


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

    `address` is where it stands, `service_point` the code of that place. `in_force_from` is the first day of the
    agreement that is in force today, the earliest day that the customer may read the meter for; None when no agreement
    of the customer's is, and the customer has no say in the meter.
    """

    meter_id: UUID
    number: str
    medium: str
    unit: str
    address: str
    service_point: str
    readings: Sequence[Reading]
    in_force_from: date | None

    @property
    def last(self) -> Reading | None:
        """The newest reading of the customer's time; None before the first."""
        return self.readings[0] if self.readings else None

    @property
    def read_remotely(self) -> bool:
        """Whether most of its last three readings came by themselves, so that nobody need give one."""
        last = [reading.source for reading in self.readings[:3]]
        return 2 * last.count("remote") > len(last)


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
            address=f"{row['street']}, {row['city']}",
            service_point=row["service_point"],
            readings=readings.get(row["meter_id"], ()),
            in_force_from=row["in_force_from"],
        )
        for row in rows
        if row["meter_id"] in readings or not row["ended"]
    ]


async def meter(customer: Customer, number: str, today: date) -> Meter | None:
    """The customer's meter with this factory number, or None."""
    return next((meter for meter in await meters(customer, today) if meter.number == number), None)


async def coming_bill(customer: Customer, reading_id: UUID) -> Coming | None:
    """What bill follows the customer's reading, or None when the customer has no such reading."""
    row = await customer.fetch_one(_COMING, reading_id)
    if row is None:
        return None
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
