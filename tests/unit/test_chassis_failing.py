"""Moving a failed event: whatever its headers hold, its copy can be sent."""

from typing import Any

from hypothesis import given
from hypothesis import strategies as st
from pamqp import encode

from services.chassis.messaging.failing import ATTEMPT, STEPS, next_step, own_headers
from tests.unit.test_contracts import ODD

FRAME = 131_072
"""Bytes of a frame, as RabbitMQ and aio-pika agree on."""


@given(st.dictionaries(st.text(), ODD, max_size=60))
def test_whatever_headers_come_what_is_sent_on_can_be_encoded(headers: dict[str, Any]) -> None:
    assert len(encode.field_table(own_headers(headers))) < FRAME


def test_headers_as_long_as_a_frame_are_cut_and_say_so() -> None:
    kept = own_headers({f"{n}" * 200: "\N{DESERT}" * 100_000 for n in range(100, 200)})
    assert len(encode.field_table(kept)) < FRAME - 10_000, "with room for the properties"
    assert next(iter(kept.values())).endswith("… (100000 characters)")


@given(ODD)
def test_an_attempt_that_is_no_number_counts_as_the_first(value: Any) -> None:
    assert next_step({ATTEMPT: value}) in {*STEPS, None}
    assert next_step({ATTEMPT: "abc"}) == STEPS[0] == next_step({})
