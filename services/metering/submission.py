"""A customer gives the state of a meter (podanie stanu)."""

import structlog

from contracts.metering import CheckReading, SubmitReading
from services.chassis.errors import Refused
from services.chassis.storage.unit_of_work import UnitOfWork
from services.metering import meters, readings, rules
from services.metering.profile import Readings
from services.metering.readings import Accepted
from services.metering.refusals import reasons
from services.metering.rules import Reading

log = structlog.get_logger()


async def submit(request: SubmitReading, work: UnitOfWork) -> None:
    """Accept the reading, or refuse it with the codes of `rules.of_customer` or `unknown_meter`."""
    accepted = await _checked(request, work)
    await readings.store(work.connection, [accepted], work.now)
    work.emit(accepted.event(submitted=True))
    log.info("reading.accepted", meter_id=str(request.meter_id), reading_id=str(accepted.reading_id))


async def check(request: CheckReading, work: UnitOfWork) -> None:
    """Refuse the reading as `submit` does, or answer that it would be accepted."""
    await _checked(request, work)


async def _checked(request: SubmitReading | CheckReading, work: UnitOfWork) -> Accepted:
    """The reading as it would be stored; raises `Refused`.

    The meter is locked first, so of two readings given at once the second is checked against the first.
    """
    meter = await meters.locked(work.connection, request.meter_id)
    if meter is None:
        raise Refused(reasons.error("unknown_meter"))
    history, version = await readings.of_meter(work.connection, meter.meter_id)
    rules.of_customer(
        history,
        request.read_on,
        request.value,
        unit=meter.unit,
        installed_on=meter.installed_on,
        today=work.today,
        rules=work.profile.of(Readings),
        unusual_confirmed=request.unusual_confirmed,
    )
    reading = Reading(request.read_on, rules.with_all_decimals(request.value, meter.unit), "customer")
    return Accepted(meter, reading, history[-1] if history else None, version + 1)
