"""How messages grow and retire: what a release freezes, what may come after it, and the README's recipes for both."""

import json
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar, Literal

import pytest
from pydantic import Field

from contracts import message, released
from contracts.billing import LedgerPosted
from contracts.kinds import Open, Unknown
from contracts.message import Event, Message, Request, Value
from contracts.schema import breaks, schema_of
from services.chassis.messaging.topology import Part
from tests.support.reading import left_behind, unread


class _Part(Value):
    kind: Literal["a", "b"]


class _First(Value):
    """A released message."""

    name: str
    amount: Decimal
    part: _Part
    parts: tuple[_Part, ...]
    note: str | None = None


class _Grown(_First):
    """The same with more to say, in other words."""

    name: str = Field(description="Now described.")
    remark: str | None = None
    flag: bool = False


class _WithRequired(_First):
    remark: str


class _Retyped(_First):
    amount: int  # type: ignore[assignment]  # what readers of the old one do not expect


class _Renamed(Value):
    title: str
    amount: Decimal
    part: _Part
    parts: tuple[_Part, ...]
    note: str | None = None


class _NewlyRequired(_First):
    note: str


class _NoLongerRequired(_First):
    name: str | None = None  # type: ignore[assignment]  # what readers of the old one do not expect


class _WiderPart(Value):
    kind: Literal["a", "b", "c"]


class _WiderEnumeration(_First):
    parts: tuple[_WiderPart, ...]  # type: ignore[assignment]  # what readers of the old one do not expect


class _NarrowerPart(Value):
    kind: Literal["a", "b"]
    depth: int


class _DeepRequired(_First):
    part: _NarrowerPart  # type: ignore[assignment]  # what readers of the old one do not expect


class _OtherDefault(_First):
    note: str | None = "none"


def test_new_optional_fields_and_other_words_break_nothing() -> None:
    assert breaks(schema_of(_First), schema_of(_Grown)) == []


def test_a_length_may_be_bounded_once_and_then_stays_so() -> None:
    class Bounded(_First):
        name: str = Field(max_length=80)

    class Tighter(_First):
        name: str = Field(max_length=40)

    unbounded = schema_of(_First)
    del unbounded["properties"]["name"]["maxLength"]
    assert breaks(unbounded, schema_of(Bounded)) == []
    assert breaks(schema_of(Bounded), schema_of(Tighter)) == ["body.name.maxLength: was 80, is 40"]
    assert breaks(schema_of(Bounded), unbounded) == ["body.name: maxLength is gone"]


def test_a_grown_message_must_not_shrink_again() -> None:
    assert breaks(schema_of(_Grown), schema_of(_First)) == ["body.remark: is gone", "body.flag: is gone"]


@pytest.mark.parametrize(
    ("model", "told"),
    [
        (_WithRequired, "body.remark: is new and required"),
        (_Retyped, "body.amount.type: was 'string', is 'integer'"),
        (_Renamed, "body.name: is gone"),
        (_NewlyRequired, "body.note: is now required"),
        (_NoLongerRequired, "body.name: is no longer required"),
        (_WiderEnumeration, "body.parts[].kind.enum: was ['a', 'b'], is ['a', 'b', 'c']"),
        (_DeepRequired, "body.part.depth: is new and required"),
        (_OtherDefault, "body.note.default: was None, is 'none'"),
    ],
)
def test_a_change_that_older_readers_would_not_survive_is_told_with_its_place(model: type[Value], told: str) -> None:
    assert told in breaks(schema_of(_First), schema_of(model))


@pytest.mark.parametrize(
    ("known", "told"),
    [
        (Literal["charge", "payment", "unheard_of"], []),
        (Literal["payment", "charge"], []),
        (Literal["charge"], ["body.kind: the known value 'payment' is gone"]),
    ],
)
def test_an_open_kind_may_win_a_value_but_lose_none(known: Any, told: list[str]) -> None:
    class First(Value):
        kind: Open[Literal["charge", "payment"]]

    class Next(Value):
        kind: Open[known]

    assert breaks(schema_of(First), schema_of(Next)) == told


def test_a_kind_that_was_closed_is_not_opened_under_its_readers() -> None:
    class Opened(Value):
        kind: Open[Literal["a", "b"]]

    told = breaks(schema_of(_Part), schema_of(Opened))
    assert told == ["body.kind: enum is gone", "body.kind: x-known-values is new"]


