"""Taking in many readings at once that the utility itself brings: from files, from telemetry."""

import getpass
import os
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from decimal import Decimal

import structlog

from contracts.metering import ReadingSource
from services.chassis.errors import Refused
from services.chassis.imports.importing import Reason
from services.chassis.storage.unit_of_work import UnitOfWork
from services.metering import readings, rules
from services.metering.meters import Meter
from services.metering.readings import Accepted, Last
from services.metering.rules import Reading

log = structlog.get_logger()


@dataclass(frozen=True, slots=True)
class Candidate:
    """A reading that wants to be accepted; `line` is where it stands in its file.

    `forced`: somebody who knows the meter says that it counted so much; that is logged.
    """

    line: int
    of: Meter
    read_on: date
    value: Decimal
    source: ReadingSource
    forced: bool = False


@dataclass(frozen=True, slots=True)
class Taken:
    """What became of the candidates; `refused` tells line, field (`read_on` or `value`) and the reason."""

    accepted: int
    unchanged: int
    refused: tuple[tuple[int, str, Reason], ...]


async def accept(work: UnitOfWork, candidates: Sequence[Candidate]) -> Taken:
    """Accept `candidates` in the order of their days and tell the new ones; their meters must be locked.

    One that equals what is stored for its day changes nothing; one that contradicts it is refused.
    """
    if not candidates:
        return Taken(0, 0, ())
    ordered = sorted(candidates, key=lambda candidate: candidate.read_on)
    known = await readings.known(work.connection, [(each.of.meter_id, each.read_on) for each in ordered])
    last = await readings.last_of(work.connection, (each.of.meter_id for each in ordered))
    accepted: list[Accepted] = []
    refused: list[tuple[int, str, Reason]] = []
    unchanged = 0
    for each in ordered:
        meter_id = each.of.meter_id
        stored = known.get((meter_id, each.read_on))
        if stored == each.value:
            unchanged += 1
            continue
        if stored is not None:
            had = f"{stored.normalize():f} {each.of.unit}"
            refused.append((each.line, "value", f"{had} is stored already for {each.read_on}; it stays"))
            continue
        try:
            new = _next(each, last.get(meter_id), work.today)
        except Refused as refusal:
            refused.extend((each.line, error.field, error) for error in refusal.errors)
            continue
        accepted.append(new)
        last[meter_id] = Last(new.reading, new.version)
        known[meter_id, each.read_on] = each.value
    await readings.store(work.connection, accepted, work.now)
    for new in accepted:
        work.emit(new.event())
    return Taken(len(accepted), unchanged, tuple(refused))


def _next(candidate: Candidate, last: Last | None, today: date) -> Accepted:
    previous = last.reading if last else None
    rules.against_history(previous, candidate.read_on, candidate.value, unit=candidate.of.unit, today=today)
    if previous is not None:
        remote = candidate.source == "remote"
        try:
            rules.possible(previous, candidate.read_on, candidate.value, candidate.of.unit, remote=remote)
        except Refused:
            if not candidate.forced:
                raise
            log.warning(
                "reading.forced",
                meter_id=str(candidate.of.meter_id),
                read_on=candidate.read_on.isoformat(),
                by=_who(),
            )
    value = rules.with_all_decimals(candidate.value, candidate.of.unit)
    reading = Reading(candidate.read_on, value, candidate.source)
    return Accepted(candidate.of, reading, previous, last.version + 1 if last else 1)


def _who() -> str:
    """The name of the user of this process; its number where the system has no name for it, as in a container."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):
        return str(os.getuid())
