"""Exactly-once effect of messages that may come twice."""

from datetime import timedelta
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from services.chassis.storage.tables import answer, inbox
from services.chassis.storage.unit_of_work import UnitOfWork

KEPT = timedelta(days=7)
"""How long a second delivery is recognised; far longer than any message waits in a queue of ours."""


_NOTE = insert(inbox).on_conflict_do_nothing().returning(inbox.c.message_id)


async def is_new(connection: AsyncConnection, message_id: UUID) -> bool:
    """Note in the present transaction that `message_id` takes effect; False when it already did."""
    row = await connection.execute(_NOTE, {"message_id": message_id})
    return row.first() is not None


async def sweep(work: UnitOfWork) -> None:
    """Forget what is older than `KEPT`."""
    await work.connection.execute(delete(inbox).where(inbox.c.received_at < work.now - KEPT))
    await work.connection.execute(delete(answer).where(answer.c.answered_at < work.now - KEPT))
