"""A load generator cheaper than what it measures: `python -m tests.benchmarks.load HOST PORT PATH COOKIE SECONDS`.

A process of its own; prints the pages a second that came back whole and with status 200.
"""

import asyncio
import sys
import time

CONNECTIONS = 32


class _Client(asyncio.Protocol):
    """One keep-alive connection: asks, waits for the whole answer, asks again."""

    def __init__(self, request: bytes) -> None:
        self._request = request
        self._missing = -1
        self._head = b""
        self.answers = 0
        self.fault = ""

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport
        transport.write(self._request)

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
            self.answers += 1
            self._transport.write(self._request)

    def connection_lost(self, exc: Exception | None) -> None:
        self.fault = self.fault or f"the connection was lost: {exc}"


async def _run(host: str, port: int, path: str, cookie: str, seconds: float) -> float:
    request = f"GET {path} HTTP/1.1\r\nHost: {host}:{port}\r\nCookie: {cookie}\r\n\r\n".encode()
    loop = asyncio.get_running_loop()
    clients = [(await loop.create_connection(lambda: _Client(request), host, port))[1] for _ in range(CONNECTIONS)]
    before, began = sum(client.answers for client in clients), time.perf_counter()
    await asyncio.sleep(seconds)
    rate = (sum(client.answers for client in clients) - before) / (time.perf_counter() - began)
    if faults := [client.fault for client in clients if client.fault]:
        raise SystemExit(f"{len(faults)} connections failed, the first with: {faults[0]}")
    return rate


if __name__ == "__main__":
    host, port, path, cookie, seconds = sys.argv[1:]
    print(asyncio.run(_run(host, int(port), path, cookie, float(seconds))))  # noqa: T201 (its one output)
