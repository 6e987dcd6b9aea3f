"""Consuming: each event takes effect once, or ends where a person finds it with the reason."""

import asyncio
import dataclasses
import json
import struct
from datetime import UTC, datetime
from typing import Any

import aio_pika
import pytest

from contracts.metering import MeterRecorded, ReadingAccepted
from contracts.reply import FieldError
from services.chassis.errors import Permanent, Refused, Transient
from services.chassis.ids import new_id
from services.chassis.messaging import consuming, failing, topology
from services.chassis.messaging.failing import ATTEMPT, PARKED_AT, REASON
from services.chassis.process import Process
from services.chassis.storage.unit_of_work import UnitOfWork
from tests.support.proxy import Proxy
from tests.support.toy import note
from tests.support.toys import Toys, noted_by
from tests.support.waiting import until
from tests.support.wire import enveloped, properties, short, text

SHORT = {"wait-5s": 30, "wait-1m": 40, "wait-15m": 50}


@pytest.fixture
def short_waits(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(topology, "WAITS", SHORT)


def reading() -> ReadingAccepted:
    return ReadingAccepted.model_validate(ReadingAccepted.example | {"reading_id": new_id()})


async def note_reading(event: ReadingAccepted, work: UnitOfWork) -> None:
    await note(work, event.reading_id)


def billing(toys: Toys, handler: Any = note_reading, **settings: Any) -> Process:
    process = toys.process("billing", **settings)
    process.service.on(ReadingAccepted, handler)
    return process


async def parked(toys: Toys, seconds: float = 15) -> Any:
    """The one message that is put aside, once it is."""

    async def there() -> bool:
        return await toys.wire.waiting("billing.parked") > 0

    await until(there, seconds, "a parked message")
    message = await toys.wire.take("billing.parked")
    assert message is not None
    return message


async def test_event_delivered_twice_takes_effect_once(toys: Toys) -> None:
    process = billing(toys)
    await toys.start(process)
    event, last = reading(), reading()
    envelope = enveloped(event)
    await asyncio.gather(*(toys.wire.event(envelope) for _ in range(5)))
    await toys.wire.event(enveloped(last))

    async def done() -> bool:
        return any(thing == last.reading_id for thing, _ in await noted_by(process))

    await until(done)
    await process.stop()
    again = billing(toys, database_url=process.settings.database_url)
    await again.start()
    await again.wait_until_ready()
    await toys.wire.event(envelope)

    async def consumed() -> bool:
        return await toys.wire.waiting("billing.events") == 0

    await until(consumed)
    await again.stop()
    assert sorted(thing for thing, _ in await noted_by(process)) == sorted([event.reading_id, last.reading_id])


@pytest.mark.usefixtures("short_waits")
async def test_event_that_fails_for_a_while_takes_effect_once_in_the_end(toys: Toys) -> None:
    tries = 0

    async def sometimes(event: ReadingAccepted, work: UnitOfWork) -> None:
        nonlocal tries
        tries += 1
        await note(work, event.reading_id, f"try {tries}")
        if tries < 3:
            raise Transient("the agreement is not there yet")

    process = billing(toys, sometimes)
    await toys.start(process)
    event = reading()
    await toys.wire.event(enveloped(event))

    async def done() -> bool:
        return bool(await noted_by(process))

    await until(done)
    assert await noted_by(process) == [(event.reading_id, "try 3")]


@pytest.mark.usefixtures("short_waits")
async def test_event_that_always_fails_goes_through_all_waits_and_is_parked_with_the_reason(toys: Toys) -> None:
    steps = []

    async def never(event: ReadingAccepted, work: UnitOfWork) -> None:
        steps.append(event.reading_id)
        await note(work, event.reading_id)
        raise Transient("no agreement for PP-000123")

    process = billing(toys, never)
    await toys.start(process)
    event = reading()
    envelope = enveloped(event)
    await toys.wire.event(envelope)
    message = await parked(toys)
    assert steps == [event.reading_id] * (len(failing.STEPS) + 1)
    assert message.headers[REASON] == "given up after 7 attempts: Transient: no agreement for PP-000123"
    assert message.headers[ATTEMPT] == 6
    assert message.headers[PARKED_AT]
    assert message.headers["cloudEvents_id"] == str(envelope.id)
    assert message.body == envelope.data
    assert await noted_by(process) == []


async def test_event_that_waits_for_its_next_try_holds_up_no_other(toys: Toys) -> None:
    bad = reading()

    async def all_but_one(event: ReadingAccepted, work: UnitOfWork) -> None:
        if event.reading_id == bad.reading_id:
            raise Transient("not now")
        await note(work, event.reading_id)

    process = billing(toys, all_but_one)
    await toys.start(process)
    good = [reading() for _ in range(30)]
    for event in [bad, *good]:
        await toys.wire.event(enveloped(event))

    async def done() -> bool:
        return len(await noted_by(process)) == 30

    await until(done)
    assert await toys.wire.waiting("billing.events.wait-5s") == 1


async def test_permanent_failure_is_parked_at_once(toys: Toys) -> None:
    async def never(event: ReadingAccepted, work: UnitOfWork) -> None:
        await note(work, event.reading_id)
        raise Permanent("the template lacks the field iban")

    process = billing(toys, never)
    await toys.start(process)
    await toys.wire.event(enveloped(reading()))
    message = await parked(toys, 3)
    assert message.headers[REASON] == "the template lacks the field iban"
    assert ATTEMPT not in message.headers
    assert await noted_by(process) == []


async def test_event_that_a_rule_refuses_is_parked_with_the_rules_words(toys: Toys) -> None:
    async def refuse(_event: ReadingAccepted, _work: UnitOfWork) -> None:
        raise Refused(FieldError(field="value", code="lower", text="Stan jest niższy niż poprzedni."))

    await toys.start(billing(toys, refuse))
    await toys.wire.event(enveloped(reading()))
    assert (await parked(toys, 3)).headers[REASON] == "Stan jest niższy niż poprzedni."


GOOD = enveloped(reading())


def odd(**changes: object) -> bytes:
    """The body of an event that no calendar or database can keep."""
    return json.dumps(ReadingAccepted.example | changes).encode()


@pytest.mark.parametrize(
    ("headers", "body", "reason"),
    [
        pytest.param({}, b"\x00\xff no json", "the body does not fit metering.reading.accepted.v1", id="no JSON"),
        pytest.param({}, b'{"version": 1}', "reading_id: Field required", id="fields missing"),
        pytest.param({}, odd(meter_number="a\0b"), "meter_number: must not hold the character U+0000", id="NUL"),
        pytest.param({}, odd(version=2**31), "version: must be at most 2147483647", id="a version beyond integer"),
        pytest.param({}, odd(read_on="9999-12-31"), "read_on: must be in the years 1900 to 2199", id="the last day"),
        pytest.param({"cloudEvents_id": "7"}, GOOD.data, "cloudEvents_id is no UUID", id="id that is none"),
        pytest.param({"cloudEvents_time": "soon"}, GOOD.data, "cloudEvents_time is no time", id="time that is none"),
        pytest.param({"cloudEvents_source": None}, GOOD.data, "cloudEvents_source is missing", id="no source"),
        pytest.param({"cloudEvents_sequence": []}, GOOD.data, "cloudEvents_sequence is no whole", id="a list"),
        pytest.param({"cloudEvents_type": "billing.ledger.posted.v1"}, GOOD.data, "calls itself", id="another type"),
        pytest.param({"cloudEvents_source": "/billing"}, GOOD.data, "not for 'billing' to tell", id="another source"),
        pytest.param({"x-note": "a" * 130_000}, b"{}", "Field required", id="headers of nearly a frame"),
    ],
)  # fmt: skip
async def test_message_that_nobody_can_read_is_parked_at_once_with_the_reason(
    toys: Toys, headers: dict[str, Any], body: bytes, reason: str
) -> None:
    process = billing(toys)
    await toys.start(process)
    sent = {name: value for name, value in {**GOOD.headers(), **headers}.items() if value is not None}
    await toys.wire.raw(topology.EVENTS, ReadingAccepted.message_type, sent, body)
    message = await parked(toys, 3)
    assert reason in message.headers[REASON]
    assert message.body == body
    await toys.wire.event(enveloped(reading()))

    async def done() -> bool:
        return len(await noted_by(process)) == 1

    await until(done, what="the next good event is handled")


async def test_events_that_are_malformed_in_every_way_leave_no_place_taken(toys: Toys) -> None:
    process = billing(toys)
    await toys.start(process)
    odd: list[Any] = [
        None,
        [],
        {"a": 1},
        "",
        "abc",
        -1,
        2**40,
        True,
        datetime(2026, 1, 1, tzinfo=UTC),
        bytearray(b"\xff"),
    ]
    for name in (*GOOD.headers(), "cloudEvents_sequence", ATTEMPT):
        await asyncio.gather(
            *(toys.wire.raw(topology.EVENTS, GOOD.type, GOOD.headers() | {name: value}, b"{}") for value in odd)
        )
    await toys.wire.event(enveloped(reading()))

    async def done() -> bool:
        return len(await noted_by(process)) == 1

    await until(done, what="the next good event is handled")


async def test_event_whose_frame_is_odd_neither_stops_the_service_nor_gets_lost(toys: Toys) -> None:
    process = billing(toys)
    await toys.start(process)
    odd: dict[str, dict[str, Any]] = {
        "timestamp": {"timestamp": struct.pack(">Q", 2**62)},
        "message_id": {"message_id": short(b"\xff\xfe")},
        "timestamp in a header": {"odd": {b"when": b"T" + struct.pack(">Q", 2**62)}},
    }
    for sent in odd.values():
        envelope = enveloped(reading())
        await toys.wire.bytes(
            topology.EVENTS, envelope.type.encode(), properties(envelope.headers(), **sent), envelope.data
        )

    async def taken() -> bool:
        return len(await noted_by(process)) == len(odd)

    await until(taken)
    envelope = enveloped(reading())
    unreadable = properties(envelope.headers(), odd={b"\xff": text("x")})
    await toys.wire.bytes(topology.EVENTS, envelope.type.encode(), unreadable, envelope.data)
    message = await parked(toys, 3)
    assert "AMQP properties cannot be read" in message.headers[REASON]
    assert message.body == envelope.data
    assert await process.problems() == {}


async def test_event_of_a_type_that_is_not_known_yet_waits_for_a_replica_that_knows_it(
    toys: Toys, short_waits: None
) -> None:
    older = billing(toys)
    newer = billing(toys, database_url=older.settings.database_url)

    async def note_meter(event: MeterRecorded, work: UnitOfWork) -> None:
        await note(work, event.meter_id)

    newer.service.on(MeterRecorded, note_meter)
    await toys.declare(newer)
    await older.start()
    await older.wait_until_ready()
    event = MeterRecorded.model_validate(MeterRecorded.example)
    await toys.wire.event(enveloped(event))

    async def waits() -> bool:
        return await toys.wire.waiting("billing.events") == 0

    await until(waits)
    await newer.start()

    async def done() -> bool:
        return [thing for thing, _ in await noted_by(newer)] == [event.meter_id]

    await until(done, what="the newer replica has it")
    assert await toys.wire.waiting("billing.parked") == 0


async def test_event_of_a_type_that_nobody_comes_to_know_is_parked_in_the_end(toys: Toys, short_waits: None) -> None:
    await toys.start(billing(toys))
    await toys.wire.bind("billing.events", topology.EVENTS, "metering.reading.accepted.v9")
    newer = dataclasses.replace(GOOD, type="metering.reading.accepted.v9")
    await toys.wire.event(newer)
    assert "no message is called metering.reading.accepted.v9" in (await parked(toys)).headers[REASON]


async def test_event_whose_readers_die_with_it_is_parked_by_the_delivery_limit(
    toys: Toys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topology, "DELIVERY_LIMIT", 3)
    process = billing(toys)
    await toys.declare(process)
    await toys.wire.event(enveloped(reading()))
    for _ in range(4):
        connection = await aio_pika.connect(toys.address)
        channel = await connection.channel()
        await channel.set_qos(prefetch_count=1)
        queue = await channel.get_queue("billing.events", ensure=False)
        async with queue.iterator(timeout=5) as deliveries:
            await anext(deliveries)
            await connection.close()  # with the delivery in hand, as a process that is killed
    message = await parked(toys, 5)
    assert message.headers["x-death"][0]["reason"] == "delivery_limit"
    assert await toys.wire.waiting("billing.events") == 0


async def test_delivery_waits_in_place_while_the_database_is_away_and_counts_no_attempt(toys: Toys) -> None:
    home = billing(toys)
    async with Proxy(home.settings.database_url) as database:
        process = billing(toys, database_url=database.url)
        await toys.start(process)
        await database.cut()
        events = [reading() for _ in range(30)]
        for event in events:
            await toys.wire.event(enveloped(event))
        await asyncio.sleep(1.5)  # longer than one look for the database
        assert await toys.wire.waiting("billing.events.wait-5s") == 0
        assert await noted_by(home) == []
        await database.mend()

        async def done() -> bool:
            return len(await noted_by(home)) == 30

        await until(done)
        assert await toys.wire.waiting("billing.parked") == 0
        assert {thing for thing, _ in await noted_by(home)} == {event.reading_id for event in events}
        await process.stop()


async def test_events_wait_in_a_queue_while_the_database_is_away_for_long_and_that_counts_no_attempt(
    toys: Toys, short_waits: None, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(consuming, "HELD_SECONDS", 0)
    monkeypatch.setattr(consuming, "AWAY_SECONDS", 0.05)
    monkeypatch.setattr(topology, "DELIVERY_LIMIT", 3)
    home = billing(toys)
    async with Proxy(home.settings.database_url) as database:
        process = billing(toys, database_url=database.url)
        await toys.start(process)
        await database.cut()
        events = [reading() for _ in range(5)]
        for event in events:
            await toys.wire.event(enveloped(event))
        await asyncio.sleep(2)  # each has gone round more often than the broker delivers or a fault is forgiven
        assert await toys.wire.waiting("billing.parked") == 0
        await database.mend()

        async def done() -> bool:
            return len(await noted_by(home)) == 5

        await until(done)
        assert {thing for thing, _ in await noted_by(home)} == {event.reading_id for event in events}
        await process.stop()


async def test_consumer_comes_back_after_the_broker_was_away(toys: Toys) -> None:
    async with Proxy(toys.address) as broker:
        process = billing(toys, amqp_url=broker.url)
        await toys.start(process)
        for _ in range(2):
            await broker.cut()
            event = reading()
            await toys.wire.event(enveloped(event))
            await broker.mend()

            async def done(event: ReadingAccepted = event) -> bool:
                return event.reading_id in [thing for thing, _ in await noted_by(process)]

            await until(done, 20)
        await process.stop()
        assert len(await noted_by(process)) == 2


@pytest.mark.usefixtures("short_waits")
async def test_failing_events_are_not_lost_when_the_broker_goes_away_while_they_are_moved(toys: Toys) -> None:
    async with Proxy(toys.address) as broker:
        failures = 0

        async def fails_first(event: ReadingAccepted, work: UnitOfWork) -> None:
            nonlocal failures
            if failures < 40:
                failures += 1
                raise Transient("not now")
            await note(work, event.reading_id)

        process = billing(toys, fails_first, amqp_url=broker.url)
        await toys.start(process)
        events = [reading() for _ in range(20)]
        for event in events:
            await toys.wire.event(enveloped(event))
        for _ in range(3):
            await asyncio.sleep(0.15)
            await broker.break_connections()

        async def done() -> bool:
            return len(await noted_by(process)) == 20

        await until(done, 30)
        assert {thing for thing, _ in await noted_by(process)} == {event.reading_id for event in events}
        await process.stop()


@pytest.mark.usefixtures("short_waits")
async def test_service_whose_retry_exchange_was_missing_for_a_while_is_not_deaf_afterwards(toys: Toys) -> None:
    failures = 0

    async def fails_first(event: ReadingAccepted, work: UnitOfWork) -> None:
        nonlocal failures
        if failures < 20:
            failures += 1
            raise Transient("not now")
        await note(work, event.reading_id)

    process = billing(toys, fails_first)
    await toys.start(process)
    async with toys.wire._connection.channel() as channel:
        await channel.exchange_delete(topology.retry_exchange("billing"))
    events = [reading() for _ in range(20)]  # more than it takes in hand at once
    for event in events:
        await toys.wire.event(enveloped(event))
    await asyncio.sleep(0.5)
    await topology.declare(toys.address, [process.service.part])

    async def done() -> bool:
        return len(await noted_by(process)) == 20

    await until(done, 20)
    assert {thing for thing, _ in await noted_by(process)} == {event.reading_id for event in events}
