"""Sending: mails are taken in short transactions, handed to the mail server with none open, then marked.

Several replicas may send at once. A mail goes twice only when a process died between the server's answer and its mark.
"""

import asyncio
import hashlib
from collections.abc import Awaitable, Callable, Sequence
from datetime import timedelta
from typing import Literal
from uuid import UUID

import structlog
from obstore.store import ObjectStore
from structlog.contextvars import bound_contextvars

from services.chassis.process import Process
from services.chassis.storage import files
from services.chassis.storage.database import is_away
from services.chassis.storage.unit_of_work import UnitOfWork
from services.correspondence import queue, smtp
from services.correspondence.queue import Attachment, Outgoing

log = structlog.get_logger()

CONNECTIONS = 4
BATCH = 40
IDLE_SECONDS = 0.5
STOP_SECONDS = 10.0
LONGEST_PAUSE_SECONDS = 60.0
DATABASE_SECONDS = 1.0
TRIES = "Tries to hand a mail over to the mail server, by what became of them"
Outcome = Literal["sent", "put_off", "failed", "server_away", "server_busy", "sender_refused", "store_away"]
"""`put_off`: later, perhaps; `failed`: this mail or its recipient, never; `server_busy`: no more mails on a
connection, or no more connections; `sender_refused`: our own address.
"""

_AWAY: dict[type[smtp.Away], Outcome] = {
    smtp.Away: "server_away",
    smtp.Busy: "server_busy",
    smtp.SenderRefused: "sender_refused",
}

RENEW_SECONDS = 20.0
"""How often the lease of the mail in hand begins anew, while the server thinks about its answer."""

STORE_PAUSE = timedelta(minutes=1)
"""How long mails with a file wait when the object store is away; those without one go meanwhile."""

PASS_SECONDS = 30.0
"""How long a pass waits for its lines; one that waits longer for an answer goes on beside the next pass."""

_LAST_START = timedelta(seconds=RENEW_SECONDS + 10)
"""A mail is not begun when less of its lease is left: another process could begin it too."""


async def run(process: Process) -> None:
    """Send what is due until cancelled. While the mail server takes nothing, mails wait, and it is tried less often.

    When the process is asked to stop, each mail in flight is finished and marked, and the others are given back.
    """
    lines = _Lines(process)
    pause = IDLE_SECONDS
    try:
        while True:
            room = await lines.room()
            taken = await _taken(process, room)
            if await lines.send(taken):
                pause = IDLE_SECONDS
                if len(taken) < room:
                    await asyncio.sleep(IDLE_SECONDS)
            else:
                await asyncio.sleep(pause)
                pause = min(pause * 2, LONGEST_PAUSE_SECONDS)
    finally:
        await lines.stop()


async def _taken(process: Process, room: int) -> Sequence[Outgoing]:
    """Take what is due, however long the database is away: the lines go on meanwhile."""
    while True:
        try:
            async with process.work() as work:
                return await queue.take(work, room)
        except Exception as error:
            if not is_away(error):
                log.exception("mail.not_taken")
            await asyncio.sleep(DATABASE_SECONDS)


class _Lines:
    """The connections to the mail server, `CONNECTIONS` at most."""

    def __init__(self, process: Process) -> None:
        self._process = process
        self._server = smtp.Server.at(process.settings.smtp_url)
        self._store = files.open_store(process.settings)
        self._busy: dict[asyncio.Task[None], _Line] = {}

    async def room(self) -> int:
        """How many mails there are lines for; waits until one is free."""
        if len(self._busy) == CONNECTIONS:
            await asyncio.wait(self._busy, return_when=asyncio.FIRST_COMPLETED)
            self._ended()
        return BATCH // CONNECTIONS * (CONNECTIONS - len(self._busy))

    async def send(self, taken: Sequence[Outgoing]) -> bool:
        """Send what was taken, over the free lines; False when the server is away, and took nothing before."""
        free = CONNECTIONS - len(self._busy)
        # A lease ends while the database is away: what a line has handed over and not noted yet must not go again.
        handed_over = {line.handed_over for line in self._busy.values()}
        waiting = [one for one in taken if one.mail_id not in handed_over]
        shares = [waiting[start::free] for start in range(free)]
        begun = []
        for share in filter(None, shares):
            line = _Line(self._process, self._server, self._store)
            begun.append(asyncio.create_task(line.send_all(share)))
            self._busy[begun[-1]] = line
        if begun:
            await asyncio.wait(begun, timeout=PASS_SECONDS)
        ended = self._ended()
        return any(line.has_sent for line in ended) or not any(line.found_away for line in ended)

    async def stop(self) -> None:
        """End after the mails in flight."""
        for line in self._busy.values():
            line.stop()
        if self._busy:
            _, late = await asyncio.wait(self._busy, timeout=STOP_SECONDS)
            for task in late:
                task.cancel()

    def _ended(self) -> list["_Line"]:
        """The lines that have ended, which are free again. Raises what one of them could not cope with."""
        ended = [task for task in self._busy if task.done()]
        lines = [self._busy.pop(task) for task in ended]
        for task in ended:
            task.result()
        return lines


