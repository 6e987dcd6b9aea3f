"""How a request is answered: `Accepted` with the events that it caused, or `Rejected` with words for the person."""

from typing import Annotated, Literal

from pydantic import Field, TypeAdapter

from contracts.message import Value


class CausedEvent(Value):
    """An event inside a reply: CloudEvents attributes and the JSON body as text, exactly as it will be published."""

    id: str
    type: str
    source: str
    time: str
    correlation_id: str
    subject: str
    sequence: int
    data: str


class Accepted(Value):
    """The request was carried out; its effects are stored."""

    outcome: Literal["accepted"] = "accepted"
    events: tuple[CausedEvent, ...] = ()


class FieldError(Value):
    """What is wrong with one field of the request, in Polish, and what to do. An empty `field` speaks of the whole."""

    field: str
    text: str


class Rejected(Value):
    """The request was refused by a rule; nothing changed."""

    outcome: Literal["rejected"] = "rejected"
    code: str = Field(description="Stable name of the reason, for programs.")
    errors: tuple[FieldError, ...]


class Failed(Value):
    """The request could not be carried out now (a fault, not a rule); it may be sent again with the same key."""

    outcome: Literal["failed"] = "failed"


Reply = Annotated[Accepted | Rejected | Failed, Field(discriminator="outcome")]

reply_adapter: TypeAdapter[Accepted | Rejected | Failed] = TypeAdapter(Reply)
