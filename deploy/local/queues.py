"""How many messages wait where and what is gone, asked of the broker without changing anything."""

from collections.abc import Collection, Iterable
from dataclasses import dataclass

import aio_pika
from aio_pika.exceptions import AMQPError, ChannelNotFoundEntity

from services.chassis.messaging import topology
from services.chassis.messaging.topology import Part


@dataclass(frozen=True)
class Depth:
    """Messages of one service that its queues hold; None where a queue is missing."""

    waiting: int | None
    again: int | None
    parked: int | None
    consumers: int

    @property
    def is_complete(self) -> bool:
        """Whether no queue is missing."""
        return None not in (self.waiting, self.again, self.parked)


async def depths(amqp_url: str, parts: Iterable[Part]) -> dict[str, Depth]:
    """The depth of each service's queues by its name.

    Raises one of `BROKER_FAULTS` when the broker is away or refuses the user.
    """
    found = {}
    connection = await aio_pika.connect(amqp_url, timeout=5)
    async with connection:
        for part in parts:
            known = {queue.name: await _look(connection, queue.name) for queue in topology.queues(part)}
            found[part.name] = _sum_up(part, known)
    return found


async def is_complete(amqp_url: str, parts: Collection[Part]) -> bool:
    """Whether every queue and exchange of the services is there. Raises as `depths` does."""
    found = await depths(amqp_url, parts)
    return all(depth.is_complete for depth in found.values()) and not await gone_exchanges(amqp_url, parts)


async def gone_exchanges(amqp_url: str, parts: Iterable[Part]) -> list[str]:
    """The exchanges that the services publish to and that are not there: what is sent to them reaches nobody.

    Raises one of `BROKER_FAULTS` when the broker is away or refuses the user.
    """
    connection = await aio_pika.connect(amqp_url, timeout=5)
    async with connection:
        names = [exchange.name for exchange in topology.exchanges(parts)]
        return [name for name in names if not await _is_there(connection, name)]


async def _is_there(connection: aio_pika.abc.AbstractConnection, exchange: str) -> bool:
    # As for a queue, the question for one that is not there closes the channel.
    channel = await connection.channel()
    try:
        await channel.get_exchange(exchange)
    except ChannelNotFoundEntity:
        return False
    await channel.close()
    return True


async def _look(connection: aio_pika.abc.AbstractConnection, queue: str) -> tuple[int, int] | None:
    # The broker closes the channel at the question for a queue that is not there.
    channel = await connection.channel()
    try:
        answer = (await channel.declare_queue(queue, passive=True)).declaration_result
    except AMQPError:
        return None
    await channel.close()
    return answer.message_count or 0, answer.consumer_count or 0


def _sum_up(part: Part, known: dict[str, tuple[int, int] | None]) -> Depth:
    work = {topology.events_queue(part.name), topology.requests_queue(part.name)}
    parked = topology.parked_queue(part.name)

    def messages(names: Iterable[str]) -> int | None:
        seen = [known[name] for name in names]
        return None if None in seen else sum(depth[0] for depth in seen if depth is not None)

    return Depth(
        waiting=messages(name for name in known if name in work),
        again=messages(name for name in known if name not in work and name != parked),
        parked=messages(name for name in known if name == parked),
        consumers=sum(depth[1] for depth in known.values() if depth is not None),
    )
