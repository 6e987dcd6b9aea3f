"""Typesetters: processes that make PDFs for this one, as long as there is something to make.

The typesetter is foreign code that takes 60 MB and more, and that a strange text might bring down: in a process of its
own it takes nothing else with it, it holds no secret, and its memory is free again when it rests.
"""

import asyncio
import json
import os
import sys
from asyncio import StreamReader, StreamWriter
from asyncio.subprocess import PIPE, Process
from collections.abc import Mapping
from typing import Any, cast

import structlog

from services.chassis.errors import Permanent

log = structlog.get_logger()

READY = b"ready\n"
"""What a process says first."""

SECONDS = 15.0
"""How long one invoice may take; most take a fiftieth of a second."""

MOST_LOST = 3
"""Processes that one invoice may bring down, one after the other."""

_PROGRAM = ("-m", "services.billing.documents.typesetting")
_SAMPLE = {"template": '#set document(title: "-")\n-', "texts": {}}
"""What any typesetter can make: whether it can tells apart an invoice at fault and a machine at fault."""

_LOST = (OSError, EOFError, ValueError, LookupError, TypeError, RuntimeError, TimeoutError)
"""What the conversation with a process raises when it ends, or says nothing, in the middle."""


class TypesetterAway(Exception):
    """No process can make any PDF now."""


class Typesetters:
    """At most `count` processes; each starts when it is needed. `rest` is for when nobody waits for a PDF."""

    def __init__(self, count: int) -> None:
        self._all = [_Typesetter() for _ in range(count)]
        self._free: asyncio.LifoQueue[_Typesetter] = asyncio.LifoQueue()
        for each in self._all:
            self._free.put_nowait(each)

    async def typeset(self, template: str, texts: Mapping[str, Any]) -> bytes:
        """The PDF of an invoice's `texts` by a typst `template`.

        Raises `Permanent` (its text is Polish) when these cannot be made, and `TypesetterAway` when nothing can.
        """
        typesetter = await self._free.get()
        try:
            return await typesetter.typeset({"template": template, "texts": texts})
        finally:
            self._free.put_nowait(typesetter)

    async def rest(self) -> None:
        """End the processes; the next invoice starts one again."""
        await asyncio.gather(*(each.end() for each in self._all))


class _Typesetter:
    def __init__(self) -> None:
        self._process: Process | None = None

    async def typeset(self, request: Mapping[str, Any]) -> bytes:
        for _ in range(MOST_LOST):
            try:
                return await self._answer(request)
            except _LOST as error:
                log.warning("typesetter.lost", error=type(error).__name__)
        try:
            await self._answer(_SAMPLE)
        except _LOST as error:
            raise TypesetterAway("each process that typesets is lost") from error
        raise Permanent("program, który składa faktury, kończy się przy tej fakturze")

    async def end(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()  # it has nothing to lose
            await process.wait()

    async def _answer(self, request: Mapping[str, Any]) -> bytes:
        if self._process is None or self._process.returncode is not None:
            self._process = await _started()
        try:
            async with asyncio.timeout(SECONDS):
                return await _ask(self._process, request)
        except Permanent:
            raise
        except BaseException:  # what it would still say is no answer to the next one
            await self.end()
            raise


async def _ask(process: Process, request: Mapping[str, Any]) -> bytes:
    requests, answers = cast(StreamWriter, process.stdin), cast(StreamReader, process.stdout)
    requests.write(json.dumps(request, ensure_ascii=False).encode() + b"\n")
    await requests.drain()
    head = json.loads(await answers.readline())
    if "reason" in head:
        raise Permanent(head["reason"])
    if head["replaced"]:
        log.warning("document.letters_replaced", letters=[f"U+{ord(letter):04X}" for letter in head["replaced"]])
    return await answers.readexactly(head["size"])


async def _started() -> Process:
    """A process that has said that it is ready. Raises `TypesetterAway` when it cannot be had."""
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}  # and no setting of the service
    try:
        process = await asyncio.create_subprocess_exec(
            sys.executable, *_PROGRAM, stdin=PIPE, stdout=PIPE, env=environment
        )
    except OSError as error:
        raise TypesetterAway(f"no process can be started: {error}") from error
    try:
        async with asyncio.timeout(SECONDS):
            is_ready = await cast(StreamReader, process.stdout).readline() == READY
    except TimeoutError:
        is_ready = False
    if not is_ready:
        if process.returncode is None:
            process.kill()
        await process.wait()
        raise TypesetterAway("the process that typesets does not start; its own words are in the log")
    return process
