"""Projecting: many events in one transaction, and one that cannot be written takes no other with it."""

import asyncio
from collections.abc import Sequence
from typing import Any

import pytest
from sqlalchemy import text
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.billing import LedgerPosted
from contracts.envelope import Envelope
from contracts.metering import ReadingAccepted
from services.chassis.ids import new_id
from services.chassis.messaging import consuming, topology
from services.chassis.messaging.failing import REASON
from services.chassis.process import Process
from tests.support.proxy import Proxy
from tests.support.toys import Toys, noted_by
from tests.support.waiting import until
from tests.support.wire import enveloped

POISON = new_id()


def reading() -> ReadingAccepted:
    return ReadingAccepted.model_validate(ReadingAccepted.example | {"reading_id": new_id()})


async def write(events: Sequence[ReadingAccepted], connection: AsyncConnection) -> None:
    """Writes how large the batch was beside each event; cannot write the poison."""
    await connection.execute(
        text("INSERT INTO noted (thing_id, text) VALUES (:id, :size)"),
        [{"id": e.reading_id, "size": "x" if e.reading_id == POISON else str(len(events))} for e in events],
    )
    if any(event.reading_id == POISON for event in events):
        await connection.execute(text("SELECT 1 / 0"))


def gateway(toys: Toys, **settings: Any) -> Process:
    process = toys.process("gateway", **settings)
    process.service.projects(ReadingAccepted, write)
    return process


async def projected(process: Process, count: int) -> None:
    async def done() -> bool:
        return len(await noted_by(process)) >= count

    await until(done, 20, f"{count} projected events")


async def test_events_that_arrived_meanwhile_are_written_in_one_transaction(toys: Toys) -> None:
    process = gateway(toys)
    batches: list[Sequence[Envelope]] = []

    async def count(envelopes: Sequence[Envelope], connection: AsyncConnection) -> None:
        batches.append(envelopes)

    process.service.projects_alongside(count)
    await toys.declare(process)
    events = [enveloped(reading()) for _ in range(300)]
    await asyncio.gather(*(toys.wire.event(envelope) for envelope in events))
    await process.start()
    await projected(process, 300)
    assert len(batches) < 100
    assert {e.id for batch in batches for e in batch} == {e.id for e in events}
    assert max(int(size) for _, size in await noted_by(process)) > 1


async def test_event_that_cannot_be_written_is_parked_and_takes_no_other_with_it(
    toys: Toys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topology, "WAITS", {"wait-5s": 30, "wait-1m": 40, "wait-15m": 50})
    process = gateway(toys)
    await toys.declare(process)
    good = [reading() for _ in range(40)]
    bad = ReadingAccepted.model_validate(ReadingAccepted.example | {"reading_id": POISON})
    for event in [*good[:20], bad, *good[20:]]:
        await toys.wire.event(enveloped(event))
    await process.start()
    await projected(process, 40)

    async def parked() -> bool:
        return await toys.wire.waiting("gateway.parked") == 1

    await until(parked)
    message = await toys.wire.take("gateway.parked")
    assert message is not None
    assert "division by zero" in str(message.headers[REASON])
    assert sorted(thing for thing, _ in await noted_by(process)) == sorted(event.reading_id for event in good)


async def test_events_that_are_malformed_are_parked_and_hold_up_no_other(toys: Toys) -> None:
    process = gateway(toys)
    await toys.declare(process)
    good = enveloped(reading())
    odd: list[Any] = [None, [], {"a": 1}]
    names = [f"cloudEvents_{name}" for name in ("id", "type", "source", "time", "sequence")]
    for name in names:
        for value in odd:
            await toys.wire.raw(topology.EVENTS, good.type, good.headers() | {name: value}, good.data)
    forged = enveloped(LedgerPosted.model_validate(LedgerPosted.example), "billing")
    await toys.wire.raw(topology.EVENTS, good.type, forged.headers(), forged.data)
    await process.start()
    await toys.wire.event(good)
    await projected(process, 1)

    async def ended() -> bool:
        return await toys.wire.waiting("gateway.parked") == len(names) * len(odd) + 1

    await until(ended)
    assert await process.problems() == {}