def test_a_reader_gets_a_value_that_it_does_not_know_as_text_and_may_pass_it_on() -> None:
    event = LedgerPosted.model_validate_json(json.dumps(LedgerPosted.example | {"kind": "unheard_of"}))
    assert (event.kind, type(event.kind)) == ("unheard_of", Unknown)
    assert json.loads(event.model_dump_json())["kind"] == "unheard_of"


def test_a_value_that_a_reader_knows_is_no_unknown_one() -> None:
    assert type(LedgerPosted.model_validate(LedgerPosted.example).kind) is str


def test_a_value_of_an_open_kind_is_a_text() -> None:
    with pytest.raises(ValueError, match="kind"):
        LedgerPosted.model_validate(LedgerPosted.example | {"kind": 7})


def test_todays_messages_break_with_nothing_that_was_released() -> None:
    assert released.problems() == []


# The README's recipes, walked with messages that exist for one test.

Registry = dict[str, type[Message]]


@pytest.fixture
def today(monkeypatch: pytest.MonkeyPatch) -> Registry:
    """All messages of the office, by type: those that the test writes. `today.clear()` begins another day."""
    registry: Registry = {}
    monkeypatch.setattr(message, "type_registry", registry)
    monkeypatch.setattr(released, "messages", lambda: dict(registry))
    return registry


def broken_seal() -> type[Event]:
    """A message, written for the first time."""

    class SealBroken(Event):
        message_type: ClassVar[str] = "metering.seal.broken.v1"
        meter: str
        found_by: Open[Literal["reader"]]

    return SealBroken


def test_a_message_may_change_freely_until_a_release_freezes_it(today: Registry, tmp_path: Path) -> None:
    broken_seal()
    assert list(released.unreleased(tmp_path)) == ["metering.seal.broken.v1"]

    today.clear()

    class Renamed(Event):
        message_type: ClassVar[str] = "metering.seal.broken.v1"
        meter_number: str

    assert released.problems(tmp_path) == []
    assert released.release("0.2.0", tmp_path) == ["metering.seal.broken.v1"]
    today.clear()
    broken_seal()
    assert "metering.seal.broken.v1: body.meter_number: is gone" in released.problems(tmp_path)
    with pytest.raises(ValueError, match="meter_number: is gone"):
        released.release("0.3.0", tmp_path)
    assert released.versions(tmp_path) == ["0.2.0"]


def test_an_optional_field_and_a_known_value_are_added_to_a_released_message(today: Registry, tmp_path: Path) -> None:
    first = broken_seal()
    released.release("0.2.0", tmp_path)
    frozen = (tmp_path / "0.2.0/metering.seal.broken.v1.json").read_text()
    today.clear()

    class Grown(first):  # type: ignore[misc, valid-type]  # a class made just now
        """In other words, too."""

        message_type: ClassVar[str] = "metering.seal.broken.v1"
        found_by: Open[Literal["reader", "fitter"]]
        remark: str | None = None

    assert released.problems(tmp_path) == []
    assert released.release("0.10.0", tmp_path) == ["metering.seal.broken.v1"]
    assert released.release("0.11.0", tmp_path) == []
    assert (tmp_path / "0.2.0/metering.seal.broken.v1.json").read_text() == frozen
    today.clear()
    broken_seal()
    assert released.problems(tmp_path) == [
        "metering.seal.broken.v1: body.found_by: the known value 'fitter' is gone",
        "metering.seal.broken.v1: body.remark: is gone",
    ]


def test_a_second_version_takes_the_first_ones_place_in_three_releases(today: Registry, tmp_path: Path) -> None:
    broken_seal()
    released.release("0.2.0", tmp_path)
    before = [Part("billing", consumes=("metering.seal.broken.v1",)), Part("gateway")]
    assert unread(before, today) == set()

    # Readers first: the new class, the mark on the old one, and a reader of both.
    today.clear()

    class SealBroken(Event):
        message_type: ClassVar[str] = "metering.seal.broken.v2"
        meter_number: str

    class SealBrokenV1(Event):
        message_type: ClassVar[str] = "metering.seal.broken.v1"
        superseded_by: ClassVar[type[Message] | None] = SealBroken
        meter: str
        found_by: Open[Literal["reader"]]

    assert left_behind(before, today) == [("billing", "metering.seal.broken.v2")]
    assert unread(before, today) == {"metering.seal.broken.v2"}
    both = [Part("billing", consumes=("metering.seal.broken.v1", "metering.seal.broken.v2")), Part("gateway")]
    assert (left_behind(both, today), unread(both, today)) == ([], set())
    assert released.problems(tmp_path) == []
    assert released.release("0.3.0", tmp_path) == ["metering.seal.broken.v1", "metering.seal.broken.v2"]

    # The senders next, which changes no contract.
    assert released.release("0.4.0", tmp_path) == []

    # The old one last, together with what reads it.
    del today["metering.seal.broken.v1"]
    after = [Part("billing", consumes=("metering.seal.broken.v2",)), Part("gateway")]
    assert (left_behind(after, today), unread(after, today)) == ([], set())
    assert released.problems(tmp_path) == []
    assert released.release("0.5.0", tmp_path) == []


