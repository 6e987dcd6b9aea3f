"""A mail server for one machine: takes every message by SMTP, shows it in the browser and by IMAP, sends none out."""

import socket
from dataclasses import dataclass
from functools import cached_property
from pathlib import Path

from deploy.local.errors import LocalStackError
from deploy.local.interpreter import Interpreter
from deploy.local.processes import Child, wait_until

USER = "skrzynka@example.org"
_START_SECONDS = 30


@dataclass(frozen=True)
class MailServer:
    """`mail-devel` on three loopback ports. Whoever a message is for, it lands in the one inbox.

    `password` is for IMAP with the user `USER`; the inbox in the browser asks for none. Messages live in memory.
    """

    folder: Path
    smtp_port: int
    imap_port: int
    inbox_port: int
    password: str
    interpreter: Interpreter

    def start(self) -> None:
        """Start the server; return when it takes mail."""
        self.child.start()
        ready = wait_until(lambda: self.is_ready() or not self.child.is_running(), _START_SECONDS)
        if not ready or not self.child.is_running():
            raise LocalStackError(f"The mail server did not start, see {self.child.log}")

    def stop(self) -> None:
        """Stop the server; the messages in it are gone."""
        self.child.stop()

    def is_ready(self) -> bool:
        """Whether the SMTP greeting and the inbox's port answer."""
        try:
            with socket.create_connection(("127.0.0.1", self.smtp_port), timeout=1) as smtp:
                greeted = smtp.recv(3) == b"220"
            with socket.create_connection(("127.0.0.1", self.inbox_port), timeout=1):
                return greeted
        except OSError:
            return False

    @property
    def smtp_url(self) -> str:
        """Where our services hand over mail."""
        return f"smtp://127.0.0.1:{self.smtp_port}"

    @property
    def inbox_url(self) -> str:
        """The inbox, for a browser."""
        return f"http://127.0.0.1:{self.inbox_port}/"

    @cached_property
    def child(self) -> Child:
        """The server's process."""
        ports = {"--smtp-port": self.smtp_port, "--imap-port": self.imap_port, "--http-port": self.inbox_port}
        options = [text for option, port in ports.items() for text in (option, str(port))]
        argv = self.interpreter.module("mail_devel", "--host", "127.0.0.1", "--user", USER, *options)
        # By the environment, because every user of the machine can read a command line.
        environment = {**self.interpreter.environment(), "MAIL_PASSWORD": self.password}
        return Child("mail", argv, environment, self.folder, self.interpreter.account)
