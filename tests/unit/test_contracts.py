"""The messages: how they travel, how they may grow, and the document that tells other systems."""

import importlib
import json
from collections.abc import Iterator
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar, Literal
from uuid import UUID

import pytest
import yaml
from pydantic import Field

from contracts import asyncapi, released
from contracts.envelope import PREFIX, Envelope, Unreadable
from contracts.message import Event, Message, Request, Value, type_registry
from contracts.metering import ReadingAccepted
from contracts.reply import reply_adapter
from contracts.schema import DECIMAL, breaks, messages, schema_of
from services.chassis.messaging import answering, topology

ID = UUID("0198c0de-0000-7000-8000-0000000000ff")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ALL = list(messages().items())


def enveloped(message: Message) -> Envelope:
    return Envelope.of(message, id=ID, source="metering", time=NOW, correlation_id="click", causation_id="cause")


@pytest.mark.parametrize(("name", "model"), ALL)
def test_every_example_travels_and_arrives_as_it_was(name: str, model: type[Message]):
    message = model.model_validate_json(json.dumps(model.example))
    sent = enveloped(message)
    arrived = Envelope.from_amqp(sent.headers(), sent.data)
    assert arrived == sent
    assert arrived.message() == message
    # The example is what the wire carries, so a reader of the document sees the truth.
    assert json.loads(sent.data) == model.example


@pytest.mark.parametrize(("name", "model"), ALL)
def test_every_message_is_named_for_its_owner_and_its_major_version(name: str, model: type[Message]):
    owner, _, rest = name.partition(".")
    assert model.__module__.split(".")[:2] == ["contracts", owner]
    assert rest.rpartition(".v")[2].isdigit()
    assert issubclass(model, Event) or issubclass(model, Request)


@pytest.mark.parametrize(("name", "model"), ALL)
def test_every_message_is_imported_from_its_owners_package(name: str, model: type[Message]):
    package = importlib.import_module(f"contracts.{model.owner()}")
    assert model.__name__ in package.__all__, f"name it in contracts/{model.owner()}/__init__.py"


@pytest.mark.parametrize(("name", "model"), [(name, model) for name, model in ALL if issubclass(model, Event)])
def test_every_event_says_what_it_is_about(name: str, model: type[Event]):
    event = model.model_validate_json(json.dumps(model.example))
    assert UUID(event.subject)
    assert enveloped(event).headers()[PREFIX + "sequence"] == event.version


def test_two_messages_of_one_name_are_refused():
    with pytest.raises(TypeError, match=r"metering\.reading\.accepted\.v1"):

        class Twin(Event):
            message_type: ClassVar[str] = "metering.reading.accepted.v1"


def test_an_unknown_field_of_a_newer_sender_is_ignored():
    body = json.dumps(ReadingAccepted.example | {"seal": "intact"}).encode()
    sent = enveloped(ReadingAccepted.model_validate(ReadingAccepted.example))
    assert Envelope.from_amqp(sent.headers(), body).message() == sent.message()


def headers(**changes: Any) -> dict[str, Any]:
    good = enveloped(ReadingAccepted.model_validate(ReadingAccepted.example)).headers()
    return good | {PREFIX + name: value for name, value in changes.items()}


@pytest.mark.parametrize("kind", ["metering.reading.accepted.v2", "metering.reading.vanished.v1"])
def test_an_unknown_type_or_version_is_unreadable_and_named(kind: str):
    with pytest.raises(Unreadable, match=f"no message is called {kind}"):
        Envelope.from_amqp(headers(type=kind), b"{}").message()


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (b"<reading/>", "Invalid JSON"),
        (b"", "Invalid JSON"),
        (b"\xff\xfe", "Invalid JSON"),
        (b"[]", "body"),
        (b"{}", "reading_id"),
        (json.dumps(ReadingAccepted.example | {"value": "much"}).encode(), "value"),
        (json.dumps(ReadingAccepted.example | {"source": "guess"}).encode(), "source"),
    ],
)
def test_a_body_that_does_not_fit_is_unreadable_and_the_reason_told(body: bytes, told: str):
    with pytest.raises(Unreadable, match=r"the body does not fit metering\.reading\.accepted\.v1") as error:
        Envelope.from_amqp(headers(), body).message()
    assert told in str(error.value)


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"type": ""}, "cloudEvents_type is missing"),
        ({"id": "seven"}, "a header is malformed"),
        ({"time": "soon"}, "cloudEvents_time is no time"),
        ({"sequence": "first"}, "a header is malformed"),
    ],
)
def test_a_header_that_is_missing_or_wrong_is_unreadable_and_named(changes: dict[str, Any], told: str):
    with pytest.raises(Unreadable, match=told):
        Envelope.from_amqp(headers(**changes), b"{}")


# How messages grow.


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
    amount: int  # type: ignore[assignment]


class _Renamed(Value):
    title: str
    amount: Decimal
    part: _Part
    parts: tuple[_Part, ...]
    note: str | None = None


class _NewlyRequired(_First):
    note: str


class _NoLongerRequired(_First):
    name: str | None = None  # type: ignore[assignment]


class _WiderPart(Value):
    kind: Literal["a", "b", "c"]


class _WiderEnumeration(_First):
    parts: tuple[_WiderPart, ...]  # type: ignore[assignment]


class _NarrowerPart(Value):
    kind: Literal["a", "b"]
    depth: int


class _DeepRequired(_First):
    part: _NarrowerPart  # type: ignore[assignment]


class _OtherDefault(_First):
    note: str | None = "none"


def test_new_optional_fields_and_other_words_break_nothing():
    assert breaks(schema_of(_First), schema_of(_Grown)) == []


