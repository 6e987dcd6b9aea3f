"""Publishing: an event is told if and only if its change is stored, in order, at least once."""

import asyncio
from uuid import UUID

import asyncpg
import pytest

from contracts.envelope import PREFIX
from contracts.metering import MeterRecorded, ReadingAccepted
from services.chassis.ids import new_id
from services.chassis.messaging import topology
from services.chassis.messaging.topology import Part
from services.chassis.process import Process
from tests.support.proxy import Proxy
from tests.support.toy import note
from tests.support.toys import Toys, noted_by, outbox_size
from tests.support.waiting import until

READER = Part("billing", consumes=(ReadingAccepted.message_type,))


def reading(**changes: object) -> ReadingAccepted:
    return ReadingAccepted.model_validate(ReadingAccepted.example | {"reading_id": new_id()} | changes)


async def emit(process: Process, *events: ReadingAccepted | MeterRecorded) -> None:
    async with process.work() as work:
        for event in events:
            work.emit(event)


async def taken(toys: Toys, count: int) -> list[str]:
    """The ids of the readings that the reader's queue was given, in order."""
    found: list[str] = []

    async def enough() -> bool:
        while (message := await toys.wire.take("billing.events")) is not None:
            found.append(str(ReadingAccepted.model_validate_json(message.body).reading_id))
        return len(found) >= count

    await until(enough, what=f"{count} readings in the queue")
    return found


async def test_event_of_a_change_that_was_rolled_back_is_never_told(toys: Toys) -> None:
    metering = toys.process("metering")
    await toys.start(metering, extra=[READER])
    lost, kept = reading(), reading()

    async def fail() -> None:
        async with metering.work() as work:
            await note(work, lost.reading_id)
            work.emit(lost)
            raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        await fail()
    async with metering.work() as work:
        await note(work, kept.reading_id)
        work.emit(kept)
    assert await taken(toys, 1) == [str(kept.reading_id)]
    assert [thing for thing, _ in await noted_by(metering)] == [kept.reading_id]


async def test_an_event_of_a_long_correlation_is_told_whole_though_amqp_s_own_texts_are_short(toys: Toys) -> None:
    metering = toys.process("metering")
    await toys.start(metering, extra=[READER])
    event, long = reading(), "ż" * 300
    async with metering.work(long) as work:
        work.emit(event)

    async def arrived() -> bool:
        return await toys.wire.waiting("billing.events") == 1

    await until(arrived, what="the event in the queue")
    message = await toys.wire.take("billing.events")
    assert message is not None
    assert message.headers["cloudEvents_correlationid"] == long
    assert message.correlation_id == "ż" * 127


async def test_event_is_told_as_a_persistent_cloudevent_that_names_its_work(toys: Toys) -> None:
    metering = toys.process("metering")
    await toys.start(metering, extra=[READER])
    event = reading(version=7)
    async with metering.work("from-the-browser") as work:
        work.emit(event)

    async def arrived() -> bool:
        return await toys.wire.waiting("billing.events") == 1

    await until(arrived)
    message = await toys.wire.take("billing.events")
    assert message is not None
    headers = {n.removeprefix(PREFIX): value for n, value in message.headers.items() if n.startswith(PREFIX)}
    assert UUID(str(headers.pop("id")))
    assert headers.pop("time")
    assert headers == {
        "specversion": "1.0",
        "type": "metering.reading.accepted.v1",
        "source": "/metering",
        "datacontenttype": "application/json",
        "subject": str(event.meter_id),
        "sequence": 7,
        "correlationid": "from-the-browser",
    }
    assert message.delivery_mode == 2
    assert ReadingAccepted.model_validate_json(message.body) == event


async def test_relay_that_dies_between_confirm_and_delete_repeats_and_keeps_the_order(toys: Toys) -> None:
    metering = toys.process("metering")
    await toys.start(metering, extra=[READER])
    admin = await asyncpg.connect(metering.settings.database_url)
    await admin.execute(
        "CREATE FUNCTION die() RETURNS trigger LANGUAGE plpgsql AS "
        "$$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN OLD; END $$;"
        "CREATE TRIGGER die BEFORE DELETE ON outbox EXECUTE FUNCTION die()"
    )
    events = [reading() for _ in range(50)]
    wanted = [str(event.reading_id) for event in events]
    await emit(metering, *events)
    first = await taken(toys, 50)
    assert await outbox_size(metering) == 50
    await admin.execute("DROP TRIGGER die ON outbox")

    async def empty() -> bool:
        return await outbox_size(metering) == 0

    await until(empty)
    again = await taken(toys, 50)
    await admin.close()
    assert first[:50] == wanted
    assert again[-50:] == wanted


