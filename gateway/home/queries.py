"""What the office has to see to, whatever it is."""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime

from gateway.read_model.queries import Query
from gateway.web.visitors.clerk import Clerk

_WAITING = Query("SELECT needs, count, oldest_at FROM office_waiting")


@dataclass(frozen=True, slots=True)
class Waiting:
    """How many things wait for a clerk, and since when the oldest of them."""

    count: int
    oldest_at: datetime | None


async def waiting(clerk: Clerk) -> Mapping[str, Waiting]:
    """What waits, by the right that one needs for it."""
    return {row["needs"]: Waiting(row["count"], row["oldest_at"]) for row in await clerk.fetch(_WAITING)}