async def test_projection_waits_in_place_while_the_database_is_away(toys: Toys) -> None:
    home = gateway(toys)
    async with Proxy(home.settings.database_url) as database:
        process = gateway(toys, database_url=database.url)
        await toys.start(process)
        await database.cut()
        for _ in range(50):
            await toys.wire.event(enveloped(reading()))
        await asyncio.sleep(1.2)  # longer than one look for the database
        assert await toys.wire.waiting("gateway.events.wait-5s") == 0
        await database.mend()
        await projected(home, 50)
        assert await toys.wire.waiting("gateway.parked") == 0
        await process.stop()


async def test_projection_waits_in_a_queue_while_the_database_is_away_for_long(
    toys: Toys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(topology, "WAITS", dict.fromkeys(topology.WAITS, 50))
    monkeypatch.setattr(topology, "DELIVERY_LIMIT", 3)
    monkeypatch.setattr(consuming, "HELD_SECONDS", 0)
    monkeypatch.setattr(consuming, "AWAY_SECONDS", 0.05)
    home = gateway(toys)
    async with Proxy(home.settings.database_url) as database:
        process = gateway(toys, database_url=database.url)
        await toys.start(process)
        await database.cut()
        for _ in range(20):
            await toys.wire.event(enveloped(reading()))
        await asyncio.sleep(2)
        await database.mend()
        await projected(home, 20)
        assert await toys.wire.waiting("gateway.parked") == 0
        await process.stop()


async def test_events_that_came_with_a_reply_are_in_the_read_model_before_the_page_is_shown(toys: Toys) -> None:
    process = gateway(toys)
    event = reading()
    await process.apply([event])
    assert [thing for thing, _ in await noted_by(process)] == [event.reading_id]


async def test_replayed_events_reach_read_models_and_nobody_else(toys: Toys) -> None:
    process = gateway(toys)
    other = topology.Part("billing", consumes=(ReadingAccepted.message_type,))
    await toys.start(process, extra=[other])
    envelope = enveloped(reading())
    await toys.wire.raw(topology.REPLAY, envelope.type, envelope.headers(), envelope.data)
    await projected(process, 1)
    assert await toys.wire.waiting("billing.events") == 0


async def test_events_in_hand_when_the_connection_is_cut_come_again_and_none_stays_behind(toys: Toys) -> None:
    events = [reading() for _ in range(400)]
    async with Proxy(toys.address) as broker:
        process = gateway(toys, amqp_url=broker.url)

        async def slowly(envelopes: Sequence[Envelope], connection: AsyncConnection) -> None:
            await asyncio.sleep(0.1)

        process.service.projects_alongside(slowly)
        await toys.declare(process)
        await asyncio.gather(*(toys.wire.event(enveloped(event)) for event in events))
        await process.start()
        for written in (1, 100, 200):
            await projected(process, written)
            await broker.cut()
            await broker.mend()
        await projected(process, 400)

        async def settled() -> bool:
            in_hand = process.registry.get_sample_value("ebok_batched_deliveries_in_hand")
            return await process.problems() == {} and in_hand == 0 and await toys.wire.waiting("gateway.events") == 0

        await until(settled, 30)
        await process.stop()
        assert {thing for thing, _ in await noted_by(process)} == {event.reading_id for event in events}
    assert await toys.wire.waiting("gateway.events") == 0, "stopped, it left what it had not acknowledged"
    assert await toys.wire.waiting("gateway.parked") == 0


async def test_a_process_that_stops_first_writes_what_it_has_in_hand(toys: Toys) -> None:
    process = gateway(toys)
    came = asyncio.Event()

    async def slowly(envelopes: Sequence[Envelope], connection: AsyncConnection) -> None:
        came.set()
        await asyncio.sleep(0.3)

    process.service.projects_alongside(slowly)
    await toys.declare(process)
    await asyncio.gather(*(toys.wire.event(enveloped(reading())) for _ in range(60)))
    await process.start()
    await came.wait()
    await process.stop()
    left = await toys.wire.waiting("gateway.events")
    async with gateway(toys, database_url=process.settings.database_url) as looking:
        assert len(await noted_by(looking)) + left == 60, "none twice, none lost"
    assert left < 60
