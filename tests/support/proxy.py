"""A wire between a service and its server that a test can cut and mend."""

import asyncio
import contextlib
from typing import Self
from urllib.parse import urlsplit, urlunsplit

from deploy.local.ports import free_port


class Proxy:
    """Passes bytes between `url`, its own address, and the server behind `target_url`."""

    def __init__(self, target_url: str) -> None:
        parts = urlsplit(target_url)
        assert parts.hostname
        assert parts.port
        self._target = (parts.hostname, parts.port)
        self._port = free_port()
        place = parts.netloc.rpartition("@")
        self.url = urlunsplit(parts._replace(netloc=f"{place[0]}{place[1]}127.0.0.1:{self._port}"))
        self._server: asyncio.Server | None = None
        self._flows: set[asyncio.Task[None]] = set()
        self._flowing = asyncio.Event()
        self._flowing.set()

    async def __aenter__(self) -> Self:
        await self.mend()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.cut()

    async def mend(self) -> None:
        """Take connections (again)."""
        if self._server is None:
            self._server = await asyncio.start_server(self._connect, "127.0.0.1", self._port)

    async def cut(self) -> None:
        """Break every connection and refuse new ones."""
        if self._server is not None:
            self._server.close()
            self._server = None
        await self.break_connections()

    async def break_connections(self) -> None:
        """Break every connection; new ones are taken."""
        for flow in list(self._flows):
            flow.cancel()
        await asyncio.gather(*self._flows, return_exceptions=True)

    def freeze(self) -> None:
        """Hold back all that is said from now on: every connection stays open, and nobody answers."""
        self._flowing.clear()

    def thaw(self) -> None:
        """Pass on what was held back, and what comes."""
        self._flowing.set()

    async def _connect(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._flows.add(task)
        task.add_done_callback(self._flows.discard)
        try:
            there_reader, there_writer = await asyncio.open_connection(*self._target)
        except OSError:
            writer.transport.abort()
            return
        try:
            async with asyncio.TaskGroup() as group:
                group.create_task(self._pass_on(reader, there_writer))
                group.create_task(self._pass_on(there_reader, writer))
        except (OSError, ExceptionGroup):
            pass
        finally:
            writer.transport.abort()
            there_writer.transport.abort()

    async def _pass_on(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        while block := await reader.read(1 << 16):
            await self._flowing.wait()
            writer.write(block)
            await writer.drain()
        with contextlib.suppress(OSError):
            writer.write_eof()
