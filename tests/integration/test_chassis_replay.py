"""Rebuilding a read model from what the services know."""

from collections.abc import AsyncIterator, Sequence

from sqlalchemy import insert, select, text
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.identity import AccountOpened
from contracts.message import Event
from contracts.metering import ReadingAccepted
from services.chassis.ids import new_id
from services.chassis.messaging.topology import Part
from services.chassis.process import Process
from tests.support.toy import note, noted
from tests.support.toys import Toys, noted_by
from tests.support.waiting import until


async def history(connection: AsyncConnection) -> AsyncIterator[Event]:
    async with connection.stream(select(noted.c.thing_id).order_by(noted.c.place)) as rows:
        async for row in rows:
            yield ReadingAccepted.model_validate(ReadingAccepted.example | {"reading_id": row.thing_id})


async def unshown(connection: AsyncConnection) -> AsyncIterator[Event]:
    """A history of what no read model shows."""
    yield AccountOpened.model_validate(AccountOpened.example)


async def project(events: Sequence[ReadingAccepted], connection: AsyncConnection) -> None:
    await connection.execute(insert(noted), [{"thing_id": e.reading_id, "text": "projected"} for e in events])


async def pair(toys: Toys, count: int) -> tuple[Process, Process]:
    metering, gateway = toys.process("metering"), toys.process("gateway")
    metering.service.replays(history, unshown)
    gateway.service.projects(ReadingAccepted, project)
    await toys.start(metering, gateway, extra=[Part("billing", consumes=(ReadingAccepted.message_type,))])
    async with metering.work() as work:
        await work.connection.execute(
            text("INSERT INTO noted (thing_id, text) SELECT gen_random_uuid(), '' FROM generate_series(1, :count)"),
            {"count": count},
        )
    return metering, gateway


async def test_replay_tells_everything_to_read_models_and_nothing_to_other_services(toys: Toys) -> None:
    metering, gateway = await pair(toys, 1234)
    counts: list[int] = []
    assert await metering.replay(counts.append) == 1235
    assert counts == sorted(counts)

    async def done() -> bool:
        return len(await noted_by(gateway)) == 1234

    await until(done)
    assert {thing for thing, _ in await noted_by(gateway)} == {thing for thing, _ in await noted_by(metering)}
    assert await toys.wire.waiting("billing.events") == 0
    assert await toys.wire.waiting("gateway.parked") == 0


async def test_replay_reads_one_snapshot_while_work_goes_on(toys: Toys) -> None:
    metering, _ = await pair(toys, 3)
    late = new_id()

    async def history_during_work(connection: AsyncConnection) -> AsyncIterator[Event]:
        async for event in history(connection):
            async with metering.work() as work:
                await note(work, late)
            yield event

    metering.service.histories[:] = [history_during_work, history]
    assert await metering.replay() == 6
    assert len(await noted_by(metering)) == 6
