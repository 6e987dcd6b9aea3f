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

SECONDS = 60.0
"""How long one invoice may take."""

_PROGRAM = ("-m", "services.billing.documents.typesetting")


class TypesetterLost(Exception):
    """A typesetter ended, or took longer than `SECONDS`, while it made a PDF. The text is for clerks, in Polish."""

    def __init__(self, fault: Exception) -> None:
        super().__init__(f"program, który składa faktury, skończył się przy tej fakturze ({type(fault).__name__})")


class Typesetters:
    """At most `count` processes; each starts when it is needed. Used by one task at a time for `rest`."""

    def __init__(self, count: int) -> None:
        self._all = [_Typesetter() for _ in range(count)]
        self._free: asyncio.LifoQueue[_Typesetter] = asyncio.LifoQueue()
        for each in self._all:
            self._free.put_nowait(each)

    async def typeset(self, template: str, texts: Mapping[str, Any]) -> bytes:
        """The PDF of an invoice's `texts` by a typst `template`. Raises `Permanent` (Polish) and `TypesetterLost`."""
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
        try:
            async with asyncio.timeout(SECONDS):
                return await self._answer(json.dumps(request, ensure_ascii=False).encode() + b"\n")
        except Permanent:
            raise
        except (OSError, EOFError, ValueError, TimeoutError) as error:
            await self.end()
            raise TypesetterLost(error) from error
        except BaseException:  # cancelled: what it would still say is no answer to the next one
            await self.end()
            raise

    async def end(self) -> None:
        process, self._process = self._process, None
        if process is not None and process.returncode is None:
            process.kill()  # it has nothing to lose
            await process.wait()

    async def _answer(self, request: bytes) -> bytes:
        if self._process is None:
            self._process = await _started()
        requests, answers = cast(StreamWriter, self._process.stdin), cast(StreamReader, self._process.stdout)
        requests.write(request)
        await requests.drain()
        head = json.loads(await answers.readline())
        if "reason" in head:
            raise Permanent(head["reason"])
        if head["replaced"]:
            log.warning("document.letters_replaced", letters=[f"U+{ord(letter):04X}" for letter in head["replaced"]])
        return await answers.readexactly(head["size"])


async def _started() -> Process:
    environment = {"PYTHONPATH": os.pathsep.join(filter(None, sys.path))}  # and no setting of the service
    return await asyncio.create_subprocess_exec(sys.executable, *_PROGRAM, stdin=PIPE, stdout=PIPE, env=environment)
