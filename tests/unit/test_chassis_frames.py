"""What the broker delivers is decoded, whatever it is: a release of pamqp that goes another way shows here."""

import struct

import pytest
from pamqp import decode, frame
from pamqp.commands import Basic
from pamqp.constants import FRAME_END, FRAME_HEADER, FRAME_METHOD
from pamqp.header import ContentHeader

from contracts.envelope import Unreadable
from services.chassis.messaging import frames
from tests.support.wire import properties, short, table, text

FAR = struct.pack(">Q", 2**62)
"""A moment beyond all years, as a timestamp."""


def decoded(kind: int, payload: bytes) -> object:
    return frame.unmarshal(struct.pack(">BHI", kind, 1, len(payload)) + payload + bytes([FRAME_END]))[2]


def header(sent: bytes) -> ContentHeader:
    found = decoded(FRAME_HEADER, struct.pack(">HHQ", 60, 0, 7) + sent)
    assert isinstance(found, ContentHeader)
    assert found.body_size == 7
    return found


@pytest.mark.parametrize(
    "sent",
    [
        properties({"a": "b"}, timestamp=FAR),
        properties({"a": "b"}, message_id=short(b"\xff\xfe")),
        properties({"a": "b"}, cluster_id=short(b"\xff")),
        properties({"a": "b"}, delivery_mode=b"\x07"),
        properties({"a": "b"}, odd={b"when": b"T" + FAR}),
    ],
    ids=["timestamp", "message_id", "cluster_id", "delivery_mode", "timestamp in a header"],
)
def test_property_that_is_nothing_in_python_costs_no_header(sent: bytes) -> None:
    found = header(sent).properties
    assert found.headers is not None
    assert found.headers["a"] == "b"
    assert found.delivery_mode in {None, 1, 2}


def test_properties_that_cannot_be_decoded_leave_the_reason() -> None:
    deep = struct.pack(">I", 0)
    for _ in range(3000):
        deep = table({b"a": b"F" + deep})
    for odd, reason in (({b"\xff": text("b")}, "UnicodeDecodeError"), ({b"a": b"F" + deep}, "RecursionError")):
        found = header(properties({}, odd=odd)).properties.headers
        assert found is not None
        with pytest.raises(Unreadable, match=f"cannot be read: {reason}"):
            frames.check(found)


def test_routing_key_of_any_bytes_is_decoded() -> None:
    payload = struct.pack(">HH", 60, 60) + short(b"tag") + struct.pack(">QB", 1, 0) + short(b"ebok") + short(b"a\xff")
    found = decoded(FRAME_METHOD, payload)
    assert isinstance(found, Basic.Deliver)
    assert found.routing_key == "a\\xff"


def test_decoders_that_pamqp_would_name_anew_are_not_replaced_in_vain(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delitem(decode.METHODS, "shortstr")
    with pytest.raises(KeyError):
        frames.tolerate()
