"""How a request is answered: `Accepted` with what it caused or found, or `Rejected` with words for the person."""

from collections.abc import Mapping
from typing import Annotated, Any, Literal

from pydantic import Field, TypeAdapter

from contracts.message import LARGEST, Value


class CausedEvent(Value):
    """An event inside a reply: CloudEvents attributes and the JSON body as text, exactly as it will be published."""

    id: str
    type: str
    source: str
    time: str
    correlation_id: str
    subject: str
    sequence: int
    data: str = Field(max_length=LARGEST)


class Accepted(Value):
    """The request was carried out; its effects are stored, and what it asked is told."""

    outcome: Literal["accepted"] = "accepted"
    events: tuple[CausedEvent, ...] = Field(default=(), max_length=100)
    answer: Mapping[str, Any] | None = Field(
        default=None, description="What the request asked: an object of the request's `x-answer`; else nothing."
    )


class FieldError(Value):
    """One reason at one field of the request. An empty `field` speaks of the whole; several reasons may name one field.

    `parameters` are what the words for `code` need, as text for programs: dates and times as ISO 8601 has them, times
    in UTC; figures with a point; a quantity as `12.340 GJ`; a wait in seconds. They hold nothing of a person that
    whoever reads the refusal has not typed or may not know.
    """

    field: str
    code: str = Field(description="Stable name of the reason, to which words in any language belong.")
    parameters: Mapping[str, str] = Field(default_factory=dict, description="What the words for it need, by name.")
    text: str = Field(description="The words in Polish: what is wrong and what to do.")


class Rejected(Value):
    """The request was refused by a rule; nothing changed.

    `code` is the reason's, or one name for all reasons that mean the same to a program: `invalid` for any wrong field.
    """

    outcome: Literal["rejected"] = "rejected"
    code: str = Field(description="Stable name of what became of the request, for programs.")
    errors: tuple[FieldError, ...] = Field(max_length=100)


class Failed(Value):
    """The request could not be carried out now (a fault, not a rule); it may be sent again with the same key."""

    outcome: Literal["failed"] = "failed"


Reply = Annotated[Accepted | Rejected | Failed, Field(discriminator="outcome")]

reply_adapter: TypeAdapter[Accepted | Rejected | Failed] = TypeAdapter(Reply)
