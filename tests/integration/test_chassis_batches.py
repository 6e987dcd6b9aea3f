"""Reading a queue in batches: in order, half of what is in hand at a time, and all of a batch ends together."""

import asyncio
from collections.abc import AsyncIterator, Sequence

import aio_pika
import pytest
from aio_pika.abc import AbstractIncomingMessage, AbstractRobustConnection
from prometheus_client import CollectorRegistry, Counter

from contracts.metering import ReadingAccepted
from services.chassis.messaging.batches import BatchReader
from services.chassis.messaging.topology import Part
from tests.support.proxy import Proxy
from tests.support.toys import Toys
from tests.support.waiting import until
from tests.support.wire import enveloped

QUEUE = "gateway.events"


@pytest.fixture
async def connection(toys: Toys) -> AsyncIterator[AbstractRobustConnection]:
    await toys.declare(extra=[Part("gateway", consumes=(ReadingAccepted.message_type,))])
    connection = await aio_pika.connect_robust(toys.address)
    yield connection
    await connection.close()


@pytest.fixture
def ended() -> Counter:
    return Counter("ended", "What ended", registry=CollectorRegistry())


async def tell(toys: Toys, count: int) -> None:
    event = ReadingAccepted.model_validate(ReadingAccepted.example)
    await asyncio.gather(*(toys.wire.event(enveloped(event)) for _ in range(count)))


async def test_batches_keep_the_order_and_are_half_of_what_is_in_hand_at_most(
    toys: Toys, connection: AbstractRobustConnection, ended: Counter
) -> None:
    tags: list[list[int]] = []

    async def receive(batch: Sequence[AbstractIncomingMessage]) -> None:
        tags.append([delivery.delivery_tag or 0 for delivery in batch])
        await asyncio.sleep(0.01)

    await tell(toys, 100)
    reader = BatchReader(receive, 20, ended)
    await reader.start(connection, QUEUE)

    async def done() -> bool:
        return sum(map(len, tags)) == 100 and reader.in_hand == 0

    await until(done)
    assert [tag for batch in tags for tag in batch] == list(range(1, 101))
    assert max(map(len, tags)) == 10
    assert reader.oldest is None
    await reader.stop(5)
    await connection.close()
    assert await toys.wire.waiting(QUEUE) == 0


async def test_a_batch_that_did_not_end_comes_again(
    toys: Toys, connection: AbstractRobustConnection, ended: Counter
) -> None:
    seen: list[str] = []

    async def fails_at_first(batch: Sequence[AbstractIncomingMessage]) -> None:
        if not any(delivery.redelivered for delivery in batch):
            raise LookupError("not foreseen")
        seen.extend(delivery.message_id or "" for delivery in batch)

    await tell(toys, 6)
    reader = BatchReader(fails_at_first, 20, ended)
    await reader.start(connection, QUEUE)

    async def done() -> bool:
        return len(seen) == 6

    await until(done)
    assert len(set(seen)) == 6
    await reader.stop(5)


async def test_a_reader_that_is_stopped_waits_no_longer_than_it_is_told(
    toys: Toys, connection: AbstractRobustConnection, ended: Counter
) -> None:
    async def never(_batch: Sequence[AbstractIncomingMessage]) -> None:
        await asyncio.Event().wait()

    await tell(toys, 6)
    reader = BatchReader(never, 20, ended)
    await reader.start(connection, QUEUE)

    async def has_come() -> bool:
        return reader.in_hand == 6

    await until(has_come)
    await reader.stop(0.1)
    await connection.close()

    async def is_back() -> bool:
        return await toys.wire.waiting(QUEUE) == 6

    await until(is_back)


async def test_what_came_over_a_connection_that_was_cut_is_forgotten_when_it_comes_again(
    toys: Toys, ended: Counter
) -> None:
    await toys.declare(extra=[Part("gateway", consumes=(ReadingAccepted.message_type,))])
    goes_on, seen = asyncio.Event(), 0

    async def receive(batch: Sequence[AbstractIncomingMessage]) -> None:
        nonlocal seen
        await goes_on.wait()
        seen += len(batch)

    await tell(toys, 40)
    async with Proxy(toys.address) as broker:
        connection = await aio_pika.connect_robust(broker.url, reconnect_interval=0.1)
        reader = BatchReader(receive, 20, ended)
        await reader.start(connection, QUEUE)

        async def is_full() -> bool:
            return reader.in_hand >= 20 and await toys.wire.waiting(QUEUE) == 20

        for _ in range(5):
            await until(is_full)
            await broker.cut()
            await broker.mend()
        await until(is_full)
        assert reader.in_hand <= 30, "twenty, and the batch that was being handled at the first cut"
        goes_on.set()

        async def done() -> bool:
            return reader.in_hand == 0 and await toys.wire.waiting(QUEUE) == 0

        await until(done)
        assert 40 <= seen <= 50
        await reader.stop(5)
        await connection.close()
    assert await toys.wire.waiting(QUEUE) == 0
