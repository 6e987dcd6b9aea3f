"""The mails that wait, are being sent, were sent, failed, or were dropped after that.

`waiting` and `sending` mails have a moment (`due_at`) from which somebody may take them up. Taking one up moves it to
the lease's end, so a mail whose sender died comes due again by itself, under the same Message-ID.
"""

from collections.abc import AsyncIterator, Sequence
from dataclasses import asdict, dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

import structlog
from sqlalchemy import ColumnElement, Integer, Row, exists, func, select, tuple_, update
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.ext.asyncio import AsyncConnection

from contracts.correspondence import (
    DropMail,
    MailDropped,
    MailFailed,
    MailKind,
    MailRetried,
    MailSent,
    RetryMail,
)
from services.chassis.errors import Refused
from services.chassis.ids import new_id
from services.chassis.storage.unit_of_work import UnitOfWork
from services.correspondence import contacts
from services.correspondence.contacts import Contact
from services.correspondence.mails import Mail
from services.correspondence.refusals import reasons
from services.correspondence.tables import mail as mail_table

log = structlog.get_logger()

LEASE = timedelta(minutes=1)
"""How long a taken mail is nobody else's, unless its sender renews it; short enough when its sender died."""

TRIED_FOR = timedelta(days=5)
"""How long a mail is tried that the server puts off again and again (RFC 5321, 4.5.4.1: four to five days)."""

FORGOTTEN_AFTER = timedelta(days=30)
"""How long the words of a failed mail are kept, so that it can be tried again."""

_UNDER_WAY = ("waiting", "sending")
_newer = mail_table.alias("newer")
_SUPERSEDED = (
    exists()
    .where(
        _newer.c.kind == mail_table.c.kind,
        _newer.c.about_id == mail_table.c.about_id,
        _newer.c.about_version > mail_table.c.about_version,
    )
    .correlate(mail_table)
)
"""Whether there is a mail of the same kind about a newer version of the same thing."""


@dataclass(frozen=True)
class Attachment:
    """A file in the object store that goes with a mail."""

    key: str
    sha256: str
    name: str
    media_type: str


@dataclass(frozen=True)
class Outgoing:
    """A mail that this process has taken to send, until `lease_until`."""

    mail_id: UUID
    kind: MailKind
    about_id: UUID
    party_id: UUID | None
    recipient: Contact
    mail: Mail
    attachment: Attachment | None
    tries: int
    created_at: datetime
    lease_until: datetime
    correlation_id: str


async def add(
    work: UnitOfWork,
    *,
    kind: MailKind,
    about_id: UUID,
    about_version: int,
    party_id: UUID | None,
    recipient: Contact,
    mail: Mail,
    attachment: Attachment | None = None,
    valid_until: datetime | None = None,
) -> None:
    """Let a mail be sent; a second one of this kind about the same version of the same thing is not.

    One about an older version that did not go yet is dropped: it says what is no longer true. After `valid_until` the
    mail is not worth trying again.
    """
    await work.connection.execute(
        insert(mail_table)
        .values(
            mail_id=new_id(),
            kind=kind,
            about_id=about_id,
            about_version=about_version,
            party_id=party_id,
            recipient_name=recipient.name,
            recipient=recipient.email,
            subject=mail.subject,
            plain=mail.plain,
            html=mail.html,
            language=mail.language,
            attachment=asdict(attachment) if attachment else None,
            status="waiting",
            created_at=work.now,
            due_at=work.now,
            valid_until=valid_until,
            correlation_id=work.correlation_id,
        )
        .on_conflict_do_nothing(constraint="mail_once")
    )
    await _drop_superseded(work, kind, about_id)


async def take(work: UnitOfWork, at_most: int) -> list[Outgoing]:
    """Take the mails that have been due longest; nobody else takes them until the lease ends."""
    lease_until = work.now + LEASE
    due = (
        select(mail_table.c.mail_id)
        .where(mail_table.c.status.in_(_UNDER_WAY), mail_table.c.due_at <= work.now)
        .order_by(mail_table.c.due_at)
        .limit(at_most)
        .with_for_update(skip_locked=True)
    )
    rows = await work.connection.execute(
        update(mail_table)
        .where(mail_table.c.mail_id.in_(due.scalar_subquery()))
        .values(status="sending", due_at=lease_until, tries=mail_table.c.tries + 1)
        .returning(mail_table)
    )
    return [
        Outgoing(
            mail_id=row.mail_id,
            kind=row.kind,
            about_id=row.about_id,
            party_id=row.party_id,
            recipient=Contact(row.recipient_name, row.recipient),
            mail=Mail(row.subject, row.plain, row.html, row.language),
            attachment=Attachment(**row.attachment) if row.attachment else None,
            tries=row.tries,
            created_at=row.created_at,
            lease_until=lease_until,
            correlation_id=row.correlation_id,
        )
        for row in rows
    ]


