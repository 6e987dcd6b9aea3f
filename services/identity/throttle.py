"""Wrong passwords in a row make the next try wait, longer each time. Kept in the database, so replicas agree.

They are counted for an identifier and the place where they are typed: a browser in which its owner has logged in
before, or an address. So nobody can keep somebody else out, and somebody who guesses gets few tries from each place.
"""

from datetime import timedelta

import structlog
from sqlalchemy import ColumnElement, and_, delete, update
from sqlalchemy.dialects.postgresql import insert

from contracts.identity import Audience
from services.chassis.errors import Refused
from services.chassis.storage.unit_of_work import UnitOfWork
from services.identity.refusals import reasons
from services.identity.tables import failed_login

log = structlog.get_logger()

FREE_FAILURES = 5
"""Wrong passwords in a row without a wait: people mistype."""

FIRST_LOCK = timedelta(seconds=30)
LONGEST_LOCK = timedelta(minutes=15)
"""Short enough for a person who has mistyped often, long enough for a machine: a hundred tries a day."""

FORGOTTEN_AFTER = timedelta(days=1)


def lock_after(failures: int) -> timedelta:
    """How long the next try waits after so many wrong ones in a row: nothing, then 30 s doubling to 15 minutes."""
    if failures < FREE_FAILURES:
        return timedelta()
    doublings = min(failures - FREE_FAILURES, 10)  # bounded, or a long attack would overflow
    return min(FIRST_LOCK * (1 << doublings), LONGEST_LOCK)


class Attempt:
    """A try to prove who one is. Tries for one identifier from one place go one after another, each sees the last."""

    def __init__(self, work: UnitOfWork, mine: ColumnElement[bool], failures: int) -> None:
        self._work = work
        self._mine = mine
        self._failures = failures

    async def failed(self, pause: timedelta = timedelta()) -> None:
        """Count a wrong password; the next try waits for `pause` at least. The refusal must keep the transaction."""
        failures = self._failures + 1
        lock = max(lock_after(failures), pause)
        await self._work.connection.execute(
            update(failed_login)
            .where(self._mine)
            .values(
                failures=failures,
                locked_until=self._work.now + lock if lock else None,
                last_failed_at=self._work.now,
            )
        )
        if lock > pause:
            log.warning("login.locked", failures=failures, seconds=lock.total_seconds())

    async def succeeded(self) -> None:
        """Forget the wrong passwords before this right one; those of elsewhere still count there."""
        await self._work.connection.execute(delete(failed_login).where(self._mine))


async def attempt(work: UnitOfWork, audience: Audience, identifier_key: str, tried_from: str) -> Attempt:
    """Begin a try. Refuses with `too_many_attempts` while the identifier is locked there, known or not.

    With `too_early` when that is only the pause after each wrong password.
    """
    key = {"audience": audience, "identifier_key": identifier_key, "tried_from": tried_from}
    statement = insert(failed_login).values(**key, failures=0, last_failed_at=work.now)
    row = (
        await work.connection.execute(
            statement.on_conflict_do_update(  # takes the row's lock, so that parallel tries queue up
                index_elements=list(key),
                set_={"failures": failed_login.c.failures},
            ).returning(failed_login.c.failures, failed_login.c.locked_until)
        )
    ).one()
    if row.locked_until is not None and row.locked_until > work.now:
        wait = row.locked_until - work.now
        if row.failures < FREE_FAILURES:
            raise Refused(reasons.error("too_early", wait=wait))
        raise Refused(reasons.error("too_many_attempts", wait=wait))
    return Attempt(work, and_(*(failed_login.c[name] == value for name, value in key.items())), row.failures)


async def forget(work: UnitOfWork, audience: Audience, identifier_key: str) -> None:
    """Forget an identifier's wrong passwords of every place, so that nobody waits who has got a new one."""
    await work.connection.execute(
        delete(failed_login).where(failed_login.c.audience == audience, failed_login.c.identifier_key == identifier_key)
    )


async def sweep(work: UnitOfWork) -> None:
    """Forget tries that are a day old."""
    await work.connection.execute(
        delete(failed_login).where(failed_login.c.last_failed_at < work.now - FORGOTTEN_AFTER)
    )
