"""What a message is: an event (a fact, past tense) or a request (do this now and answer)."""

from typing import Any, ClassVar, Literal

from pydantic import BaseModel, ConfigDict, Field, field_validator

from contracts.bounds import bounded

type_registry: dict[str, type["Message"]] = {}


LONGEST_TEXT = 2_000
"""Characters of any text of a message. It is looked at before anything else is done with a text, since some of that
takes time that grows with the square of the length."""

LARGEST = 1_000_000
"""Bytes of a message's body."""


class Value(BaseModel):
    """A part of a message: immutable, and unknown fields of newer senders are ignored.

    None of its fields, of whatever type, holds what is beyond `bounds.py`.
    """

    model_config = ConfigDict(frozen=True, extra="ignore", str_max_length=LONGEST_TEXT)

    _within_bounds = field_validator("*")(bounded)


class Message(Value):
    """A model that travels. `message_type` is its wire identity: `<owner>.<thing>.<what happened or to do>.v<major>`.

    Once released, a model only ever grows optional fields and values of open kinds; any other change is a new class
    with the next `.v<major>`, and the old one names it in `superseded_by`, until it is dropped (see docs/adr/0010).
    `example` is validated by a test and shown in the AsyncAPI document.
    """

    message_type: ClassVar[str]
    example: ClassVar[dict[str, Any]]
    superseded_by: ClassVar["type[Message] | None"] = None

    @classmethod
    def __pydantic_init_subclass__(cls, **kwargs: Any) -> None:
        super().__pydantic_init_subclass__(**kwargs)
        name = cls.__dict__.get("message_type")
        if name is None:
            return
        successor = cls.superseded_by
        if successor and (successor.owner(), issubclass(successor, Event)) != (cls.owner(), issubclass(cls, Event)):
            raise TypeError(f"{name} is superseded by a message of another owner or another sort: {successor.__name__}")
        if name in type_registry:
            raise TypeError(f"two messages are called {name}: {type_registry[name].__name__} and {cls.__name__}")
        type_registry[name] = cls

    @classmethod
    def owner(cls) -> str:
        """The service that publishes this event or answers this request."""
        return cls.message_type.partition(".")[0]


class Event(Message):
    """A fact. `version` grows with every event about the same thing, so that a reader can ignore an older one."""

    about: ClassVar[str]
    """Name of the field with the id of the thing that the event is about."""

    version: int = Field(ge=1, description="Grows with every event about the same thing.")

    @property
    def subject(self) -> str:
        """The id of the thing that the event is about (CloudEvents `subject`)."""
        return str(getattr(self, self.about))


class Request(Message):
    """Asks its owner to do something now and to answer; used only where a person waits.

    `causes` are the events that an accepted request may bring back in its reply. One that asks a question has none; its
    `answer` is the model of what its reply tells, which nobody else hears.
    """

    causes: ClassVar[tuple[type[Event], ...]] = ()
    answer: ClassVar[type[Value] | None] = None


class Address(Value):
    """A Polish postal address."""

    street: str = Field(description="Street, house and flat number.")
    postal_code: str = Field(description="NN-NNN.")
    city: str = Field(description="Town.")


Medium = Literal["heat", "water"]
"""What a meter measures. Water includes sewage, which is settled by the same reading.

Open: a reader looks up what it has for a medium (an agreement, charges, a word), and finds nothing for another one.
"""

Language = Literal["pl", "en", "uk"]
"""In which a person reads. Open: a reader that has no words in a language takes the utility's own."""

Unit = Literal["GJ", "m3"]
"""In what a register counts. Closed: a number in a unit that its reader does not know would be settled wrongly."""