def _held(*outgoing: Outgoing) -> ColumnElement[bool]:
    """Which of the mails are still their sender's: nobody has taken them since, as taking one counts a try."""
    taken = tuple_(mail_table.c.mail_id, mail_table.c.tries).in_([(one.mail_id, one.tries) for one in outgoing])
    return taken & (mail_table.c.status == "sending")


async def renew(work: UnitOfWork, outgoing: Outgoing) -> None:
    """Let the lease of a mail begin anew: its sender waits for the server's answer."""
    await work.connection.execute(update(mail_table).where(_held(outgoing)).values(due_at=work.now + LEASE))


async def sent(work: UnitOfWork, outgoing: Outgoing) -> None:
    """The mail server took the mail over. Its words are forgotten: they may hold a temporary password."""
    changed = await work.connection.scalar(
        update(mail_table)
        .where(mail_table.c.mail_id == outgoing.mail_id, mail_table.c.status.in_(_UNDER_WAY))
        .values(status="sent", sent_at=work.now, plain=None, html=None)
        .returning(mail_table.c.mail_id)
    )
    if changed is None:
        return  # another process sent it too, after this one's lease had ended, and told so
    work.emit(
        MailSent(
            mail_id=outgoing.mail_id,
            kind=outgoing.kind,
            about_id=outgoing.about_id,
            party_id=outgoing.party_id,
            recipient=outgoing.recipient.email,
            sent_at=work.now,
            version=1,
        )
    )


async def history(connection: AsyncConnection) -> AsyncIterator[MailSent]:
    """Every mail that the mail server took over."""
    done = select(mail_table).where(mail_table.c.status == "sent").order_by(mail_table.c.sent_at)
    async with connection.stream(done) as rows:
        async for row in rows:
            yield MailSent(
                mail_id=row.mail_id,
                kind=row.kind,
                about_id=row.about_id,
                party_id=row.party_id,
                recipient=row.recipient,
                sent_at=row.sent_at,
                version=1,
            )


async def fail(work: UnitOfWork, outgoing: Outgoing, reason: str) -> None:
    """The mail cannot be delivered: clerks are told why, and may let it be tried again.

    Its words are kept for that, as they may hold the only copy of a temporary password; see `forget`.
    """
    version = await work.connection.scalar(
        update(mail_table)
        .where(_held(outgoing))
        .values(status="failed", failure=reason, failed_at=work.now, version=mail_table.c.version + 1)
        .returning(mail_table.c.version)
    )
    if version is None:
        return  # another process took it over after this one's lease had ended, and tells what becomes of it
    work.emit(_failed(outgoing, outgoing.recipient, reason, work.now, version))
    log.error("mail.failed", mail_id=str(outgoing.mail_id), kind=outgoing.kind)
    await _drop_superseded(work, outgoing.kind, outgoing.about_id)


async def retry(request: RetryMail, work: UnitOfWork) -> None:
    """Let a failed mail be sent again, as if it were new, to where the party's mail goes by now.

    Raises `Refused` with `not_failed`, `dropped`, `forgotten`, `superseded` or `expired`; a mail that is one of the
    last two is dropped.
    """
    row = await _failed_one(work, request.mail_id)
    if await _is_superseded(work, row):
        await _drop(work, mail_table.c.mail_id == row.mail_id)
        raise Refused(reasons.error("superseded"), keep=True)
    if row.valid_until is not None and row.valid_until <= work.now:
        await _drop(work, mail_table.c.mail_id == row.mail_id)
        raise Refused(reasons.error("expired"), keep=True)
    if row.plain is None:
        raise Refused(reasons.error("forgotten", days=FORGOTTEN_AFTER.days))
    known = await contacts.of_party(work, row.party_id) if row.party_id else None
    recipient = known or Contact(row.recipient_name, row.recipient)
    version = row.version + 1
    await work.connection.execute(
        update(mail_table)
        .where(mail_table.c.mail_id == request.mail_id)
        .values(
            status="waiting",
            recipient_name=recipient.name,
            recipient=recipient.email,
            created_at=work.now,
            due_at=work.now,
            tries=0,
            version=version,
        )
    )
    work.emit(MailRetried(mail_id=request.mail_id, retried_at=work.now, version=version))
    log.info("mail.retried", mail_id=str(request.mail_id), kind=row.kind)


async def drop(request: DropMail, work: UnitOfWork) -> None:
    """Let a failed mail never be sent. Raises `Refused` with `not_failed`, `dropped` or `superseded`."""
    await _failed_one(work, request.mail_id)
    await _drop(work, mail_table.c.mail_id == request.mail_id)


async def _failed_one(work: UnitOfWork, mail_id: UUID) -> Row[Any]:
    """The failed mail, locked."""
    mine = select(mail_table).where(mail_table.c.mail_id == mail_id).with_for_update()
    row = (await work.connection.execute(mine)).one_or_none()
    if row is not None and row.status == "dropped":
        if await _is_superseded(work, row):
            raise Refused(reasons.error("superseded"))
        raise Refused(reasons.error("dropped"))
    if row is None or row.status != "failed":
        raise Refused(reasons.error("not_failed"))
    return row


