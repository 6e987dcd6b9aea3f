"""A load generator cheaper than what it measures: `python -m tests.benchmarks.load HOST PORT CONNECTIONS SECONDS`.

A process of its own. Standard input has a line `PATH COOKIE` a visitor; the connections take the visitors in turn.
Prints as JSON how many pages a second came back whole and with status 200, and how long the slowest hundredth took.
"""

import asyncio
import itertools
import json
import statistics
import sys
import time
from collections.abc import Iterator
from typing import cast

import uvloop

WARMING_SECONDS = 0.5


class _Client(asyncio.Protocol):
    """One keep-alive connection: asks, waits for the whole answer, asks for the next visitor."""

    def __init__(self, requests: Iterator[bytes]) -> None:
        self._requests = requests
        self._missing = -1
        self._head = b""
        self._asked = 0.0
        self.milliseconds: list[float] = []
        self.fault = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        self._transport = cast(asyncio.Transport, transport)
        self._ask()

    def data_received(self, data: bytes) -> None:
        if self._missing < 0:
            self._head += data
            end = self._head.find(b"\r\n\r\n")
            if end < 0:
                return
            head, body = self._head[:end].lower(), self._head[end + 4 :]
            if not head.startswith((b"http/1.1 200", b"http/1.0 200")):
                self.fault = self._head[:200].decode(errors="replace")
                self._transport.abort()
                return
            length = int(head.partition(b"content-length:")[2].partition(b"\r")[0])
            self._missing, self._head = length - len(body), b""
        else:
            self._missing -= len(data)
        if self._missing == 0:
            self._missing = -1
            self.milliseconds.append((time.perf_counter() - self._asked) * 1000)
            self._ask()

    def connection_lost(self, exc: Exception | None) -> None:
        self.fault = self.fault or f"the connection was lost: {exc}"

    def _ask(self) -> None:
        self._asked = time.perf_counter()
        self._transport.write(next(self._requests))


async def _run(host: str, port: int, connections: int, seconds: float, visitors: list[str]) -> dict[str, float]:
    requests = itertools.cycle([_request(f"{host}:{port}", visitor) for visitor in visitors])
    loop = asyncio.get_running_loop()
    clients = [(await loop.create_connection(lambda: _Client(requests), host, port))[1] for _ in range(connections)]
    await asyncio.sleep(WARMING_SECONDS)
    for client in clients:
        client.milliseconds.clear()
    began = time.perf_counter()
    await asyncio.sleep(seconds)
    passed = time.perf_counter() - began
    if faults := [client.fault for client in clients if client.fault]:
        raise SystemExit(f"{len(faults)} connections failed, the first with: {faults[0]}")
    times = [ms for client in clients for ms in client.milliseconds]
    return {"rate": len(times) / passed, "p99": statistics.quantiles(times, n=100)[98]}


def _request(host: str, visitor: str) -> bytes:
    path, _, cookie = visitor.partition(" ")
    return f"GET {path} HTTP/1.1\r\nHost: {host}\r\nCookie: {cookie}\r\n\r\n".encode()


if __name__ == "__main__":
    host, port, connections, seconds = sys.argv[1:]
    visitors = sys.stdin.read().splitlines()
    measured = uvloop.run(_run(host, int(port), int(connections), float(seconds), visitors))
    print(json.dumps(measured))  # noqa: T201 (its one output)
