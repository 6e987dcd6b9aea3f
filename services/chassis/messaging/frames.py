"""A frame that pamqp cannot decode becomes a delivery that our receivers can refuse, in place of a cut connection.

The broker hands on a message's properties as they came: a timestamp beyond the year 9999, a header's name that is no
UTF-8, tables in tables a thousand deep. pamqp raises at these and aiormq then ends the connection, the broker delivers
the message again to the next one, and whoever may publish anything could so stop a service for good, and the commands
that look at what is parked. So pamqp's decoders are wrapped here, once for the process: `tolerate` runs when anything
of `messaging` is imported, and `tests/unit/test_chassis_frames.py` fails when a release of pamqp goes another way.
"""

from collections.abc import Callable, Mapping
from datetime import datetime
from typing import Any, TypeVar

from pamqp import decode
from pamqp.commands import Basic
from pamqp.header import ContentHeader

from contracts.envelope import Unreadable

_Decode = Callable[..., tuple[int, Any]]
_Kind = TypeVar("_Kind", str, bytes)

UNREADABLE = "x-ebok-unreadable"
"""The only header of a delivery whose properties could not be decoded: the reason."""

_unmarshal = ContentHeader.unmarshal


def tolerate() -> None:
    """Make pamqp's decoding of what the broker delivers tolerant. Raises KeyError when pamqp has other decoders."""
    _replace(decode.METHODS, "shortstr", _short_string)
    _replace(decode.METHODS, "timestamp", _timestamp)
    _replace(decode.TABLE_MAPPING, b"T", _timestamp)
    ContentHeader.unmarshal = _content_header  # type: ignore[method-assign]


def check(headers: Mapping[str, object]) -> None:
    """Raise `Unreadable`, with the reason, for a delivery whose properties could not be decoded."""
    if UNREADABLE in headers:
        raise Unreadable(f"its AMQP properties cannot be read: {headers[UNREADABLE]}")


def _replace(decoders: dict[_Kind, _Decode], kind: _Kind, tolerant: _Decode) -> None:
    if kind not in decoders:
        raise KeyError(kind)
    decoders[kind] = tolerant


def _short_string(value: bytes) -> tuple[int, str]:
    """Routing keys and the properties that are text; what is no UTF-8 in them becomes its number."""
    end = value[0] + 1
    return end, value[1:end].decode("utf-8", "backslashreplace")


def _timestamp(value: bytes) -> tuple[int, datetime | None]:
    """None for a moment that Python has no datetime for; nothing of ours reads it."""
    try:
        return decode.timestamp(value)
    except (ValueError, OverflowError, OSError):
        return 8, None


def _content_header(self: ContentHeader, data: bytes) -> None:
    try:
        _unmarshal(self, data)
    except Exception as error:  # RecursionError too; how long the body is has been read before
        self.properties = Basic.Properties(headers={UNREADABLE: f"{type(error).__name__}: {error}"})
    if self.properties.delivery_mode not in {None, 1, 2}:  # 4.x takes any, and aio-pika raises at it
        self.properties.delivery_mode = None
