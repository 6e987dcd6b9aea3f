"""Files that metering loads: meters, readings, and the hourly registers of remotely read heat meters."""

from collections.abc import Container, Mapping, Sequence
from dataclasses import replace
from datetime import MAXYEAR, date
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import Field, ValidationInfo, field_validator

from contracts.message import Medium, Unit
from contracts.metering import ReadingSource
from services.chassis.imports.importing import EARLIEST, Importer, Numbered, Options, Outcome, RowProblem, not_supplied
from services.chassis.imports.row_models import FileRow, Identifier, PostalCode
from services.chassis.storage.unit_of_work import UnitOfWork
from services.metering import hourly, intake, meters, readings
from services.metering.intake import Candidate
from services.metering.meters import UNIT_OF, Meter


class MeterRow(FileRow):
    """A row of a file of meters."""

    number: Identifier
    service_point: Identifier
    medium: Medium
    unit: Unit
    street: str
    postal_code: PostalCode
    city: str
    installed_on: date
    legalized_until: date | None = None

    @field_validator("unit")
    @classmethod
    def _unit_of_the_medium(cls, unit: Unit, info: ValidationInfo) -> Unit:
        medium = info.data.get("medium")
        if medium is not None and unit != UNIT_OF[medium]:
            raise ValueError(f"a meter of {medium} counts in {UNIT_OF[medium]}")
        return unit


class ReadingRow(FileRow):
    """A row of a file of readings; the register is cumulative, in the meter's unit."""

    meter_number: Identifier
    read_on: Annotated[date, Field(ge=EARLIEST)]
    value: Annotated[Decimal, Field(alias="register", ge=0, max_digits=14, decimal_places=3)]
    source: ReadingSource


class ForcedReadingRow(ReadingRow):
    """A reading that somebody who knows the meter vouches for (`ebok import --force`)."""


async def store_meters(work: UnitOfWork, rows: Sequence[Numbered]) -> Outcome:
    """Insert new meters and overwrite changed ones; what a meter measures never changes.

    One meter of a medium stands at a service point, because the fixed charges come with its readings; and one that has
    readings stays where it is, because they belong to that place's agreements, and was not installed after the first.
    """
    known = await meters.locked_by_number(work.connection, (numbered.row.number for numbered in rows))
    places = await meters.at_service_points(work.connection, (numbered.row.service_point for numbered in rows))
    read = await readings.first_days(work.connection, (meter.meter_id for meter in known.values()))
    problems: list[RowProblem] = []
    fresh: list[Meter] = []
    unchanged = 0
    for numbered in rows:
        row: MeterRow = numbered.row
        before = known.get(row.number)
        after = Meter(**row.model_dump(), version=before.version if before else 1)
        first = read.get(after.meter_id)
        if (problem := not_supplied(numbered.line, row.medium, work.profile.utility)) is not None:
            problems.append(problem)
        elif before == after:
            unchanged += 1
        elif before is not None and before.medium != after.medium:
            problems.append(
                RowProblem(numbered.line, "medium", f"meter {row.number} is stored already with another medium")
            )
        elif (reason := _misplaced(before, after, places, read)) is not None:
            problems.append(RowProblem(numbered.line, "service_point", reason))
        elif first is not None and before is not None and max(first, before.installed_on) < after.installed_on:
            reason = f"meter {row.number} has a reading of {first} already; it cannot have been installed later"
            problems.append(RowProblem(numbered.line, "installed_on", reason))
        else:
            if before is not None and places.get(before.place) == before.number:
                del places[before.place]
            places[after.place] = after.number
            fresh.append(replace(after, version=before.version + 1 if before else 1))
    await meters.store(work.connection, fresh)
    for meter in fresh:
        work.emit(meter.recorded())
    added = sum(meter.version == 1 for meter in fresh)
    return Outcome(added=added, changed=len(fresh) - added, unchanged=unchanged, problems=tuple(problems))


def _misplaced(
    before: Meter | None, after: Meter, places: Mapping[tuple[str, Medium], str], read: Container[UUID]
) -> str | None:
    """Why a new or moved meter may not stand where its row puts it."""
    if before is not None and before.place == after.place:
        return None
    if before is not None and before.meter_id in read:
        return f"meter {after.number} has readings at {before.service_point} already; it cannot be moved"
    holder = places.get(after.place, after.number)
    if holder != after.number:
        return f"meter {holder} of this medium stands at this point already; a replacement cannot be imported yet"
    return None


async def store_readings(work: UnitOfWork, rows: Sequence[Numbered]) -> Outcome:
    """Accept readings in the order of their days; one that is stored already and says the same is left alone."""
    known = await meters.locked_by_number(work.connection, (numbered.row.meter_number for numbered in rows))
    problems: list[RowProblem] = []
    candidates: list[Candidate] = []
    for numbered in rows:
        row: ReadingRow = numbered.row
        meter = known.get(row.meter_number)
        if meter is None:
            problems.append(RowProblem(numbered.line, "meter_number", hourly.no_meter(row.meter_number)))
        else:
            forced = isinstance(row, ForcedReadingRow)
            candidates.append(Candidate(numbered.line, meter, row.read_on, row.value, row.source, forced))
    taken = await intake.accept(work, candidates)
    found = [RowProblem(line, "register" if name == "value" else name, text) for line, name, text in taken.refused]
    return Outcome(added=taken.accepted, unchanged=taken.unchanged, problems=tuple(problems + found))


def _adapted(row: ReadingRow, options: Options) -> ReadingRow | None:
    year = row.read_on.year + options.shift_years
    if not EARLIEST.year <= year <= MAXYEAR:
        return None
    try:
        read_on = row.read_on.replace(year=year)
    except ValueError:
        read_on = date(year, 2, 28)
    form = ForcedReadingRow if options.force else ReadingRow
    changed = {"meter_number": options.meter or row.meter_number, "read_on": read_on}
    return form.model_construct(**dict(row) | changed)


def _day_and_meter(row: ReadingRow) -> tuple[str, str]:
    return row.read_on.isoformat(), row.meter_number


IMPORTERS = {
    "meters": Importer("meters", MeterRow, store_meters, key=("number",)),
    "readings": Importer(
        "readings",
        ReadingRow,
        store_readings,
        key=("meter_number", "read_on"),
        order=_day_and_meter,
        adapt=_adapted,
        others=(hourly.IMPORTER,),
    ),
}
