"""Customers' readings on a real database. Requests go the way that the broker's go."""

import asyncio
from collections.abc import Awaitable, Callable
from datetime import UTC, date, datetime
from decimal import Decimal
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import func, insert, select

from contracts.envelope import Envelope
from contracts.metering import MeterRecorded, ReadingAccepted, SubmitReading
from contracts.reply import Accepted, Failed, Rejected
from services.chassis.ids import new_id
from services.chassis.messaging.answering import IDEMPOTENCY_KEY, RequestConsumer
from services.chassis.service import Service
from services.chassis.storage.tables import outbox
from services.metering import meters, readings
from services.metering.meters import Meter
from services.metering.tables import reading

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
"""Already the 23rd in Poland."""

WATER = Meter("W7", "PP-1", "water", "m3", "Lipowa 6", "00-001", "Wierzbogród", date(2023, 5, 1), None)


class Office:
    """Metering with one water meter at 100 m3 on the last of October."""

    def __init__(self, service: Service) -> None:
        self.service = service
        service.transactions.clock = lambda: NOW
        self._requests = RequestConsumer(service._request_handlers, service.transactions, service._publisher)

    async def fill(self) -> None:
        async with self.service.work() as work:
            await meters.store(work.connection, [WATER])
            for version, (day, value) in enumerate([(date(2026, 9, 30), 91), (date(2026, 10, 31), 100)], start=1):
                row = {"read_on": day, "value": value, "source": "actual", "version": version, "accepted_at": NOW}
                await work.connection.execute(
                    insert(reading).values(reading_id=new_id(), meter_id=WATER.meter_id, **row)
                )

    async def submit(
        self,
        value: str,
        read_on: date = date(2026, 11, 22),
        *,
        meter_id: UUID = WATER.meter_id,
        confirmed: bool = False,
        key: str | None = None,
    ) -> Accepted | Rejected | Failed:
        request = SubmitReading(meter_id=meter_id, value=Decimal(value), read_on=read_on, unusual_confirmed=confirmed)
        envelope = Envelope.of(request, id=new_id(), source="gateway", time=NOW, correlation_id="test")
        return await self._requests._answer(envelope, {IDEMPOTENCY_KEY: key})

    async def count(self, table: Any) -> int:
        async with self.service.engine.connect() as connection:
            return int(await connection.scalar(select(func.count()).select_from(table)))


@pytest.fixture
async def office(on_database: Callable[..., Awaitable[Service]]) -> Office:
    office = Office(await on_database("metering"))
    await office.fill()
    return office


async def test_an_accepted_reading_is_stored_and_comes_back_as_the_event_that_billing_will_get(office: Office):
    reply = await office.submit("104.5")
    assert isinstance(reply, Accepted)
    (caused,) = reply.events
    event = ReadingAccepted.model_validate_json(caused.data)
    assert (event.value, event.read_on, event.source) == (Decimal("104.500"), date(2026, 11, 22), "customer")
    assert (event.previous_value, event.previous_read_on) == (Decimal("100.000"), date(2026, 10, 31))
    assert (event.version, event.meter_number, event.service_point, event.unit) == (3, "W7", "PP-1", "m3")
    assert await office.count(reading) == 3
    assert await office.count(outbox) == 1


async def test_today_is_the_local_day(office: Office):
    assert isinstance(await office.submit("104", date(2026, 11, 23)), Accepted)


async def test_a_refused_reading_stores_and_tells_nothing(office: Office):
    reply = await office.submit("99")
    assert isinstance(reply, Rejected)
    assert (reply.code, reply.errors[0].field) == ("lower", "value")
    assert (await office.count(reading), await office.count(outbox)) == (2, 0)


async def test_an_unusual_reading_is_refused_first_and_accepted_when_confirmed(office: Office):
    refused = await office.submit("180")
    assert isinstance(refused, Rejected)
    assert refused.code == "unusual"
    assert isinstance(await office.submit("180", confirmed=True), Accepted)


async def test_a_meter_that_nobody_knows_is_refused(office: Office):
    reply = await office.submit("1", meter_id=new_id())
    assert isinstance(reply, Rejected)
    assert reply.code == "unknown_meter"


async def test_the_same_form_sent_twice_gets_the_same_reply_and_one_reading(office: Office):
    first, second = await asyncio.gather(office.submit("104", key="form"), office.submit("104", key="form"))
    assert first == second
    assert isinstance(first, Accepted)
    assert (await office.count(reading), await office.count(outbox)) == (3, 1)


async def test_of_many_readings_of_one_day_given_at_once_one_is_accepted(office: Office):
    replies = await asyncio.gather(*(office.submit(f"10{digit}") for digit in range(1, 9)))
    assert sum(isinstance(reply, Accepted) for reply in replies) == 1
    assert {reply.code for reply in replies if isinstance(reply, Rejected)} == {"twice"}
    assert (await office.count(reading), await office.count(outbox)) == (3, 1)


async def test_readings_of_several_days_given_at_once_never_turn_the_register_back(office: Office):
    days = [date(2026, 11, day) for day in range(1, 21)]
    replies = await asyncio.gather(*(office.submit(f"{100 + 20 - day.day}", day) for day in days))
    accepted = [
        ReadingAccepted.model_validate_json(reply.events[0].data) for reply in replies if isinstance(reply, Accepted)
    ]
    assert accepted
    in_order = sorted(accepted, key=lambda event: event.version)
    assert [event.version for event in in_order] == list(range(3, 3 + len(accepted)))
    for event in in_order:
        assert event.previous_value is not None
        assert event.previous_read_on is not None
        assert event.previous_value <= event.value
        assert event.previous_read_on < event.read_on


async def test_a_utility_that_reads_its_own_meters_refuses_every_reading(
    on_database: Callable[..., Awaitable[Service]],
):
    office = Office(await on_database("metering", profile="wloclawek"))
    await office.fill()
    reply = await office.submit("104")
    assert isinstance(reply, Rejected)
    assert reply.code == "not_taken"


async def test_a_replay_tells_every_meter_and_every_reading_with_the_one_before(office: Office):
    await office.submit("104")
    async with office.service.engine.connect() as connection:
        told_meters = [event async for event in meters.history(connection)]
        told = [event async for event in readings.history(connection)]
    assert told_meters == [WATER.recorded()]
    assert isinstance(told_meters[0], MeterRecorded)
    assert [(event.version, event.previous_value, event.value) for event in told] == [
        (1, None, 91),
        (2, 91, 100),
        (3, 100, 104),
    ]
