"""Files of hourly registers, in the columns of a public data set (doi 10.1038/s41597-022-01502-3).

Every row is kept as telemetry. The last register of each complete local month becomes the reading of its last day,
unless the meter was silent on that day or the month lies before the meter's first reading.
"""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from datetime import MAXYEAR, datetime, timedelta
from decimal import Decimal
from typing import Annotated
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, Field

from services.chassis.imports.importing import EARLIEST, Importer, Numbered, Options, Outcome, RowProblem
from services.chassis.imports.row_models import FileRow, Identifier
from services.chassis.storage.unit_of_work import UnitOfWork
from services.metering import intake, meters, readings, telemetry
from services.metering.intake import Candidate
from services.metering.meters import Meter
from services.metering.telemetry import Registers

_Register = Annotated[Decimal, Field(ge=0, lt=10**12)]
"""No meter counts to the end of it, and every month-end reading that follows from it can be stored."""


def _believable(at: datetime) -> datetime:
    if not EARLIEST.year <= at.year < MAXYEAR:  # the last year of all has no midnight after it
        raise ValueError(f"the year must be between {EARLIEST.year} and {MAXYEAR - 1}")
    return at


_Moment = Annotated[AwareDatetime, AfterValidator(_believable)]


class HourlyRow(FileRow):
    """A row of hourly cumulative registers; the columns are the data set's."""

    customer_id: str | None = None
    meter_number: Identifier = Field(alias="meter_id")
    at: _Moment = Field(alias="time_rounded")
    energy_kwh: _Register = Field(alias="energy_heat_kwh")
    volume_m3: _Register = Field(alias="volume_flow_m3")
    inlet_m3c: _Register = Field(alias="inlet_flow_energy_m3xC")
    back_m3c: _Register = Field(alias="back_flow_energy_m3xC")


class ForcedHourlyRow(HourlyRow):
    """Registers that somebody who knows the meter vouches for (`ebok import --force`)."""


def no_meter(number: str) -> str:
    """What is told of a row whose meter is not there."""
    return f"there is no meter {number}; import the meters first"


async def store_registers(work: UnitOfWork, rows: Sequence[Numbered]) -> Outcome:
    """Keep hourly registers and accept the month-end readings that they complete."""
    known = await meters.locked_by_number(work.connection, (numbered.row.meter_number for numbered in rows))
    problems: list[RowProblem] = []
    lines: dict[tuple[UUID, object], int] = {}
    registers: list[Registers] = []
    for numbered in rows:
        row: HourlyRow = numbered.row
        problem = _problem(numbered, known.get(row.meter_number), work)
        if problem is not None:
            problems.append(problem)
            continue
        meter_id = known[row.meter_number].meter_id
        registers.append(
            Registers(meter_id, row.at, row.energy_kwh, row.volume_m3, row.inlet_m3c, row.back_m3c),
        )
        lines[meter_id, row.at] = numbered.line
    if not registers:
        return Outcome(problems=tuple(problems))
    new = await telemetry.store(work.connection, registers)
    contradicted = await _contradicted(work, [each for each in registers if (each.meter_id, each.at) not in new])
    text = "other registers are stored already for this hour; they stay"
    problems += [RowProblem(lines[each.meter_id, each.at], "time_rounded", text) for each in contradicted]
    forced = isinstance(rows[0].row, ForcedHourlyRow)  # an option of the whole file
    taken = await _settle_months(work, list(known.values()), registers, lines, forced=forced)
    problems += [
        RowProblem(line, "energy_heat_kwh" if name == "value" else "time_rounded", text)
        for line, name, text in taken.refused
    ]
    unchanged = len(registers) - len(new) - len(contradicted)
    return Outcome(added=len(new), unchanged=unchanged, derived=taken.accepted, problems=tuple(problems))


def _problem(numbered: Numbered, meter: Meter | None, work: UnitOfWork) -> RowProblem | None:
    row: HourlyRow = numbered.row
    if meter is None:
        return RowProblem(numbered.line, "meter_id", no_meter(row.meter_number))
    if meter.medium != "heat":
        return RowProblem(numbered.line, "meter_id", f"meter {row.meter_number} does not measure heat")
    if row.at > work.now:
        return RowProblem(numbered.line, "time_rounded", f"is in the future; today is {work.today}")
    return None


async def _contradicted(work: UnitOfWork, registers: Sequence[Registers]) -> list[Registers]:
    if not registers:
        return []
    known = await telemetry.stored(
        work.connection, [each.meter_id for each in registers], [each.at for each in registers]
    )
    return [each for each in registers if known[each.meter_id, each.at] != each]


async def _settle_months(
    work: UnitOfWork,
    affected: Sequence[Meter],
    registers: Sequence[Registers],
    lines: Mapping[tuple[UUID, object], int],
    *,
    forced: bool,
) -> intake.Taken:
    by_meter: dict[UUID, list[Registers]] = defaultdict(list)
    for each in registers:
        by_meter[each.meter_id].append(each)
    first_days = await readings.first_days(work.connection, by_meter)
    candidates = []
    for meter in affected:
        own = sorted(by_meter.get(meter.meter_id, ()), key=lambda each: each.at)
        if not own:
            continue
        # A month may have ended between the rows that are stored already and these, before them or after.
        since = await telemetry.last_before(work.connection, meter.meter_id, own[0].at) or own[0].at - timedelta(days=1)
        until = await telemetry.first_after(work.connection, meter.meter_id, own[-1].at) or own[-1].at
        for last_day, midnight in telemetry.month_ends(since, until):
            if last_day < first_days.get(meter.meter_id, last_day):
                continue
            energy = await telemetry.register_at_end_of(work.connection, meter.meter_id, midnight)
            if energy is None:
                continue
            teller = max((each.at for each in own if each.at <= midnight), default=own[0].at)
            value = telemetry.gigajoules(energy)
            candidates.append(Candidate(lines[meter.meter_id, teller], meter, last_day, value, "remote", forced))
    return await intake.accept(work, candidates)


def _adapted(row: HourlyRow, options: Options) -> HourlyRow | None:
    at = telemetry.shifted(row.at, options.shift_years)
    if at is None:
        return None
    form = ForcedHourlyRow if options.force else HourlyRow
    return form.model_construct(**dict(row) | {"meter_number": options.meter or row.meter_number, "at": at})


def _moment(row: HourlyRow) -> object:
    return row.at


IMPORTER = Importer(
    "hourly readings",
    HourlyRow,
    store_registers,
    key=("meter_number", "at"),
    order=_moment,
    adapt=_adapted,
    batch=2000,
)
