"""How far the read model has come: the age of the data that pages tell (K17)."""

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.envelope import Envelope
from gateway.read_model.tables import progress


async def note(envelopes: Sequence[Envelope], connection: AsyncConnection) -> None:
    """Note in the batch's own transaction the newest event of each service."""
    newest: dict[str, datetime] = {}
    for envelope in envelopes:
        newest[envelope.source] = max(envelope.time, newest.get(envelope.source, envelope.time))
    statement = insert(progress)
    await connection.execute(
        statement.on_conflict_do_update(
            index_elements=[progress.c.source],
            set_={"last_event_at": statement.excluded.last_event_at},
            where=progress.c.last_event_at < statement.excluded.last_event_at,
        ),
        [{"source": source, "last_event_at": moment} for source, moment in sorted(newest.items())],
    )
