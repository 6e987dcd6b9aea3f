"""Logins, and the end of sessions when a password changes."""

from collections.abc import Sequence
from operator import itemgetter

from sqlalchemy import bindparam, delete
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.identity import LoggedIn, PasswordChanged
from gateway.accounts import tables
from gateway.read_model.projecting import Projects, Source
from gateway.web.visitors.tables import session

PROJECTIONS = (Projects(tables.last_login, Source(LoggedIn), told_again=False),)


async def end_sessions(events: Sequence[PasswordChanged], connection: AsyncConnection) -> None:
    """Whoever logged in with the old password is logged out; the session that changed it began at `changed_at`.

    In the order of the accounts, so that two gateways do not wait for each other.
    """
    ended = ({"account": event.account_id, "moment": event.changed_at} for event in events)
    await connection.execute(
        delete(session).where(session.c.account_id == bindparam("account"), session.c.started_at < bindparam("moment")),
        sorted(ended, key=itemgetter("account")),
    )
