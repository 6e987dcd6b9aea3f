"""How far the read model has come: the age of the data that pages tell (K17)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import bindparam, func, or_
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.envelope import Envelope
from gateway.read_model.tables import progress
from gateway.tables import moment


async def note(envelopes: Sequence[Envelope], connection: AsyncConnection) -> None:
    """Note in the batch's own transaction the newest event of each service."""
    newest: dict[str, datetime] = {}
    for envelope in envelopes:
        newest[envelope.source] = max(envelope.time, newest.get(envelope.source, envelope.time))
    # A sender's clock that is ahead must not make the data look newer than they can be.
    statement = insert(progress).values(last_event_at=func.least(bindparam("moment", type_=moment), func.now()))
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=[progress.c.source],
            set_={"last_event_at": statement.excluded.last_event_at},
            where=or_(
                progress.c.last_event_at < statement.excluded.last_event_at, progress.c.last_event_at > func.now()
            ),
        ),
        [{"source": source, "moment": at} for source, at in sorted(newest.items())],
    )