async def test_event_that_nobody_is_bound_to_get_stays_in_the_outbox_until_somebody_is(toys: Toys) -> None:
    metering = toys.process("metering")
    await toys.start(metering, extra=[READER])
    meter = MeterRecorded.model_validate(MeterRecorded.example)
    event = reading()
    await emit(metering, meter, event)
    assert await taken(toys, 1) == [str(event.reading_id)], "others go on"

    async def only_the_unread_stays() -> bool:
        return await outbox_size(metering) == 1

    await until(only_the_unread_stays, what="the relay deleted what was confirmed")
    await toys.wire.bind("billing.events", topology.EVENTS, meter.message_type)

    async def arrived() -> bool:
        return await toys.wire.waiting("billing.events") == 1

    await until(arrived)
    message = await toys.wire.take("billing.events")
    assert message is not None
    assert message.headers["cloudEvents_type"] == meter.message_type


async def test_events_wait_while_the_broker_is_away_and_go_in_order_when_it_is_back(toys: Toys) -> None:
    async with Proxy(toys.address) as broker:
        metering = toys.process("metering", amqp_url=broker.url)
        await toys.start(metering, extra=[READER])
        await broker.cut()
        events = [reading() for _ in range(20)]
        for event in events:
            await emit(metering, event)
        assert await outbox_size(metering) == 20
        await broker.mend()
        arrived = await taken(toys, 20)
        assert list(dict.fromkeys(arrived)) == [str(event.reading_id) for event in events]
        await metering.stop()


async def test_one_of_two_replicas_relays_and_the_other_takes_over(toys: Toys) -> None:
    first = toys.process("metering")
    second = toys.process("metering", database_url=first.settings.database_url)
    await toys.start(first, second, extra=[READER])
    early = [reading() for _ in range(10)]
    await emit(second, *early)
    assert await taken(toys, 10) == [str(event.reading_id) for event in early]
    await asyncio.sleep(0.5)  # a second relay would have repeated them by now
    assert await toys.wire.waiting("billing.events") == 0
    await first.stop()
    late = [reading() for _ in range(10)]
    await emit(second, *late)
    assert await taken(toys, 10) == [str(event.reading_id) for event in late]


async def test_rows_that_another_process_wrote_are_relayed_soon(toys: Toys) -> None:
    metering = toys.process("metering")
    importer = toys.process("metering", database_url=metering.settings.database_url)
    await toys.start(metering, extra=[READER])
    events = [reading() for _ in range(1200)]  # more than two of the relay's batches
    await emit(importer, *events)
    assert await taken(toys, 1200) == [str(event.reading_id) for event in events]


async def test_events_behind_many_that_nobody_reads_are_told_all_the_same(toys: Toys) -> None:
    metering = toys.process("metering")
    await toys.start(metering, extra=[READER])
    unread = MeterRecorded.model_validate(MeterRecorded.example)
    await emit(metering, *(unread for _ in range(1100)))  # more than two of the relay's batches
    event = reading()
    await emit(metering, event)
    assert await taken(toys, 1) == [str(event.reading_id)]

    async def only_the_unread_stay() -> bool:
        return await outbox_size(metering) == 1100

    await until(only_the_unread_stay, what="the relay deleted what was confirmed")


async def test_a_relay_that_is_frozen_is_let_go_of_and_a_replica_takes_over(
    toys: Toys, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("services.chassis.messaging.outbox.FROZEN_SECONDS", 2)
    home = toys.process("metering")
    async with Proxy(home.settings.database_url) as wire:
        leader = toys.process("metering", database_url=wire.url)
        await toys.start(leader, extra=[READER])
        first, second = reading(), reading()
        await emit(leader, first)
        assert await taken(toys, 1) == [str(first.reading_id)]
        wire.freeze()
        replica = toys.process("metering", database_url=home.settings.database_url)
        await replica.start()
        await replica.wait_until_ready()
        await emit(replica, second)
        assert str(second.reading_id) in await taken(toys, 1)
        wire.thaw()
        await leader.stop()
