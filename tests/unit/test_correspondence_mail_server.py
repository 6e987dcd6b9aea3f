"""Connecting to the mail server: who is given the password."""

import asyncio
import socket
from collections.abc import AsyncIterator

import pytest

from services.correspondence import smtp

ANSWERS = {b"EHLO": b"250-here\r\n250 AUTH PLAIN\r\n", b"AUTH": b"235 2.7.0 welcome\r\n"}


class InTheClear:
    """A mail server that asks for a password and offers no STARTTLS; keeps what it was told."""

    def __init__(self) -> None:
        self.told: list[bytes] = []
        self.port = 0

    async def answer(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        writer.write(b"220 here\r\n")
        while line := await reader.readline():
            self.told.append(line.split()[0])
            writer.write(ANSWERS.get(self.told[-1], b"250 fine\r\n"))
        writer.close()

    async def connect(self, login: str, host: str) -> None:
        client = smtp.Server.at(f"smtp://{login}{host}:{self.port}").client("ebok.example")
        try:
            await smtp.connect(client)
        finally:
            client.close()


@pytest.fixture
async def server(monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[InTheClear]:
    """Found under every name."""

    async def found(_host: str, port: int, **_: object) -> list[object]:
        return [(socket.AF_INET, socket.SOCK_STREAM, 0, "", ("127.0.0.1", port))]

    monkeypatch.setattr(asyncio.get_running_loop(), "getaddrinfo", found)
    made = InTheClear()
    async with await asyncio.start_server(made.answer, "127.0.0.1", 0) as listening:
        made.port = listening.sockets[0].getsockname()[1]
        yield made


async def test_a_server_that_does_not_encrypt_is_never_given_the_password(server: InTheClear) -> None:
    with pytest.raises(smtp.Away, match=r"STARTTLS.*EBOK_SMTP_URL.*smtps://") as refusal:
        await server.connect("ebok:secret@", "poczta.example")
    assert type(refusal.value) is smtp.Away
    assert b"AUTH" not in server.told


@pytest.mark.parametrize("host", ["127.0.0.1", "localhost"])
async def test_a_server_on_this_machine_is_given_the_password(server: InTheClear, host: str) -> None:
    await server.connect("ebok:secret@", host)
    assert server.told == [b"EHLO", b"AUTH"]


async def test_a_server_that_asks_for_no_password_need_not_encrypt(server: InTheClear) -> None:
    await server.connect("", "poczta.example")
    assert b"AUTH" not in server.told
