"""The outbox: events wait in the transaction of their change until the relay has the broker's word for them."""

import asyncio
import json
from collections.abc import Sequence

import asyncpg
import structlog
from aio_pika.abc import AbstractChannel
from aio_pika.exceptions import PublishError
from sqlalchemy import func, select
from sqlalchemy.engine import make_url

from services.chassis.messaging import topology
from services.chassis.messaging.publishing import BROKER_FAULTS, ConfirmedChannel, amqp_properties
from services.chassis.storage.database import COMMAND_SECONDS
from services.chassis.storage.tables import outbox
from services.chassis.storage.unit_of_work import UnitOfWork

log = structlog.get_logger()

BATCH = 500
IDLE_SECONDS = 0.25
"""How often an idle relay looks for rows written by another process (a replica, an import)."""

FAULT_SECONDS = 1.0

FROZEN_SECONDS = 10
"""After how long the database ends the connection of a relay that asks nothing any more."""

_LOCK = 0x65626F6B  # "ebok": one active relay a database

_CLAIM = "SELECT position, message_type, headers, body FROM outbox WHERE position > $1 ORDER BY position LIMIT $2"
_DELETE = "DELETE FROM outbox WHERE position = ANY($1::bigint[])"


async def waiting(work: UnitOfWork) -> float:
    """How many events wait for the relay."""
    return float(await work.connection.scalar(select(func.count()).select_from(outbox)) or 0)


async def oldest(work: UnitOfWork) -> float:
    """Age in seconds of the oldest event that waits for the relay, 0 without any."""
    first = await work.connection.scalar(select(func.min(outbox.c.written_at)))
    return (work.now - first).total_seconds() if first else 0.0


class Relay:
    """Moves rows from the outbox to `ebok.events`, in order, pipelined, with the broker's confirms.

    One relay is active for each database (an advisory lock); the others stand by. A row is deleted only after the
    broker confirmed it, so a crash in between repeats a message and never loses one.
    """

    def __init__(self, database_url: str, channel: ConfirmedChannel) -> None:
        self._dsn = make_url(database_url).set(drivername="postgresql").render_as_string(hide_password=False)
        self._channel = channel
        self._wake = asyncio.Event()

    def wake(self) -> None:
        """Tell the relay that this process has just committed new rows."""
        self._wake.set()

    async def run(self) -> None:
        """Relay until cancelled, through outages of the database and the broker."""
        while True:
            try:
                connection = await asyncpg.connect(
                    self._dsn,
                    timeout=5,
                    command_timeout=COMMAND_SECONDS,
                    # A relay that is at work asks every quarter of a second. One that was frozen is let go of, and with
                    # it the lock, so that a replica takes over; what it then says twice the inboxes know.
                    server_settings={
                        "idle_session_timeout": f"{FROZEN_SECONDS}s",
                        "transaction_timeout": f"{FROZEN_SECONDS}s",  # if it was frozen within a statement
                    },
                )
                try:
                    await self._relay_with(connection)
                finally:
                    await connection.close(timeout=2)
            except (OSError, TimeoutError, asyncpg.PostgresError, asyncpg.InterfaceError) as error:
                log.warning("relay.database_away", error=type(error).__name__)
                await asyncio.sleep(FAULT_SECONDS)

    async def _relay_with(self, connection: asyncpg.Connection) -> None:
        await connection.set_type_codec("jsonb", encoder=json.dumps, decoder=json.loads, schema="pg_catalog")
        while not await connection.fetchval("SELECT pg_try_advisory_lock($1)", _LOCK):
            await asyncio.sleep(FAULT_SECONDS)
        while True:
            self._wake.clear()
            if await self._relay_all(connection):
                try:
                    async with asyncio.timeout(IDLE_SECONDS):
                        await self._wake.wait()
                except TimeoutError:
                    pass  # look for rows that another process wrote
            else:
                await asyncio.sleep(FAULT_SECONDS)

    async def _relay_all(self, connection: asyncpg.Connection) -> bool:
        """Go through the whole outbox once, past rows that the broker does not take; whether it took them all."""
        taken = True
        confirmed: list[int] = []
        rows = await connection.fetch(_CLAIM, 0, BATCH)
        while rows:
            try:
                channel = await self._channel.channel()
            except BROKER_FAULTS as error:
                log.warning("relay.broker_away", error=type(error).__name__, waiting=len(rows))
                taken = False
                break
            # While the broker takes these, the ones before are deleted and the next ones read.
            published, rows_after = await asyncio.gather(
                _publish(channel, rows), _turn(connection, confirmed, rows[-1]["position"])
            )
            taken = taken and len(published) == len(rows)
            confirmed, rows = published, rows_after
        await _delete(connection, confirmed)
        return taken


async def _turn(connection: asyncpg.Connection, confirmed: Sequence[int], last: int) -> Sequence[asyncpg.Record]:
    """Delete the rows that the broker `confirmed`, and read those after `last`."""
    await _delete(connection, confirmed)
    rows: Sequence[asyncpg.Record] = await connection.fetch(_CLAIM, last, BATCH)
    return rows


async def _delete(connection: asyncpg.Connection, confirmed: Sequence[int]) -> None:
    if confirmed:
        await connection.execute(_DELETE, confirmed)


async def _publish(channel: AbstractChannel, rows: Sequence[asyncpg.Record]) -> list[int]:
    """Publish `rows`; the positions of those that the broker confirmed."""
    underlay = await channel.get_underlay_channel()  # a message of aio_pika's takes a tenth of the time
    results = await asyncio.gather(
        *(
            underlay.basic_publish(
                body, exchange=topology.EVENTS, routing_key=key, properties=amqp_properties(headers), mandatory=True
            )
            for _, key, headers, body in rows
        ),
        return_exceptions=True,
    )
    confirmed = [row["position"] for row, result in zip(rows, results, strict=True) if not _is_fault(result)]
    if len(confirmed) < len(rows):
        pairs = list(zip(rows, results, strict=True))
        unread = sorted({row["message_type"] for row, result in pairs if isinstance(result, PublishError)})
        if unread:  # no queue is bound to them: a reader is missing, or the queues were not declared anew
            log.error("relay.nobody_reads", types=unread)
        faults = {type(result).__name__ for _, result in pairs if _is_fault(result)}
        log.warning("relay.not_confirmed", count=len(rows) - len(confirmed), errors=sorted(faults))
    return confirmed


def _is_fault(result: object) -> bool:
    return isinstance(result, BaseException)
