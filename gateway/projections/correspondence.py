"""E-mails that were sent, as the pages mention them."""

from collections.abc import Sequence

from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.correspondence import MailSent
from gateway import tables
from gateway.projections.upserting import upsert


async def mails(events: Sequence[MailSent], connection: AsyncConnection) -> None:
    columns = {"mail_id", "about_id", "kind", "recipient", "sent_at", "version"}
    await upsert(connection, tables.mail, [event.model_dump(include=columns) for event in events])
