"""What failed and nobody has tried again, as clerks see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

import asyncpg

from gateway.read_model.queries import Query
from gateway.web.visitors.clerk import Clerk

PER_PAGE = 20

Thing = Literal["mail", "document"]

_LIST = Query("""
    SELECT failed.*, party.code AS payer_code, count(*) OVER () AS total
    FROM (
        SELECT 'mail' AS thing, mail_id AS id, kind, concat_ws(', ', nullif(name, ''), recipient) AS about, reason,
               failed_at, party_id
        FROM failed_mail
        WHERE version > coalesce(retried_version, 0) AND dropped_version IS NULL
        UNION ALL
        SELECT 'document', invoice_id, 'document', number, reason, failed_at, party_id
        FROM failed_document
        WHERE version > coalesce(retried_version, 0)
    ) failed
    LEFT JOIN party ON party.party_id = failed.party_id
    ORDER BY failed_at DESC, id
    LIMIT $1 OFFSET $2
""")

_OLDEST = Query("""
    SELECT thing, id
    FROM (
        SELECT 'mail' AS thing, mail_id AS id, failed_at FROM failed_mail
        WHERE version > coalesce(retried_version, 0) AND dropped_version IS NULL
        UNION ALL
        SELECT 'document', invoice_id, failed_at FROM failed_document
        WHERE version > coalesce(retried_version, 0)
    ) failed
    ORDER BY failed_at, id
    LIMIT $1
""")

_MAIL = Query("""
    SELECT 'mail' AS thing, mail_id AS id, failed.kind, concat_ws(', ', nullif(failed.name, ''), recipient) AS about,
           reason, failed_at, party.code AS payer_code
    FROM failed_mail failed LEFT JOIN party ON party.party_id = failed.party_id
    WHERE mail_id = $1 AND failed.version > coalesce(retried_version, 0) AND dropped_version IS NULL
""")


@dataclass(frozen=True, slots=True)
class Failure:
    """A mail or a document that failed at a moment in UTC; `kind` is a mail's, or "document".

    `about` is whom a mail is for, or an invoice's number, `payer_code` the code of the party (kod płatnika; None for
    whoever is none), `reason` what the mail server or the program said.
    """

    thing: Thing
    id: UUID
    kind: str
    about: str
    payer_code: str | None
    reason: str
    failed_at: datetime


async def failures_page(clerk: Clerk, page: int) -> tuple[Sequence[Failure], int]:
    """The `page`-th page (from 1) of what failed, the newest first, and how many things failed in all."""
    rows = await clerk.fetch(_LIST, PER_PAGE, (page - 1) * PER_PAGE)
    return [_failure(row) for row in rows], rows[0]["total"] if rows else 0


async def oldest_failures(clerk: Clerk, most: int) -> Sequence[tuple[Thing, UUID]]:
    """What failed first and was not tried again, `most` things at most."""
    return [(row["thing"], row["id"]) for row in await clerk.fetch(_OLDEST, most)]


async def failed_mail(clerk: Clerk, mail_id: UUID) -> Failure | None:
    """A mail that stands in the list; None when it does not, or no more."""
    row = await clerk.fetch_one(_MAIL, mail_id)
    return _failure(row) if row else None


def _failure(row: asyncpg.Record) -> Failure:
    return Failure(
        row["thing"], row["id"], row["kind"], row["about"], row["payer_code"], row["reason"], row["failed_at"]
    )
