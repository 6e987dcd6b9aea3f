"""What failed and nobody has tried again, as clerks see it."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from gateway.read_model.queries import Query
from gateway.web.visitors.clerk import Clerk

PER_PAGE = 20

Thing = Literal["mail", "document"]

_LIST = Query("""
    SELECT thing, id, kind, about, reason, failed_at, count(*) OVER () AS total
    FROM (
        SELECT 'mail' AS thing, mail_id AS id, kind, concat_ws(', ', nullif(name, ''), recipient) AS about, reason,
               failed_at
        FROM failed_mail
        WHERE version > coalesce(retried_version, 0) AND dropped_version IS NULL
        UNION ALL
        SELECT 'document', invoice_id, 'document', number, reason, failed_at
        FROM failed_document
        WHERE version > coalesce(retried_version, 0)
    ) failed
    ORDER BY failed_at DESC, id
    LIMIT $1 OFFSET $2
""")

_COUNT = Query("""
    SELECT coalesce(sum(count), 0)::int AS count, min(oldest_at) AS oldest_at
    FROM (
        SELECT count(*) AS count, min(failed_at) AS oldest_at FROM failed_mail
        WHERE version > coalesce(retried_version, 0) AND dropped_version IS NULL
        UNION ALL
        SELECT count(*), min(failed_at) FROM failed_document
        WHERE version > coalesce(retried_version, 0)
    ) failed
""")


@dataclass(frozen=True, slots=True)
class Failure:
    """A mail or a document that failed at a moment in UTC; `kind` is a mail's, or "document".

    `about` is whom a mail is for, or an invoice's number, `reason` what the mail server or the program said.
    """

    thing: Thing
    id: UUID
    kind: str
    about: str
    reason: str
    failed_at: datetime


@dataclass(frozen=True, slots=True)
class Failures:
    """How many things failed, and since when the oldest of them waits."""

    count: int
    oldest_at: datetime | None


async def failures_page(clerk: Clerk, page: int) -> tuple[Sequence[Failure], int]:
    """The `page`-th page (from 1) of what failed, the newest first, and how many pages there are."""
    rows = await clerk.fetch(_LIST, PER_PAGE, (page - 1) * PER_PAGE)
    pages = -(-rows[0]["total"] // PER_PAGE) if rows else 1
    found = [
        Failure(row["thing"], row["id"], row["kind"], row["about"], row["reason"], row["failed_at"]) for row in rows
    ]
    return found, pages


async def failures(clerk: Clerk) -> Failures:
    """What failed, all together."""
    row = await clerk.fetch_one(_COUNT)
    return Failures(row["count"], row["oldest_at"]) if row else Failures(0, None)
