"""Customers' readings on a real database. Requests go the way that the broker's go."""

import asyncio
from datetime import UTC, date, datetime
from decimal import Decimal
from uuid import UUID

import pytest
from sqlalchemy import Table, func, insert, select

from contracts.metering import CheckReading, ReadingAccepted, SubmitReading
from contracts.reply import Accepted, Failed, Rejected
from services.chassis.ids import new_id
from services.chassis.profile.profile import Profile
from services.chassis.storage.tables import outbox
from services.metering import meters
from services.metering.meters import Meter
from services.metering.tables import reading
from tests.support.profiles import a_profile
from tests.support.service import ServiceUnderTest, UnderTest

NOW = datetime(2026, 11, 22, 23, 30, tzinfo=UTC)
"""Already the 23rd in Poland."""

WATER = Meter("W7", "PP-1", "water", "m3", "Lipowa 6", "00-001", "Wierzbogród", date(2023, 5, 1), None)


async def metering_with_a_meter(under_test: UnderTest, profile: Profile) -> ServiceUnderTest:
    """Metering with one water meter at 100 m3 on the last of October."""
    metering = await under_test("metering", profile=profile)
    metering.now = NOW
    async with metering.work() as work:
        await meters.store(work.connection, [WATER])
        for version, (day, value) in enumerate([(date(2026, 9, 30), 91), (date(2026, 10, 31), 100)], start=1):
            row = {"read_on": day, "value": value, "source": "actual", "version": version, "accepted_at": NOW}
            await work.connection.execute(insert(reading).values(reading_id=new_id(), meter_id=WATER.meter_id, **row))
    return metering


@pytest.fixture
async def metering(under_test: UnderTest) -> ServiceUnderTest:
    return await metering_with_a_meter(under_test, a_profile())


async def submit(
    metering: ServiceUnderTest,
    value: str,
    read_on: date = date(2026, 11, 22),
    *,
    meter_id: UUID = WATER.meter_id,
    confirmed: bool = False,
    key: str | None = None,
) -> Accepted | Rejected | Failed:
    request = SubmitReading(meter_id=meter_id, value=Decimal(value), read_on=read_on, unusual_confirmed=confirmed)
    return await metering.ask(request, key)


async def count(metering: ServiceUnderTest, table: Table) -> int:
    async with metering.process.engine.connect() as connection:
        return int(await connection.scalar(select(func.count()).select_from(table)) or 0)


async def test_an_accepted_reading_is_stored_and_comes_back_as_the_event_that_billing_will_get(
    metering: ServiceUnderTest,
) -> None:
    reply = await submit(metering, "104.5")
    assert isinstance(reply, Accepted)
    (caused,) = reply.events
    event = ReadingAccepted.model_validate_json(caused.data)
    assert (event.value, event.read_on, event.source) == (Decimal("104.500"), date(2026, 11, 22), "customer")
    assert (event.previous_value, event.previous_read_on) == (Decimal("100.000"), date(2026, 10, 31))
    assert (event.version, event.meter_number, event.service_point, event.unit) == (3, "W7", "PP-1", "m3")
    assert event.submitted, "its bill is issued today, however old the reading is"
    assert await count(metering, reading) == 3
    assert await count(metering, outbox) == 1


@pytest.mark.parametrize(("value", "code"), [("104.5", ""), ("99", "lower"), ("180", "unusual")])
async def test_a_reading_is_checked_by_the_same_rules_and_nothing_is_stored(
    metering: ServiceUnderTest, value: str, code: str
) -> None:
    request = CheckReading(meter_id=WATER.meter_id, value=Decimal(value), read_on=date(2026, 11, 22))
    reply = await metering.ask(request)
    assert (reply.code if isinstance(reply, Rejected) else "") == code
    assert isinstance(reply, Rejected) or reply == Accepted()
    assert (await count(metering, reading), await count(metering, outbox)) == (2, 0)


async def test_today_is_the_local_day(metering: ServiceUnderTest) -> None:
    assert isinstance(await submit(metering, "104", date(2026, 11, 23)), Accepted)


async def test_a_refused_reading_stores_and_tells_nothing(metering: ServiceUnderTest) -> None:
    reply = await submit(metering, "99")
    assert isinstance(reply, Rejected)
    assert (reply.code, reply.errors[0].field) == ("lower", "value")
    assert (await count(metering, reading), await count(metering, outbox)) == (2, 0)


async def test_an_unusual_reading_is_refused_first_and_accepted_when_confirmed(metering: ServiceUnderTest) -> None:
    refused = await submit(metering, "180")
    assert isinstance(refused, Rejected)
    assert refused.code == "unusual"
    assert isinstance(await submit(metering, "180", confirmed=True), Accepted)


async def test_a_meter_that_nobody_knows_is_refused(metering: ServiceUnderTest) -> None:
    reply = await submit(metering, "1", meter_id=new_id())
    assert isinstance(reply, Rejected)
    assert reply.code == "unknown_meter"


async def test_the_same_form_sent_twice_gets_the_same_reply_and_one_reading(metering: ServiceUnderTest) -> None:
    first, second = await asyncio.gather(submit(metering, "104", key="form"), submit(metering, "104", key="form"))
    assert first == second
    assert isinstance(first, Accepted)
    assert (await count(metering, reading), await count(metering, outbox)) == (3, 1)


async def test_of_many_readings_of_one_day_given_at_once_one_is_accepted(metering: ServiceUnderTest) -> None:
    replies = await asyncio.gather(*(submit(metering, f"10{digit}") for digit in range(1, 9)))
    assert sum(isinstance(reply, Accepted) for reply in replies) == 1
    assert {reply.code for reply in replies if isinstance(reply, Rejected)} == {"twice"}
    assert (await count(metering, reading), await count(metering, outbox)) == (3, 1)


async def test_readings_of_several_days_given_at_once_never_turn_the_register_back(metering: ServiceUnderTest) -> None:
    days = [date(2026, 11, day) for day in range(1, 21)]
    replies = await asyncio.gather(*(submit(metering, f"{100 + 20 - day.day}", day) for day in days))
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
    under_test: UnderTest,
) -> None:
    metering = await metering_with_a_meter(under_test, a_profile(readings={"submission": False}))
    reply = await submit(metering, "104")
    assert isinstance(reply, Rejected)
    assert reply.code == "not_taken"


async def test_a_replay_tells_every_meter_and_every_reading_with_the_one_before(metering: ServiceUnderTest) -> None:
    await submit(metering, "104")
    told = await metering.said_again()
    assert told[0] == WATER.recorded()
    readings = [event for event in told[1:] if isinstance(event, ReadingAccepted)]
    assert [(event.version, event.previous_value, event.value) for event in readings] == [
        (1, None, Decimal(91)),
        (2, Decimal(91), Decimal(100)),
        (3, Decimal(100), Decimal(104)),
    ]
