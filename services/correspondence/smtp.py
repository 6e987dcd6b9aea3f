"""The mail server: where it is, how a mail looks on the wire, and what its refusals mean."""

import asyncio
import unicodedata
from dataclasses import dataclass
from datetime import datetime
from email.header import Header
from email.message import EmailMessage
from email.policy import SMTP as SMTP_POLICY
from email.policy import Policy
from ipaddress import ip_address
from typing import Any, Self
from urllib.parse import unquote, urlsplit

import aiosmtplib

from services.chassis import emails
from services.chassis.profile.profile import Profile
from services.chassis.texts import reason_of
from services.correspondence.queue import Outgoing

SECONDS = 20
"""How long connecting, or one command, may take."""

ANSWER_SECONDS = 600
"""How long the server may take to answer a whole mail (RFC 5321, 4.5.3.2.6): it may have taken it over meanwhile, and
who gives up earlier sends it twice."""

_WIRE = SMTP_POLICY.clone(cte_type="7bit")  # every server takes it, with or without 8BITMIME


_CLOSES = aiosmtplib.SMTPStatus.domain_unavailable
"""421: the server closes this connection, be it away, full, or content with the mails that it has."""

_ABOUT_AN_ADDRESS = "4.1."
"""How a passing refusal of an address begins (RFC 3463, 3.2)."""

_ABOUT_THE_MAIL = {452, 552}
"""Answers to MAIL FROM that are about what is announced with it: the mail's size (RFC 1870, 6.1)."""

_NOT_ENCRYPTED = (
    "serwer poczty nie szyfruje połączenia, więc nie dostał hasła: włącz na nim STARTTLS"
    " albo podaj w EBOK_SMTP_URL adres zaczynający się od smtps://"
)

LONGEST_NAME = 60
"""Characters of the name before an address."""


class NotSent(Exception):
    """A mail did not go; the text is why: the server's words, or ours for clerks, in Polish.

    It is whole already: a server may answer with any bytes, and no table takes all.
    """

    def __init__(self, reason: str) -> None:
        super().__init__(reason_of(reason))


class Away(NotSent):
    """The mail server cannot be reached, or takes no mail at all; every mail can wait."""


class SenderRefused(Away):
    """The mail server takes no mail from our address, which is for us to mend."""


class Busy(Away):
    """The mail server takes no more on this connection, or no more connections: perhaps it takes others."""


class PutOff(NotSent):
    """The server does not take this mail now. After a break in the middle of it the client is not connected."""


class Failed(NotSent):
    """The server will never take this mail."""


class _Client(aiosmtplib.SMTP):
    """A client that waits longer for the answer after DATA than for any other, and tells no password in the clear."""

    async def login(
        self, username: str | bytes, password: str | bytes, /, timeout: Any = SECONDS
    ) -> aiosmtplib.SMTPResponse:
        """Raises `Away` rather than to let a password travel over a network that anybody may listen to."""
        encrypted = self.get_transport_info("sslcontext") is not None
        if password and not encrypted and not _is_loopback(self.hostname or ""):
            raise Away(_NOT_ENCRYPTED)
        return await super().login(username, password, timeout)

    async def data(self, message: str | bytes, /, **_: object) -> aiosmtplib.SMTPResponse:
        return await super().data(message, timeout=ANSWER_SECONDS)


@dataclass(frozen=True)
class Server:
    """A mail server, by `smtp://` (STARTTLS when it is offered; a password asks for it) or `smtps://`."""

    host: str
    port: int
    username: str | None
    password: str | None
    tls: bool

    @classmethod
    def at(cls, url: str) -> Self:
        """Read `EBOK_SMTP_URL`; `ValueError` says what is wrong with it."""
        parts = urlsplit(url)
        if parts.scheme not in ("smtp", "smtps") or not parts.hostname:
            raise ValueError("EBOK_SMTP_URL must look like smtp://[user:password@]host:port")
        tls = parts.scheme == "smtps"
        return cls(
            host=parts.hostname,
            port=parts.port or (465 if tls else 25),
            username=unquote(parts.username) if parts.username else None,
            password=unquote(parts.password) if parts.password else None,
            tls=tls,
        )

    def client(self, sender_domain: str) -> aiosmtplib.SMTP:
        """A client that is not connected yet; it introduces itself as `sender_domain`, without asking the DNS."""
        return _Client(
            hostname=self.host,
            port=self.port,
            username=self.username,
            password=self.password,
            use_tls=self.tls,
            local_hostname=sender_domain,
            timeout=SECONDS,
        )


def _is_loopback(host: str) -> bool:
    """Whether what is sent to the host stays on this machine."""
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return host.lower() == "localhost"


def address_of(outgoing: Outgoing) -> str:
    """The recipient's address as mail servers take it, by the one rule for addresses: messages may bring anything.

    Raises `Failed` when it is none.
    """
    try:
        return emails.address(outgoing.recipient.email)
    except ValueError as error:
        raise Failed("adres odbiorcy to nie jest adres e-mail") from error


def message(outgoing: Outgoing, attachment: bytes | None, profile: Profile, now: datetime) -> bytes:
    """The mail as it travels. Its Message-ID is made of the mail's id, so a repeat is known as one.

    Raises `Failed` when no mail can be made of it.
    """
    try:
        return _built(outgoing, attachment, profile, now).as_bytes()
    except Failed:
        raise
    except Exception as error:  # whatever is odd about one mail must not hold up the others
        raise Failed(f"nie da się złożyć tej wiadomości: {type(error).__name__}: {error}") from error


