"""Applications for an account, as clerks see them."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import asyncpg

from contracts.identity import Check
from gateway.read_model.queries import Query
from gateway.web.visitors.clerk import Clerk

PER_PAGE = 20

ApplicationState = Literal["waiting", "accepted", "rejected"]

# Two statements, one for each index; what a page does not show is counted, and not carried along for that.
_WAITING_PAGE = Query("""
    SELECT application_id, number, received_at, name, agreement_number, checks, decision,
           (SELECT count(*) FROM application WHERE number IS NOT NULL AND decision IS NULL) AS total
    FROM application
    WHERE number IS NOT NULL AND decision IS NULL
    ORDER BY received_at
    LIMIT $1 OFFSET $2
""")
_DECIDED_PAGE = Query("""
    SELECT application_id, number, received_at, name, agreement_number, checks, decision,
           (SELECT count(*) FROM application WHERE number IS NOT NULL AND decision = $3) AS total
    FROM application
    WHERE number IS NOT NULL AND decision = $3
    ORDER BY received_at DESC
    LIMIT $1 OFFSET $2
""")

_ONE = Query("""
    SELECT a.*, p.name AS party_name, p.code AS party_code
    FROM application a LEFT JOIN party p ON p.party_id = a.party_id
    WHERE a.application_id = $1 AND a.number IS NOT NULL
""")

_WAITING = Query("""
    SELECT count(*) AS count, min(received_at) AS oldest_at
    FROM application
    WHERE number IS NOT NULL AND decision IS NULL
""")

_RECENT = Query("""
    SELECT number, name, decision, clerk, decided_at
    FROM application
    WHERE number IS NOT NULL AND decision IS NOT NULL
    ORDER BY decided_at DESC LIMIT 10
""")


# Its number in the address is all that whoever applied has; the scope of this one statement is that one application.
_SENT = Query("""
    WITH one AS MATERIALIZED (
        SELECT set_config('ebok.application', ($1::uuid)::text, true)::uuid AS application_id
    )
    SELECT a.number, a.email
    FROM one CROSS JOIN LATERAL (
        SELECT number, email FROM application
        WHERE application_id = one.application_id AND number IS NOT NULL
        LIMIT 1
    ) a
""")


@dataclass(frozen=True, slots=True)
class SentApplication:
    """What whoever applied is told of the application."""

    number: str
    email: str


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """A row of the clerks' list; `mismatches` counts the fields that differ from the data of the party found (W04)."""

    href: str
    number: str
    received_at: datetime
    name: str
    agreement_number: str
    state: ApplicationState
    mismatches: int


@dataclass(frozen=True, slots=True)
class PartyFound:
    """The party that an application seems to be from: its name, and its code (kod kontrahenta) for the login."""

    name: str
    code: str


@dataclass(frozen=True, slots=True)
class Application:
    """An application beside the data that it must match (W04)."""

    id: UUID
    number: str
    received_at: datetime
    state: ApplicationState
    email: str
    checks: Sequence[Check]
    party: PartyFound | None
    version: int
    decided_at: datetime | None
    decided_by: str | None
    reason: str | None


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many applications wait for a clerk, and since when."""

    count: int
    oldest_at: datetime | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a clerk decided of an application, at a moment in UTC."""

    at: datetime
    number: str
    name: str
    accepted: bool
    clerk: str


async def applications_page(clerk: Clerk, state: ApplicationState, page: int) -> tuple[Sequence[ApplicationRow], int]:
    """The `page`-th page (from 1) of applications in `state`, and how many pages there are.

    Those that wait longest come first, of the decided ones the newest.
    """
    window = PER_PAGE, (page - 1) * PER_PAGE
    if state == "waiting":
        rows = await clerk.fetch(_WAITING_PAGE, *window)
    else:
        rows = await clerk.fetch(_DECIDED_PAGE, *window, state)
    pages = -(-rows[0]["total"] // PER_PAGE) if rows else 1
    return [_row(row) for row in rows], pages


async def application(clerk: Clerk, application_id: UUID) -> Application | None:
    """One application, or None."""
    row = await clerk.fetch_one(_ONE, application_id)
    if row is None:
        return None
    return Application(
        id=row["application_id"],
        number=row["number"],
        received_at=row["received_at"],
        state=row["decision"] or "waiting",
        email=row["email"],
        checks=[Check.model_validate(check) for check in row["checks"]],
        party=PartyFound(row["party_name"], row["party_code"]) if row["party_name"] else None,
        version=row["version"],
        decided_at=row["decided_at"],
        decided_by=row["clerk"],
        reason=row["reason"],
    )


async def sent_application(pool: asyncpg.Pool, application_id: UUID) -> SentApplication | None:
    """The application that somebody sent who need not be logged in, or None."""
    row = await _SENT.fetch_one(pool, application_id)
    return SentApplication(row["number"], row["email"]) if row else None


async def waiting(clerk: Clerk) -> Waiting:
    """What waits for a decision."""
    row = await clerk.fetch_one(_WAITING)
    return Waiting(row["count"], row["oldest_at"]) if row else Waiting(0, None)


async def recent_decisions(clerk: Clerk) -> Sequence[Decision]:
    """The last decisions, the newest first."""
    return [
        Decision(row["decided_at"], row["number"], row["name"], row["decision"] == "accepted", row["clerk"])
        for row in await clerk.fetch(_RECENT)
    ]


def _row(row: asyncpg.Record) -> ApplicationRow:
    differing = [check for check in row["checks"] if check.get("expected") is not None and not check["matches"]]
    return ApplicationRow(
        href=f"/office/applications/{row['application_id']}",
        number=row["number"],
        received_at=row["received_at"],
        name=row["name"],
        agreement_number=row["agreement_number"],
        state=row["decision"] or "waiting",
        mismatches=len(differing),
    )
