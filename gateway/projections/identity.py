"""Applications for an account, as clerks see them, logins, and the end of sessions when a password changes."""

from collections.abc import Sequence

from sqlalchemy import bindparam, delete
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.identity import ApplicationDecided, ApplicationReceived, LoggedIn, PasswordChanged
from gateway import tables
from gateway.projections.upserting import upsert


async def applications(events: Sequence[ApplicationReceived], connection: AsyncConnection) -> None:
    columns = {
        "application_id",
        "number",
        "name",
        "email",
        "agreement_number",
        "received_at",
        "party_id",
        "version",
    }
    rows = [
        {**event.model_dump(include=columns), "checks": [check.model_dump() for check in event.checks]}
        for event in events
    ]
    await upsert(connection, tables.application, rows)


async def decisions(events: Sequence[ApplicationDecided], connection: AsyncConnection) -> None:
    columns = {"application_id", "decision", "reason", "clerk", "decided_at", "version"}
    await upsert(connection, tables.application_decision, [event.model_dump(include=columns) for event in events])


async def logins(events: Sequence[LoggedIn], connection: AsyncConnection) -> None:
    columns = {"account_id", "audience", "logged_in_at", "version"}
    await upsert(connection, tables.last_login, [event.model_dump(include=columns) for event in events])


async def end_sessions(events: Sequence[PasswordChanged], connection: AsyncConnection) -> None:
    """Whoever logged in with the old password is logged out; the session that changed it began at `changed_at`."""
    session = tables.session
    await connection.execute(
        delete(session).where(session.c.account_id == bindparam("account"), session.c.started_at < bindparam("moment")),
        [{"account": event.account_id, "moment": event.changed_at} for event in events],
    )
