"""Applications for an account, as clerks see them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

import asyncpg

from contracts.identity import Check
from gateway.read_model.queries import Query
from gateway.web.visitors.clerk import Clerk

PER_PAGE = 20

LOOKING = timedelta(minutes=10)
"""How long after opening an application a clerk is taken to look at it."""

ApplicationState = Literal["waiting", "accepted", "rejected"]

Fit = Literal["agrees", "differs", "account", "nobody"]
"""How an application fits what the utility knows (W04). `nobody`: it leads to no party; `account`: the party that it
leads to has an account already; `differs`: some datum is not the utility's own. Only the other two can be accepted."""

Order = Literal["oldest", "newest"]
"""By the moment when applications came in."""


def _looks(applications: str) -> str:
    """The last look after $1 of another clerk than $2 at each of the `applications`.

    Of one who has logged out meanwhile there is no session, and no look.
    """
    return f"""
        SELECT DISTINCT ON (looked.about_id) looked.about_id AS application_id, looked.at AS looked_at,
               seen.name AS looked_by
        FROM last_look looked CROSS JOIN LATERAL (
            SELECT name FROM session WHERE account_id = looked.clerk_id AND audience = 'office' LIMIT 1
        ) seen
        WHERE looked.about_id = ANY ({applications}) AND looked.at > $1 AND looked.clerk_id <> $2
        ORDER BY looked.about_id, looked.at DESC
    """  # noqa: S608 (constants)


def _listed(which: str, order: str) -> str:
    """A page of a list, and with its first row, or without one, how many applications there are of each kind.

    In one round trip: the list is what clerks open most. A statement for each index and direction.
    """
    return f"""
        WITH listed AS (
            SELECT application_id, number, received_at, name, agreement_number, decision, clerk, decided_at, fit,
                   mismatches, row_number() OVER (ORDER BY {order}) - $4 AS place
            FROM application
            WHERE number IS NOT NULL AND {which}
            ORDER BY {order}
            LIMIT $3 OFFSET $4
        ), shown AS (
            SELECT *
            FROM listed
            LEFT JOIN (
                {_looks("ARRAY(SELECT application_id FROM listed WHERE decision IS NULL)")}
            ) looks USING (application_id)
        ), counted AS (
            SELECT 1 AS place,
                   (
                       SELECT jsonb_object_agg(fit, count) FROM (
                           SELECT fit, count(*) FROM application
                           WHERE number IS NOT NULL AND decision IS NULL GROUP BY fit
                       ) waiting
                   ) AS of_fit,
                   (
                       SELECT jsonb_object_agg(decision, count) FROM (
                           SELECT decision, count(*) FROM application
                           WHERE number IS NOT NULL AND decision IS NOT NULL GROUP BY decision
                       ) decided
                   ) AS of_decision
        )
        SELECT * FROM shown FULL JOIN counted USING (place) ORDER BY place
    """  # noqa: S608 (constants)


_OLDEST = "received_at, application_id"
_NEWEST = "received_at DESC, application_id DESC"
_WAITING_OLDEST = Query(_listed("decision IS NULL", _OLDEST))
_WAITING_NEWEST = Query(_listed("decision IS NULL", _NEWEST))
_OF_FIT_OLDEST = Query(_listed("decision IS NULL AND fit = $5", _OLDEST))
_OF_FIT_NEWEST = Query(_listed("decision IS NULL AND fit = $5", _NEWEST))
_DECIDED_OLDEST = Query(_listed("decision = $5", _OLDEST))
_DECIDED_NEWEST = Query(_listed("decision = $5", _NEWEST))

# The next one to decide: after one that waits, the one that came after it; after a decided one, the oldest that waits.
_ONE = Query(f"""
    SELECT a.*, p.name AS party_name, p.code AS party_code, p.street, p.postal_code, p.city, p.phone,
           looks.looked_at, looks.looked_by,
           (
               SELECT n.application_id FROM application n
               WHERE n.number IS NOT NULL AND n.decision IS NULL
                     AND (n.received_at, n.application_id)
                         > (CASE WHEN a.decision IS NULL THEN a.received_at ELSE '-infinity' END, a.application_id)
               ORDER BY n.received_at, n.application_id
               LIMIT 1
           ) AS next_id
    FROM application a
    LEFT JOIN party p ON p.party_id = a.party_id
    LEFT JOIN ({_looks("ARRAY[$3::uuid]")}) looks ON looks.application_id = a.application_id AND a.decision IS NULL
    WHERE a.application_id = $3 AND a.number IS NOT NULL
""")  # noqa: S608 (constants)

