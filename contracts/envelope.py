"""How a message travels: CloudEvents 1.0 attributes as AMQP headers (binary mode), JSON body.

Inside a reply an event travels as one JSON object (CloudEvents structured mode).
"""

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Annotated, Any, Self
from uuid import UUID

from pydantic import AfterValidator, AwareDatetime, TypeAdapter, ValidationError

from contracts.bounds import bounded
from contracts.message import LARGEST, Event, Message, type_registry

PREFIX = "cloudEvents_"
"""Prefix of the headers, as in the CloudEvents binding for AMQP."""

MEDIA_TYPE = "application/json"

LONGEST = 512
"""Characters of a header's value."""

_time: TypeAdapter[datetime] = TypeAdapter(Annotated[AwareDatetime, AfterValidator(bounded)])


class Unreadable(ValueError):
    """A message that nobody can understand, whatever the number of tries; the text says what is wrong with it."""


class UnknownType(Unreadable):
    """A message of a type that is not known here: its sender is newer, or it is not ours."""


@dataclass(frozen=True, slots=True)
class Envelope:
    """A message's CloudEvents attributes and its body.

    `correlation_id` is the same from the browser's request to the last e-mail; `causation_id` is the id of the message
    that made the sender send this one; `sequence` is the event's version of its thing.
    """

    id: UUID
    type: str
    source: str
    time: datetime
    correlation_id: str
    data: bytes
    subject: str = ""
    sequence: int = 0
    causation_id: str = ""

    @classmethod
    def of(
        cls,
        message: Message,
        *,
        id: UUID,
        source: str,
        time: datetime,
        correlation_id: str,
        causation_id: str = "",
    ) -> Self:
        """Wrap `message`, sent by the service `source` at `time` (UTC)."""
        event = message if isinstance(message, Event) else None
        return cls(
            id=id,
            type=message.message_type,
            source=source,
            time=time,
            correlation_id=correlation_id,
            causation_id=causation_id,
            subject=event.subject if event else "",
            sequence=event.version if event else 0,
            data=message.model_dump_json(exclude_none=True).encode(),
        )

    def headers(self) -> dict[str, str | int]:
        """The AMQP headers of the binary mode; empty attributes are left out, as CloudEvents asks."""
        attributes: dict[str, str | int] = {
            "specversion": "1.0",
            "id": str(self.id),
            "type": self.type,
            "source": f"/{self.source}",
            "time": self.time.isoformat(),
            "datacontenttype": MEDIA_TYPE,
            "subject": self.subject,
            "sequence": self.sequence,
            "correlationid": self.correlation_id,
            "causationid": self.causation_id,
        }
        return {PREFIX + name: value for name, value in attributes.items() if value not in ("", 0)}

    @classmethod
    def from_amqp(cls, headers: Mapping[str, Any], body: bytes) -> Self:
        """Read an AMQP message; `Unreadable` names the header that is missing or wrong, whatever it holds."""
        identity = _text(headers, "id", needed=True)
        return cls(
            id=_uuid(identity),
            type=_text(headers, "type", needed=True),
            source=_text(headers, "source", needed=True).lstrip("/"),
            time=_moment(_text(headers, "time", needed=True)),
            correlation_id=_text(headers, "correlationid") or identity,
            causation_id=_text(headers, "causationid"),
            subject=_text(headers, "subject"),
            sequence=_whole(headers, "sequence"),
            data=body,
        )

    def message(self) -> Message:
        """The body as its model; `Unreadable` when the type is unknown or the body does not fit it."""
        model = type_registry.get(self.type)
        if model is None:
            raise UnknownType(f"no message is called {self.type} here; perhaps its sender is newer than this service")
        if len(self.data) > LARGEST:
            raise Unreadable(f"the body has {len(self.data)} bytes, more than {LARGEST}")
        try:
            return model.model_validate_json(self.data)
        except ValidationError as error:
            problems = "; ".join(f"{'.'.join(map(str, e['loc'])) or 'body'}: {e['msg']}" for e in error.errors()[:5])
            printable = "".join(sign if sign.isprintable() else "?" for sign in problems)  # pydantic quotes what it got
            raise Unreadable(f"the body does not fit {self.type}: {printable}") from error


def text_in(headers: Mapping[str, Any], header: str, *, needed: bool = False) -> str:
    """The text of a header, empty where there is none; `Unreadable` when it is no text, or none that anybody sends."""
    value = headers.get(header)
    if value is None or value == "":
        if needed:
            raise Unreadable(f"the header {header} is missing")
        return ""
    if not isinstance(value, str):
        raise Unreadable(f"the header {header} is no text")
    if len(value) > LONGEST or not value.isprintable():
        raise Unreadable(f"the header {header} is longer than {LONGEST} characters or has unprintable ones")
    return value


def _text(headers: Mapping[str, Any], name: str, *, needed: bool = False) -> str:
    return text_in(headers, PREFIX + name, needed=needed)


def _uuid(text: str) -> UUID:
    try:
        return UUID(text)
    except ValueError as error:
        raise Unreadable(f"the header {PREFIX}id is no UUID") from error


def _moment(text: str) -> datetime:
    try:
        return _time.validate_python(text)
    except ValidationError as error:
        raise Unreadable(f"the header {PREFIX}time is no time with a zone: {error.errors()[0]['msg']}") from error


def _whole(headers: Mapping[str, Any], name: str) -> int:
    value = headers.get(PREFIX + name, 0)
    # True is an int for Python; a version is a bigint in every database.
    if isinstance(value, bool) or not isinstance(value, int) or not 0 <= value < 2**63:
        raise Unreadable(f"the header {PREFIX}{name} is no whole number")
    return value