async def connect(client: aiosmtplib.SMTP) -> None:
    """Connect and log in. Raises `Away`."""
    try:
        async with asyncio.timeout(SECONDS):
            await client.connect()
    except aiosmtplib.SMTPResponseException as error:
        away = Busy if error.code == _CLOSES else Away
        raise away(f"{error.code} {error.message}") from error
    except (aiosmtplib.SMTPException, OSError) as error:
        raise Away(type(error).__name__) from error


async def send(client: aiosmtplib.SMTP, sender: str, recipient: str, content: bytes) -> None:
    """Hand a mail over. Raises `Away`, `PutOff` or `Failed`; without one, the server has taken it over.

    A break or silence in the middle of it is `PutOff`: it may be this mail that the server stumbles over each time.
    """
    try:
        await client.sendmail(sender, [recipient], content)
    except aiosmtplib.SMTPRecipientsRefused as error:
        raise _meaning(error.recipients[0].code, error.recipients[0].message) from error
    except aiosmtplib.SMTPSenderRefused as error:
        if error.code in _ABOUT_THE_MAIL:
            raise _meaning(error.code, error.message) from error
        later = error.code < 500 and not error.message.startswith(_ABOUT_AN_ADDRESS)
        raise (Busy if later else SenderRefused)(f"{error.code} {error.message}") from error
    except aiosmtplib.SMTPHeloError as error:
        raise Away(f"{error.code} {error.message}") from error
    except aiosmtplib.SMTPResponseException as error:
        if error.code == _CLOSES:
            client.close()
        raise _meaning(error.code, error.message) from error
    except (aiosmtplib.SMTPException, OSError) as error:
        client.close()
        raise PutOff(f"połączenie z serwerem poczty zostało przerwane: {type(error).__name__}") from error
    except ValueError as error:
        raise Failed(f"na ten adres nie da się wysłać wiadomości: {error}") from error


def _meaning(code: int, text: str) -> NotSent:
    """RFC 5321, 4.2.1: 4yz may work later, 5yz never will.

    A 421 about a recipient or the words is this mail's: were it taken for the server's, one mail would hold up all.
    A 530 or 5.7.z (RFC 3463: security or policy) may well be our own set-up, which somebody will mend.
    """
    if code == aiosmtplib.SMTPStatus.access_denied:
        return Away(f"{code} {text}")
    may_be_mended = code < 500 or text.startswith("5.7.")
    return PutOff(f"{code} {text}") if may_be_mended else Failed(f"{code} {text}")


def _line(text: str) -> str:
    """A text as it may stand in a header: one line, without control characters and halves of characters."""
    return "".join(" " if unicodedata.category(sign) in {"Cc", "Cs", "Zl", "Zp"} else sign for sign in text).strip()


def _shown(name: str) -> str:
    """A name as it may stand before an address: short, and without marks of quotation."""
    return " ".join(_line(name).replace('"', " ").replace("\\", " ").split())[:LONGEST_NAME].strip()


class _Folded(str):
    """A header's value, folded already.

    Python's own folding loses blanks beside encoded words, and the quotes around a long plain name: then a comma or an
    @ in it makes addresses of its parts.
    """

    __slots__ = ("name",)

    name: str
    """The header's, by which `EmailPolicy` knows that the value brings its own `fold`."""

    def __new__(cls, name: str, value: str) -> Self:
        made = super().__new__(cls, value)
        made.name = name
        return made

    def fold(self, *, policy: Policy) -> str:
        """The header as it travels."""
        return f"{self.name}: {self}{policy.linesep}"


def _is_plain(text: str) -> bool:
    """Whether a text may stand in a header as it is, and is not taken for encoded words."""
    return text.isascii() and "=?" not in text


def _encoded(header: str, text: str) -> str:
    """Encoded words (RFC 2047), blanks and all."""
    return Header(text, "utf-8", header_name=header).encode(linesep="\r\n")


def _mailbox(header: str, shown: str, address: str) -> _Folded:
    """An address with a name out of `_shown` before it."""
    words = f'"{shown}"' if _is_plain(shown) else _encoded(header, shown)
    return _Folded(header, f"{words}\r\n <{address}>" if shown else address)


def _built(outgoing: Outgoing, attachment: bytes | None, profile: Profile, now: datetime) -> EmailMessage:
    sender = profile.utility.email
    built = EmailMessage(policy=_WIRE)
    built["From"] = _mailbox("From", _shown(profile.utility.short_name), sender)
    built["To"] = _mailbox("To", _shown(outgoing.recipient.name), address_of(outgoing))
    subject = _line(outgoing.mail.subject)
    built["Subject"] = subject if _is_plain(subject) else _Folded("Subject", _encoded("Subject", subject))
    built["Date"] = now
    built["Message-ID"] = f"<{outgoing.mail_id}@{sender.partition('@')[2]}>"
    built["X-Correlation-ID"] = outgoing.correlation_id
    built["Auto-Submitted"] = "auto-generated"
    built.set_content(outgoing.mail.plain)
    built.add_alternative(outgoing.mail.html, subtype="html")
    if outgoing.attachment is not None and attachment is not None:
        maintype, _, subtype = outgoing.attachment.media_type.partition("/")
        built.add_attachment(attachment, maintype=maintype, subtype=subtype, filename=outgoing.attachment.name)
    if outgoing.mail.language is not None:
        built["Content-Language"] = outgoing.mail.language  # last: what sets contents drops it, or moves it into a part
    return built