async def _is_superseded(work: UnitOfWork, row: Row[Any]) -> bool:
    return bool(await work.connection.scalar(select(_SUPERSEDED).where(mail_table.c.mail_id == row.mail_id)))


async def _drop_superseded(work: UnitOfWork, kind: MailKind, about_id: UUID) -> None:
    """Drop what did not go of the older mails of this kind about a thing."""
    about = (mail_table.c.kind == kind) & (mail_table.c.about_id == about_id)
    await _drop(work, about & mail_table.c.status.in_(("waiting", "failed")) & _SUPERSEDED)


async def drop_expired(work: UnitOfWork) -> None:
    """Drop the failed mails whose words are no longer true: a temporary password that has stopped working."""
    await _drop(work, (mail_table.c.status == "failed") & (mail_table.c.valid_until <= work.now))


async def _drop(work: UnitOfWork, which: ColumnElement[bool]) -> None:
    """Forget the words of mails, and tell that they will never be sent."""
    dropped = await work.connection.execute(
        update(mail_table)
        .where(which)
        .values(status="dropped", plain=None, html=None, version=mail_table.c.version + 1)
        .returning(mail_table.c.mail_id, mail_table.c.kind, mail_table.c.version)
    )
    for row in dropped:
        work.emit(MailDropped(mail_id=row.mail_id, dropped_at=work.now, version=row.version))
        log.info("mail.dropped", mail_id=str(row.mail_id), kind=row.kind)


async def forget(work: UnitOfWork) -> None:
    """Forget the words of mails that failed long ago: they may hold a temporary password."""
    long_ago = work.now - FORGOTTEN_AFTER
    await work.connection.execute(
        update(mail_table)
        .where(mail_table.c.status == "failed", mail_table.c.failed_at < long_ago, mail_table.c.plain.is_not(None))
        .values(plain=None, html=None)
    )


async def history_of_failed(connection: AsyncConnection) -> AsyncIterator[MailFailed]:
    """Every mail that has failed and was not tried again."""
    failed = select(mail_table).where(mail_table.c.status == "failed").order_by(mail_table.c.failed_at)
    async with connection.stream(failed) as rows:
        async for row in rows:
            recipient = Contact(row.recipient_name, row.recipient)
            yield _failed(row, recipient, row.failure, row.failed_at or row.due_at, max(row.version, 1))


def _failed(of: Outgoing | Row[Any], recipient: Contact, reason: str, at: datetime, version: int) -> MailFailed:
    return MailFailed(
        mail_id=of.mail_id,
        kind=of.kind,
        about_id=of.about_id,
        party_id=of.party_id,
        name=recipient.name,
        recipient=recipient.email,
        reason=reason,
        failed_at=at,
        version=version,
    )


async def put_off(work: UnitOfWork, outgoing: Outgoing, reason: str) -> None:
    """The mail cannot be delivered now; it is tried again later, less and less often, for five days."""
    if work.now - outgoing.created_at > TRIED_FOR:
        await fail(work, outgoing, f"próby przez {TRIED_FOR.days} dni nie pomogły; ostatnia odpowiedź: {reason}")
        return
    await work.connection.execute(
        update(mail_table)
        .where(_held(outgoing))
        .values(status="waiting", due_at=work.now + pause(outgoing.tries), failure=reason)
    )
    log.warning("mail.put_off", mail_id=str(outgoing.mail_id), tries=outgoing.tries)
    await _drop_superseded(work, outgoing.kind, outgoing.about_id)


async def give_back(work: UnitOfWork, outgoing: Sequence[Outgoing], wait: timedelta = timedelta(0)) -> None:
    """The mail server or the object store is away, which is no mail's fault: they wait as before, `wait` at least."""
    if not outgoing:
        return
    await work.connection.execute(
        update(mail_table)
        .where(_held(*outgoing))
        .values(status="waiting", due_at=work.now + wait, tries=mail_table.c.tries - 1)
    )


def pause(tries: int) -> timedelta:
    """How long a mail waits that was put off so many times: a minute, doubling to four hours."""
    return min(timedelta(minutes=1) * (1 << min(tries - 1, 10)), timedelta(hours=4))


async def oldest_seconds(work: UnitOfWork) -> float:
    """Age of the oldest mail that is not sent yet; 0 when there is none."""
    oldest = await work.connection.scalar(
        select(func.min(mail_table.c.created_at)).where(mail_table.c.status.in_(_UNDER_WAY))
    )
    return (work.now - oldest).total_seconds() if oldest else 0.0


async def waiting(work: UnitOfWork) -> float:
    """How many mails are not sent yet."""
    return await _count(work, *_UNDER_WAY)


async def failed(work: UnitOfWork) -> float:
    """How many mails failed and were neither tried again nor dropped."""
    return await _count(work, "failed")


async def _count(work: UnitOfWork, *statuses: str) -> float:
    count = select(func.count(type_=Integer)).select_from(mail_table).where(mail_table.c.status.in_(statuses))
    return float(await work.connection.scalar(count) or 0)