_RECENT = Query("""
    SELECT application_id, number, name, decision, clerk, decided_at
    FROM application
    WHERE number IS NOT NULL AND decision IS NOT NULL
    ORDER BY decided_at DESC, application_id LIMIT 10
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
class Look:
    """Another clerk who has it open, since so many whole minutes."""

    clerk: str
    minutes: int


@dataclass(frozen=True, slots=True)
class ApplicationRow:
    """A row of the clerks' list; `mismatches` counts the fields that differ from the data of the party found (W04)."""

    id: UUID
    number: str
    received_at: datetime
    name: str
    agreement_number: str
    state: ApplicationState
    fit: Fit
    mismatches: int
    decided_at: datetime | None
    decided_by: str | None
    look: Look | None


@dataclass(frozen=True, slots=True)
class Counts:
    """How many applications there are of each state, and how many of each fit wait."""

    of_state: Mapping[ApplicationState, int]
    waiting: Mapping[Fit, int]


@dataclass(frozen=True, slots=True)
class ApplicationsPage:
    """One page of a list, and the figures beside the lists' names."""

    rows: Sequence[ApplicationRow]
    counts: Counts


@dataclass(frozen=True, slots=True)
class PartyFound:
    """The party that an application seems to be from, as the utility knows it.

    `code` is its number for the login (kod kontrahenta), `address` its lines, `phone` None where nobody told one.
    """

    name: str
    code: str
    address: Sequence[str]
    phone: str | None


@dataclass(frozen=True, slots=True)
class Application:
    """An application beside the data that it must match (W04); `next_id` is the one to decide after it.

    `reason` is what a rejected applicant was told, in Polish and whole: the words of `reason_code`, then `own_words`.
    """

    id: UUID
    number: str
    received_at: datetime
    name: str
    state: ApplicationState
    email: str
    checks: Sequence[Check]
    fit: Fit
    mismatches: int
    party: PartyFound | None
    version: int
    decided_at: datetime | None
    decided_by: str | None
    reason: str | None
    reason_code: str | None
    own_words: str | None
    next_id: UUID | None
    look: Look | None


@dataclass(frozen=True, slots=True)
class Decision:
    """What a clerk decided of an application, at a moment in UTC."""

    id: UUID
    at: datetime
    number: str
    name: str
    accepted: bool
    clerk: str


async def applications_page(
    clerk: Clerk, state: ApplicationState, fit: Fit | None, order: Order, page: int, now: datetime
) -> ApplicationsPage:
    """The `page`-th page (from 1) of applications in `state`; of those that wait, only those of one `fit` if given."""
    arguments = (*_of_others(clerk, now), PER_PAGE, (page - 1) * PER_PAGE)
    oldest = order == "oldest"
    if state != "waiting":
        rows = await clerk.fetch(_DECIDED_OLDEST if oldest else _DECIDED_NEWEST, *arguments, state)
    elif fit:
        rows = await clerk.fetch(_OF_FIT_OLDEST if oldest else _OF_FIT_NEWEST, *arguments, fit)
    else:
        rows = await clerk.fetch(_WAITING_OLDEST if oldest else _WAITING_NEWEST, *arguments)
    waiting, decided = rows[0]["of_fit"] or {}, rows[0]["of_decision"] or {}
    counts = Counts({"waiting": sum(waiting.values()), "accepted": 0, "rejected": 0, **decided}, waiting)
    return ApplicationsPage([_row(row, now) for row in rows if row["application_id"]], counts)


async def application(clerk: Clerk, application_id: UUID, now: datetime) -> Application | None:
    """One application, or None."""
    row = await clerk.fetch_one(_ONE, *_of_others(clerk, now), application_id)
    if row is None:
        return None
    return Application(
        id=row["application_id"],
        number=row["number"],
        received_at=row["received_at"],
        name=row["name"],
        state=row["decision"] or "waiting",
        email=row["email"],
        checks=[Check.model_validate(check) for check in row["checks"]],
        fit=row["fit"],
        mismatches=row["mismatches"],
        party=_party(row) if row["party_name"] else None,
        version=row["version"],
        decided_at=row["decided_at"],
        decided_by=row["clerk"],
        reason=row["reason"],
        reason_code=row["reason_code"],
        own_words=row["own_words"],
        next_id=row["next_id"],
        look=_look(row, now),
    )


async def sent_application(pool: asyncpg.Pool, application_id: UUID) -> SentApplication | None:
    """The application that somebody sent who need not be logged in, or None."""
    row = await _SENT.fetch_one(pool, application_id)
    return SentApplication(row["number"], row["email"]) if row else None


async def recent_decisions(clerk: Clerk) -> Sequence[Decision]:
    """The last decisions, the newest first."""
    return [
        Decision(
            id=row["application_id"],
            at=row["decided_at"],
            number=row["number"],
            name=row["name"],
            accepted=row["decision"] == "accepted",
            clerk=row["clerk"],
        )
        for row in await clerk.fetch(_RECENT)
    ]


def _of_others(clerk: Clerk, now: datetime) -> tuple[datetime, UUID]:
    return now - LOOKING, clerk.account_id


def _look(row: asyncpg.Record, now: datetime) -> Look | None:
    return Look(row["looked_by"], (now - row["looked_at"]) // timedelta(minutes=1)) if row["looked_by"] else None


def _row(row: asyncpg.Record, now: datetime) -> ApplicationRow:
    return ApplicationRow(
        id=row["application_id"],
        number=row["number"],
        received_at=row["received_at"],
        name=row["name"],
        agreement_number=row["agreement_number"],
        state=row["decision"] or "waiting",
        fit=row["fit"],
        mismatches=row["mismatches"],
        decided_at=row["decided_at"],
        decided_by=row["clerk"],
        look=_look(row, now),
    )


def _party(row: asyncpg.Record) -> PartyFound:
    address = (row["street"], f"{row['postal_code']} {row['city']}")
    return PartyFound(row["party_name"], row["party_code"], address, row["phone"])
