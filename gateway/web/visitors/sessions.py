"""Sessions of customers and clerks: rows in the gateway's database, so that logging out really ends them."""

import hashlib
import secrets
from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from decimal import Decimal
from typing import Literal
from uuid import UUID

import asyncpg

from contracts.identity import Audience, LoggedIn
from gateway.read_model.queries import Query
from gateway.read_model.scope import Scope
from gateway.web.visitors.scoped import ScopedConnection
from services.chassis.clock import local_date

LONGEST = timedelta(hours=12)
FORGOTTEN = timedelta(days=1)
"""How long a session that is over is remembered, so that whoever comes back is told why."""

_NOTED = timedelta(minutes=1)
"""How stale `seen_at` may be: it is not written at every page."""

# The session, the age of the data, and the customer's balance or what waits for the clerk, in one round trip: each page
# needs all three. It sets the connection's scope, to nobody when there is no such session. Whose balance it is, is
# looked up after that, by a sub-select.
# A session of an older password is over. That is asked here, not seen to when a password changes: the news of a change
# may be written before the session of a login that came before it.
_FOUND = """
    WITH found AS MATERIALIZED (
        SELECT account_id, party_id, identifier, name, roles, must_change_password, seen_at
        FROM session
        WHERE token_hash = $1 AND audience = $2 AND seen_at > $3 AND started_at > $4
              AND NOT EXISTS (
                  SELECT FROM password_change p
                  WHERE p.account_id = session.account_id AND p.changed_at > session.started_at
              )
    ), scoped AS MATERIALIZED (
        SELECT act_for(ARRAY(SELECT party_id FROM found WHERE party_id IS NOT NULL), '{}')
    )
    SELECT found.*, (SELECT max(last_event_at) FROM progress) AS data_updated_at,
"""
_FIND_CUSTOMER = Query(f"""{_FOUND}
           (SELECT balance FROM balance WHERE party_id = found.party_id) AS balance
    FROM scoped LEFT JOIN found ON true
""")  # noqa: S608 (constants)
_FIND_CLERK = Query(f"""{_FOUND}
           (SELECT jsonb_object_agg(needs, count) FROM office_waiting WHERE found.account_id IS NOT NULL) AS waiting
    FROM scoped LEFT JOIN found ON true
""")  # noqa: S608 (constants)
_NOTE_SEEN = Query("UPDATE session SET seen_at = $2 WHERE token_hash = $1")
_OPEN = Query("""
    WITH replaced AS (DELETE FROM session WHERE token_hash = $11)
    INSERT INTO session (token_hash, account_id, audience, party_id, identifier, name, roles, must_change_password,
                         started_at, seen_at)
    VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10)
""")
_END = Query("DELETE FROM session WHERE token_hash = $1")
_ENDED = Query("SELECT account_id, started_at, seen_at FROM session WHERE token_hash = $1 AND audience = $2")
_SWEEP = Query("DELETE FROM session WHERE seen_at < $1")

Why = Literal["idle", "long", "changed"]
"""What ended a session: nothing was done, it lasted as long as one may, or the account has another password since."""


@dataclass(frozen=True, slots=True)
class Ended:
    """A session that is over: whose it was, and what ended it."""

    account_id: UUID
    why: Why


@dataclass(frozen=True, slots=True)
class Session:
    """Who is logged in.

    `balance` is what the party owes in PLN, below zero overpaid; nothing for a clerk. `waiting` says of how many things
    the office has to see to, by the right that one needs for it; nothing for a customer.
    """

    account_id: UUID
    audience: Audience
    party_id: UUID | None
    identifier: str
    name: str
    roles: tuple[str, ...]
    must_change_password: bool
    balance: Decimal
    balance_on: date
    data_updated_at: datetime | None
    waiting: Mapping[str, int] = field(default_factory=dict)


def _hash(token: str) -> bytes:
    return hashlib.sha256(token.encode()).digest()


async def open_session(pool: asyncpg.Pool, login: LoggedIn, now: datetime, replaced: str | None = None) -> str:
    """Begin a session for whoever proved who they are; the token for the cookie. The session of `replaced` ends.

    It began when identity says so: identity's clock also says which sessions a new password ends.
    """
    token = secrets.token_urlsafe(32)
    await _OPEN.run(
        pool,
        _hash(token),
        login.account_id,
        login.audience,
        login.party_id,
        login.identifier,
        login.name,
        list(login.roles),
        login.must_change_password,
        login.logged_in_at,
        now,
        _hash(replaced or ""),
    )
    return token


async def find_session(
    connection: ScopedConnection, token: str, audience: Audience, now: datetime, idle: timedelta
) -> Session | None:
    """The session of a cookie's token at this door, or None when it ended, expired or never was.

    It expires after `idle` without a page. From now on the connection has the session's scope.
    """
    digest = _hash(token)
    find = _FIND_CLERK if audience == "office" else _FIND_CUSTOMER
    row = await connection.enter(find, digest, audience, now - idle, now - LONGEST)
    if row["account_id"] is None:
        return None
    if row["party_id"] is not None:
        connection.scope = Scope((row["party_id"],))
    if now - row["seen_at"] > _NOTED:
        await connection.run(_NOTE_SEEN, digest, now)
    return Session(
        account_id=row["account_id"],
        audience=audience,
        party_id=row["party_id"],
        identifier=row["identifier"],
        name=row["name"],
        roles=tuple(row["roles"]),
        must_change_password=row["must_change_password"],
        balance=row.get("balance") or Decimal(0),
        balance_on=local_date(now),
        data_updated_at=row["data_updated_at"],
        waiting=row.get("waiting") or {},
    )


async def ended_session(
    connection: ScopedConnection, token: str, audience: Audience, now: datetime, idle: timedelta
) -> Ended | None:
    """What ended the session of a token that `find_session` does not find; None when nothing is known of it."""
    row = await connection.fetch_one(_ENDED, _hash(token), audience)
    if row is None:
        return None
    if row["seen_at"] <= now - idle:
        return Ended(row["account_id"], "idle")
    return Ended(row["account_id"], "long" if row["started_at"] <= now - LONGEST else "changed")


async def end_session(pool: asyncpg.Pool, token: str) -> None:
    """Log out: the token is worth nothing from now on."""
    await _END.run(pool, _hash(token))


async def sweep(pool: asyncpg.Pool, now: datetime) -> None:
    """Forget sessions that were over a day ago."""
    await _SWEEP.run(pool, now - FORGOTTEN)