def test_a_superseded_event_keeps_its_readers_as_long_as_it_exists(today: Registry) -> None:
    class Second(Event):
        message_type: ClassVar[str] = "metering.seal.broken.v2"

    class First(Event):
        message_type: ClassVar[str] = "metering.seal.broken.v1"
        superseded_by: ClassVar[type[Message] | None] = Second

    assert unread([Part("billing", consumes=("metering.seal.broken.v2",))], today) == {"metering.seal.broken.v1"}


def test_a_message_that_no_release_called_superseded_cannot_be_dropped(today: Registry, tmp_path: Path) -> None:
    broken_seal()
    released.release("0.2.0", tmp_path)
    today.clear()
    told = ["metering.seal.broken.v1: is gone, and no release said that it is superseded"]
    assert released.problems(tmp_path) == told


def test_an_older_version_says_what_it_is_superseded_by(today: Registry, tmp_path: Path) -> None:
    broken_seal()

    class Second(Event):
        message_type: ClassVar[str] = "metering.seal.broken.v2"

    told = "metering.seal.broken.v1: is not said to be superseded, and there is metering.seal.broken.v2"
    assert released.problems(tmp_path) == [told]


def test_the_type_of_a_dropped_message_is_not_given_to_something_else(today: Registry, tmp_path: Path) -> None:
    class Second(Event):
        message_type: ClassVar[str] = "metering.seal.broken.v2"

    class First(Event):
        message_type: ClassVar[str] = "metering.seal.broken.v1"
        superseded_by: ClassVar[type[Message] | None] = Second
        meter: str

    released.release("0.2.0", tmp_path)
    del today[First.message_type]
    assert released.problems(tmp_path) == []
    broken_seal()
    assert "metering.seal.broken.v1: body.found_by: is new and required" in released.problems(tmp_path)


def test_a_message_is_superseded_only_by_one_of_its_owner_and_sort(today: Registry) -> None:
    class Ask(Request):
        message_type: ClassVar[str] = "metering.seal.break.v1"

    with pytest.raises(TypeError, match="another owner or another sort: Ask"):

        class Told(Event):
            message_type: ClassVar[str] = "metering.seal.broken.v1"
            superseded_by: ClassVar[type[Message] | None] = Ask


@pytest.mark.parametrize(
    ("version", "told"),
    [
        ("0.2.0", "0.2.0 is released already; 0.2.0 is not later"),
        ("0.1.9", "0.2.0 is released already; 0.1.9 is not later"),
        ("spring", "“spring” is no version"),
    ],
)
def test_a_release_has_a_number_and_comes_after_the_last_one(
    today: Registry, tmp_path: Path, version: str, told: str
) -> None:
    broken_seal()
    released.release("0.2.0", tmp_path)
    with pytest.raises(ValueError, match=told):
        released.release(version, tmp_path)


def test_the_command_tells_what_is_not_released_yet_and_releases_it(
    today: Registry, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    broken_seal()
    assert released.main([], tmp_path) == 0
    assert capsys.readouterr().out == "not released yet: metering.seal.broken.v1\n"
    assert released.main(["0.2.0"], tmp_path) == 0
    assert capsys.readouterr().out == "released: metering.seal.broken.v1\n"
    assert released.main([], tmp_path) == 0
    assert capsys.readouterr().out == "nothing new\n"
    today.clear()
    assert released.main([], tmp_path) == released.main(["0.3.0"], tmp_path) == 1
    assert "metering.seal.broken.v1: is gone" in capsys.readouterr().err
