"""A mail server for tests: speaks SMTP, keeps what it takes, and can go away or refuse somebody."""

import time
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any, Self

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP, Envelope, Session

from deploy.local.ports import free_port


def plain_of(message: EmailMessage) -> str:
    """What a mail says as plain text."""
    body = message.get_body(("plain",))
    assert body is not None
    text: str = body.get_content()
    return text


class Mailbox:
    """Everybody's inbox. A context manager; `url` is for `EBOK_SMTP_URL`."""

    def __init__(self) -> None:
        self.messages: list[EmailMessage] = []
        self.refused: set[str] = set()
        """Addresses that the server does not know."""
        self._port = free_port()
        self._controller: Controller | None = None

    def __enter__(self) -> Self:
        self.come_back()
        return self

    def __exit__(self, *_: object) -> None:
        self.go_away()

    @property
    def url(self) -> str:
        """Where services hand over their mail."""
        return f"smtp://127.0.0.1:{self._port}"

    def go_away(self) -> None:
        """Refuse connections from now on."""
        if self._controller is not None:
            self._controller.stop()
            self._controller = None

    def come_back(self) -> None:
        """Take mail again, at the same address."""
        self._controller = Controller(self, hostname="127.0.0.1", port=self._port, ready_timeout=10)
        self._controller.start()

    def to(self, recipient: str, subject: str = "") -> list[EmailMessage]:
        """What came for `recipient`, with `subject` as a part of its subject."""
        return [m for m in list(self.messages) if recipient in m["X-RcptTo"] and subject in m["Subject"]]

    def wait_for(self, recipient: str, subject: str = "", seconds: float = 20.0) -> EmailMessage:
        """The latest mail for `recipient`; waits for it."""
        deadline = time.monotonic() + seconds
        while not (found := self.to(recipient, subject)):
            assert time.monotonic() < deadline, (
                f"no mail {subject!r} for {recipient} within {seconds:g} s; "
                f"there are: {[(m['X-RcptTo'], m['Subject']) for m in self.messages]}"
            )
            time.sleep(0.02)
        return found[-1]

    # What aiosmtpd calls.

    async def handle_RCPT(  # noqa: N802 (its name for it)
        self, _server: SMTP, _session: Session, envelope: Envelope, address: str, _options: list[str]
    ) -> str:
        if address in self.refused:
            return "550 5.1.1 no such mailbox"
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: SMTP, _session: Session, envelope: Envelope) -> str:  # noqa: N802
        content: Any = envelope.content
        message = message_from_bytes(content, policy=policy.default)
        assert isinstance(message, EmailMessage)
        message["X-RcptTo"] = ", ".join(envelope.rcpt_tos)
        self.messages.append(message)
        return "250 OK"