class _Line:
    """One connection to the mail server, for a share of the mails.

    `has_sent` tells whether the server took one of them, `found_away` whether it took no more; `handed_over` is the one
    that it took and that is not noted yet.
    """

    def __init__(self, process: Process, server: smtp.Server, store: ObjectStore) -> None:
        self._process = process
        self._store = store
        self._sender = process.profile.utility.email
        self._client = server.client(self._sender.partition("@")[2])
        self._stopping = False
        self.has_sent = False
        self.found_away = False
        self.handed_over: UUID | None = None

    def _count(self, outcome: Outcome) -> None:
        self._process.counter("ebok_mail_tries", TRIES, "outcome").labels(outcome).inc()

    def stop(self) -> None:
        """End after the mail in flight."""
        self._stopping = True

    async def send_all(self, mails: Sequence[Outgoing]) -> None:
        """Send them one after another. Those that are not handed over wait again."""
        left = list(mails)
        store_is_away = False
        try:
            for outgoing in mails:
                if store_is_away and outgoing.attachment is not None:
                    continue
                if not self._client.is_connected:
                    await smtp.connect(self._client)
                if self._stopping or outgoing.lease_until - self._process.clock() < _LAST_START:
                    break
                # What the server may have taken is never given back, whatever happens next: it would go again at once.
                left.remove(outgoing)
                with bound_contextvars(correlation_id=outgoing.correlation_id):
                    try:
                        await self._send(outgoing)
                    except files.StoreAway as error:
                        self._count("store_away")
                        log.warning("mail.store_away", reason=str(error))
                        store_is_away = True
                        left.append(outgoing)
                    except smtp.Away:
                        left.append(outgoing)
                        raise
        except smtp.Away as error:
            self.found_away = True
            self._count(_AWAY[type(error)])
            log.warning("mail.server_away", reason=str(error), waiting=len(left))
        finally:
            self._client.close()
            if left:
                await self._note(lambda work: _give_back(work, left, store_is_away=store_is_away))

    async def _send(self, outgoing: Outgoing) -> None:
        renewing = asyncio.create_task(self._renew(outgoing))
        try:
            await self._hand_over(outgoing)
        finally:
            renewing.cancel()
            await asyncio.wait([renewing])

    async def _renew(self, outgoing: Outgoing) -> None:
        while True:
            await asyncio.sleep(RENEW_SECONDS)
            await self._note(lambda work: queue.renew(work, outgoing), outgoing.correlation_id)

    async def _hand_over(self, outgoing: Outgoing) -> None:
        try:
            attachment = await self._fetch(outgoing.attachment) if outgoing.attachment else None
            content = smtp.message(outgoing, attachment, self._process.profile, self._process.clock())
            await smtp.send(self._client, self._sender, smtp.address_of(outgoing), content)
        except smtp.PutOff as error:
            self._count("put_off")
            reason = str(error)
            await self._note(lambda work: queue.put_off(work, outgoing, reason), outgoing.correlation_id)
        except smtp.Failed as error:
            self._count("failed")
            reason = str(error)
            await self._note(lambda work: queue.fail(work, outgoing, reason), outgoing.correlation_id)
        else:
            self._count("sent")
            self.has_sent = True
            self.handed_over = outgoing.mail_id
            await self._note(lambda work: queue.sent(work, outgoing), outgoing.correlation_id)
            self.handed_over = None
            log.info("mail.sent", mail_id=str(outgoing.mail_id), kind=outgoing.kind)

    async def _fetch(self, attachment: Attachment) -> bytes:
        """The file, as it was when it was stored. Raises `PutOff` while it is not there, and `StoreAway`."""
        try:
            content = await files.get(self._store, attachment.key)
        except FileNotFoundError as error:
            raise smtp.PutOff(f"w magazynie plików nie ma pliku {attachment.key}") from error
        if hashlib.sha256(content).hexdigest() != attachment.sha256:
            raise smtp.PutOff(f"plik {attachment.key} w magazynie nie jest tym, który tam zapisano")
        return content

    async def _note(self, step: Callable[[UnitOfWork], Awaitable[None]], correlation_id: str = "") -> None:
        """Store what became of a mail, however long that takes: forgetting it would send the mail again."""
        while True:
            try:
                async with self._process.work(correlation_id) as work:
                    await step(work)
            except Exception as error:
                if not is_away(error):
                    log.exception("mail.not_noted")
                await asyncio.sleep(DATABASE_SECONDS)
            else:
                return


async def _give_back(work: UnitOfWork, left: Sequence[Outgoing], *, store_is_away: bool) -> None:
    held_up = [one for one in left if store_is_away and one.attachment is not None]
    await queue.give_back(work, held_up, STORE_PAUSE)
    await queue.give_back(work, [one for one in left if one not in held_up])