def test_a_grown_message_must_not_shrink_again():
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
def test_a_change_that_older_readers_would_not_survive_is_told_with_its_place(model: type[Value], told: str):
    assert told in breaks(schema_of(_First), schema_of(model))


def test_todays_messages_break_with_nothing_that_was_released():
    assert released.problems() == []


def test_every_message_of_today_is_released():
    assert list(released.unreleased()) == [], "run: python -m contracts.released"


@pytest.fixture
def model() -> Iterator[type[Message]]:
    """A message that exists for one test."""

    class Tried(Event):
        message_type: ClassVar[str] = "metering.contract.tried.v1"
        example: ClassVar[dict[str, Any]] = {}
        name: str

    yield Tried
    type_registry.pop("metering.contract.tried.v1", None)


def test_releasing_adds_a_file_for_each_growth_and_never_overwrites_one(tmp_path: Path, model: type[Message]):
    name = model.message_type
    assert f"{name}.json" in released.release(tmp_path)
    first = (tmp_path / f"{name}.json").read_text()
    assert released.release(tmp_path) == []

    class Grown(model):  # type: ignore[misc, valid-type]
        """Other words."""

        remark: str | None = None

    type_registry[name] = Grown
    assert released.release(tmp_path) == [f"{name}.2.json"]
    assert (tmp_path / f"{name}.json").read_text() == first
    assert released.release(tmp_path) == []

    type_registry[name] = model
    assert released.problems(tmp_path) == [f"{name}: body.remark: is gone"]
    with pytest.raises(ValueError, match="remark: is gone"):
        released.release(tmp_path)


def test_a_message_that_is_gone_is_a_break(tmp_path: Path, model: type[Message]):
    released.release(tmp_path)
    del type_registry[model.message_type]
    assert released.problems(tmp_path) == [f"{model.message_type}: is gone"]


# The AsyncAPI document.


def test_the_stored_document_is_todays():
    assert asyncapi.FILE.read_text(encoding="utf-8") == asyncapi.text(), "run: python -m contracts.asyncapi"


def test_the_document_names_the_exchanges_and_headers_that_the_code_uses():
    assert (asyncapi.EVENTS, asyncapi.REQUESTS, asyncapi.REPLIES) == (
        topology.EVENTS,
        topology.REQUESTS,
        topology.REPLIES,
    )
    assert (asyncapi.DEADLINE, asyncapi.IDEMPOTENCY_KEY) == (answering.DEADLINE, answering.IDEMPOTENCY_KEY)
    kinds = {exchange.name: exchange.type.value for exchange in topology.exchanges(())}
    for channel in asyncapi.document()["channels"].values():
        exchange = channel["bindings"]["amqp"]["exchange"]
        assert kinds[exchange["name"]] == exchange["type"]


def references(part: Any) -> Iterator[str]:
    if isinstance(part, dict):
        for name, value in part.items():
            if name == "$ref":
                yield value
            else:
                yield from references(value)
    elif isinstance(part, list):
        for each in part:
            yield from references(each)


def test_every_reference_of_the_document_leads_somewhere():
    stored = yaml.safe_load(asyncapi.FILE.read_text(encoding="utf-8"))
    found = set(references(stored))
    assert len(found) > 2 * len(ALL)
    for reference in found:
        place = stored
        for step in reference.removeprefix("#/").split("/"):
            assert step in place, reference
            place = place[step]


def test_every_message_has_one_operation_and_every_request_its_replies():
    operations = asyncapi.document()["operations"]
    assert list(operations) == [name for name, _ in ALL]
    for name, model in ALL:
        operation = operations[name]
        if issubclass(model, Event):
            assert (operation["action"], operation["channel"]["$ref"]) == ("send", "#/channels/events")
            assert "reply" not in operation
        else:
            assert (operation["action"], operation["channel"]["$ref"]) == ("receive", "#/channels/requests")
            assert len(operation["reply"]["messages"]) == 3


def test_the_headers_that_are_sent_are_the_documents():
    schemas = asyncapi.document()["components"]["schemas"]
    for _, model in ALL:
        sent = set(enveloped(model.model_validate_json(json.dumps(model.example))).headers())
        told = schemas["EventHeaders" if issubclass(model, Event) else "RequestHeaders"]
        assert set(told["required"]) <= sent <= set(told["properties"])


def test_money_and_quantities_are_text_in_the_document():
    value = asyncapi.document()["components"]["schemas"]["ReadingAccepted"]["properties"]["value"]
    assert DECIMAL.items() <= value.items()


@pytest.mark.parametrize("outcome", ["accepted", "rejected", "failed"])
def test_every_reply_of_the_document_is_one_that_the_asker_understands(outcome: str):
    schema = asyncapi.document()["components"]["schemas"][outcome.capitalize()]
    assert schema["properties"]["outcome"]["const"] == outcome
    example: dict[str, Any] = {"outcome": outcome}
    if outcome == "rejected":
        example |= {"code": "lower", "errors": [{"field": "value", "text": "Za mało"}]}
    assert reply_adapter.validate_python(example).outcome == outcome


def test_checking_tells_a_document_that_is_out_of_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
):
    monkeypatch.setattr(asyncapi, "FILE", tmp_path / "asyncapi.yaml")
    assert asyncapi.main(["--check"]) == 1
    assert "python -m contracts.asyncapi" in capsys.readouterr().err
    asyncapi.main([])
    assert asyncapi.main(["--check"]) == 0
    (tmp_path / "asyncapi.yaml").write_text("asyncapi: 3.0.0\n")
    assert asyncapi.main(["--check"]) == 1
