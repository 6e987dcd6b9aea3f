"""The messages: how they travel, how they may grow, and the document that tells other systems."""

import contextlib
import importlib
import json
import re
from collections.abc import Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any, ClassVar, get_args
from uuid import UUID

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st
from pydantic import BaseModel, ValidationError

from contracts import asyncapi
from contracts.bounds import bounded
from contracts.envelope import PREFIX, Envelope, Unreadable
from contracts.identity import ApplicationReceived
from contracts.message import Event, Message, Request, type_registry
from contracts.metering import ReadingAccepted
from contracts.reply import Accepted, Rejected, reply_adapter
from contracts.schema import DECIMAL, messages
from services.chassis.messaging import answering, topology

ID = UUID("0198c0de-0000-7000-8000-0000000000ff")
NOW = datetime(2026, 11, 22, 12, 0, tzinfo=UTC)
ALL = list(messages().items())


def enveloped(message: Message) -> Envelope:
    return Envelope.of(message, id=ID, source="metering", time=NOW, correlation_id="click", causation_id="cause")


@pytest.mark.parametrize(("name", "model"), ALL)
def test_every_example_travels_and_arrives_as_it_was(name: str, model: type[Message]) -> None:
    message = model.model_validate_json(json.dumps(model.example))
    sent = enveloped(message)
    arrived = Envelope.from_amqp(sent.headers(), sent.data)
    assert arrived == sent
    assert arrived.message() == message
    # The example is what the wire carries, so a reader of the document sees the truth.
    assert json.loads(sent.data) == model.example


@pytest.mark.parametrize(("name", "model"), ALL)
def test_every_message_is_named_for_its_owner_and_its_major_version(name: str, model: type[Message]) -> None:
    owner, _, rest = name.partition(".")
    assert model.__module__.split(".")[:2] == ["contracts", owner]
    assert rest.rpartition(".v")[2].isdigit()
    assert issubclass(model, (Event, Request))


@pytest.mark.parametrize(("name", "model"), ALL)
def test_every_message_is_imported_from_its_owners_package(name: str, model: type[Message]) -> None:
    package = importlib.import_module(f"contracts.{model.owner()}")
    assert model.__name__ in package.__all__, f"name it in contracts/{model.owner()}/__init__.py"


@pytest.mark.parametrize(("name", "model"), [(name, model) for name, model in ALL if issubclass(model, Event)])
def test_every_event_says_what_it_is_about(name: str, model: type[Event]) -> None:
    event = model.model_validate_json(json.dumps(model.example))
    assert UUID(event.subject)
    assert enveloped(event).headers()[PREFIX + "sequence"] == event.version


def test_two_messages_of_one_name_are_refused() -> None:
    with pytest.raises(TypeError, match=r"metering\.reading\.accepted\.v1"):

        class Twin(Event):
            message_type: ClassVar[str] = "metering.reading.accepted.v1"


def test_an_unknown_field_of_a_newer_sender_is_ignored() -> None:
    body = json.dumps(ReadingAccepted.example | {"seal": "intact"}).encode()
    sent = enveloped(ReadingAccepted.model_validate(ReadingAccepted.example))
    assert Envelope.from_amqp(sent.headers(), body).message() == sent.message()


def headers(**changes: Any) -> dict[str, Any]:
    good = enveloped(ReadingAccepted.model_validate(ReadingAccepted.example)).headers()
    return good | {PREFIX + name: value for name, value in changes.items()}


@pytest.mark.parametrize("kind", ["metering.reading.accepted.v2", "metering.reading.vanished.v1"])
def test_an_unknown_type_or_version_is_unreadable_and_named(kind: str) -> None:
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
        (json.dumps(ReadingAccepted.example | {"unit": "barrel"}).encode(), "unit"),
        (json.dumps(ReadingAccepted.example | {"reading_id": "\0\u202e"}).encode(), "reading_id"),
    ],
)
def test_a_body_that_does_not_fit_is_unreadable_and_the_reason_told(body: bytes, told: str) -> None:
    with pytest.raises(Unreadable, match=r"the body does not fit metering\.reading\.accepted\.v1") as error:
        Envelope.from_amqp(headers(), body).message()
    assert told in str(error.value)
    assert str(error.value).isprintable()


@pytest.mark.parametrize(
    ("changes", "told"),
    [
        ({"type": ""}, "cloudEvents_type is missing"),
        ({"id": "seven"}, "cloudEvents_id is no UUID"),
        ({"time": "soon"}, "cloudEvents_time is no time"),
        ({"time": "2026-11-30T12:00:00"}, "cloudEvents_time is no time with a zone"),
        ({"time": "0001-01-01T00:00:00Z"}, "cloudEvents_time is no time.*1990 to 2100"),
        ({"sequence": "first"}, "cloudEvents_sequence is no whole number"),
        ({"sequence": None}, "cloudEvents_sequence is no whole number"),
        ({"sequence": 2**63}, "cloudEvents_sequence is no whole number"),
        ({"subject": ["a"]}, "cloudEvents_subject is no text"),
        ({"correlationid": "a\nb"}, "cloudEvents_correlationid is longer"),
        ({"causationid": "a" * 600}, "cloudEvents_causationid is longer"),
    ],
)
def test_a_header_that_is_missing_or_wrong_is_unreadable_and_named(changes: dict[str, Any], told: str) -> None:
    with pytest.raises(Unreadable, match=told):
        Envelope.from_amqp(headers(**changes), b"{}")


def with_long_texts(value: Any) -> Iterator[Any]:
    """The value again and again, each time with one of its texts as long as nobody writes."""
    if isinstance(value, str):
        yield "a" * 5_000
    elif isinstance(value, dict):
        yield from ({**value, name: long} for name in value for long in with_long_texts(value[name]))
    elif isinstance(value, list):
        yield from (
            [*value[:n], long, *value[n + 1 :]] for n in range(len(value)) for long in with_long_texts(value[n])
        )


@pytest.mark.parametrize(("name", "message"), ALL)
def test_every_text_of_every_message_is_bounded(name: str, message: type[Message]) -> None:
    for body in with_long_texts(message.example):
        with pytest.raises(ValidationError):
            message.model_validate(body)


BEYOND: dict[type, list[str | int]] = {
    datetime: ["0001-01-01T00:00:00Z", "9999-12-31T23:59:59Z", "0001-01-01T00:00:00+14:00", "2026-11-22T12:00:00"],
    date: ["0001-01-01", "9999-12-31"],
    int: [2**31, 2**70],
    Decimal: ["1e11", "-100000000000", "0e99", "0." + "1" * 40],
    str: ["a\0b"],
}
"""What is no moment, day or number of the office, and what no database can keep."""


def fields_of(model: type[BaseModel]) -> Iterator[tuple[list[str], Any]]:
    """Every field of a message and of its parts: the way to it, and its type."""
    for name, info in model.model_fields.items():
        yield [name], info.annotation
        for part in parts_of(info.annotation):
            if isinstance(part, type) and issubclass(part, BaseModel):
                yield from (([name, *way], kind) for way, kind in fields_of(part))


def parts_of(annotation: Any) -> Iterator[Any]:
    yield annotation
    for part in get_args(annotation):
        yield from parts_of(part)


def with_each(body: Any, way: list[str], value: Any) -> Any:
    """The body with `value` at the end of the way; in a list, in its first element."""
    if isinstance(body, list):
        return [with_each(body[0], way, value), *body[1:]]
    return {**body, way[0]: with_each(body[way[0]], way[1:], value) if way[1:] else value}


ODD_FIELDS = [
    pytest.param(model, way, value, id=f"{name}-{'.'.join(way)}-{str(value)[:24]!r}")
    for name, model in ALL
    for way, annotation in fields_of(model)
    for kind in set(parts_of(annotation)) & BEYOND.keys()
    for value in BEYOND[kind]
]


@pytest.mark.parametrize(("model", "way", "value"), ODD_FIELDS)
def test_nothing_beyond_calendars_and_databases_stands_in_any_field(
    model: type[Message], way: list[str], value: str | int
) -> None:
    given = [value] if "tuple" in str(model.model_fields[way[0]].annotation) and len(way) == 1 else value
    body = json.dumps(with_each(model.example, way, given)).encode()
    sent = enveloped(model.model_validate(model.example))
    with pytest.raises(Unreadable, match=rf"the body does not fit .*{way[0]}"):
        Envelope.from_amqp(sent.headers(), body).message()


def test_what_is_beyond_the_bounds_is_told_with_its_field_and_the_bounds() -> None:
    body = json.dumps(ApplicationReceived.example | {"received_at": "0001-01-01T00:00:00Z"}).encode()
    with pytest.raises(Unreadable, match=r"received_at: must be in the years 1990 to 2100$"):
        Envelope.from_amqp(headers(type=ApplicationReceived.message_type), body).message()


def test_the_oldest_meter_and_the_last_grosz_are_within_the_bounds() -> None:
    for value in (date(1900, 1, 1), date(2199, 12, 31), Decimal("-99999999999.99"), 2**31 - 1, True, "ą\r\n\t", None):
        assert bounded(value) == value


@pytest.mark.parametrize("blank", ["", " ", "\u00a0"])
@pytest.mark.parametrize("name", ["number", "name"])
def test_an_application_that_nobody_can_name_is_refused(name: str, blank: str) -> None:
    with pytest.raises(ValidationError, match="must not be blank"):
        ApplicationReceived.model_validate(ApplicationReceived.example | {name: blank})


@pytest.mark.parametrize("days", [-1, 367, 2**70])
def test_an_application_is_answered_within_a_year(days: int) -> None:
    with pytest.raises(ValidationError, match="verification_days"):
        ApplicationReceived.model_validate(ApplicationReceived.example | {"verification_days": days})


def lists_of(schema: Any) -> Iterator[dict[str, Any]]:
    """Every list that a JSON schema describes."""
    if isinstance(schema, dict):
        if schema.get("type") == "array":
            yield schema
        for part in schema.values():
            yield from lists_of(part)
    elif isinstance(schema, list):
        for part in schema:
            yield from lists_of(part)


def test_every_list_of_every_message_and_reply_is_bounded() -> None:
    schemas = {name: message.model_json_schema() for name, message in type_registry.items()}
    schemas |= {model.__name__: model.model_json_schema() for model in (Accepted, Rejected)}
    unbounded = [name for name, schema in schemas.items() for one in lists_of(schema) if "maxItems" not in one]
    assert unbounded == []


def test_a_body_beyond_all_bounds_is_unreadable_before_it_is_read() -> None:
    with pytest.raises(Unreadable, match="more than"):
        Envelope.from_amqp(headers(), b" " * 2_000_000).message()


_SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text() | st.binary() | st.datetimes()
ODD = st.recursive(_SCALARS, lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(), inner, max_size=3))
"""Whatever a header of AMQP can hold."""


@given(st.sampled_from(sorted(headers())), ODD, st.binary() | st.text().map(str.encode))
def test_whatever_a_header_or_a_body_holds_it_is_readable_or_unreadable_and_nothing_else(
    name: str, value: Any, body: bytes
) -> None:
    with contextlib.suppress(Unreadable):
        Envelope.from_amqp(headers() | {name: value}, body).message()


@pytest.mark.parametrize("body", [b"[" * 100_000, b'{"version": 1' + b"0" * 5_000 + b"}", b'{"value": 1e999999999}'])
def test_a_body_that_is_deep_or_holds_huge_numbers_is_unreadable(body: bytes) -> None:
    with pytest.raises(Unreadable):
        Envelope.from_amqp(headers(), body).message()


# The AsyncAPI document.


def test_the_stored_document_is_todays() -> None:
    assert asyncapi.FILE.read_text(encoding="utf-8") == asyncapi.text(), "run: python -m contracts.asyncapi"


def test_the_document_names_the_exchanges_and_headers_that_the_code_uses() -> None:
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


def test_every_reference_of_the_document_leads_somewhere() -> None:
    stored = yaml.safe_load(asyncapi.FILE.read_text(encoding="utf-8"))
    found = set(references(stored))
    assert len(found) > 2 * len(ALL)
    for reference in found:
        place = stored
        for step in reference.removeprefix("#/").split("/"):
            assert step in place, reference
            place = place[step]


def test_every_message_has_one_operation_and_every_request_its_replies() -> None:
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


def test_the_headers_that_are_sent_are_the_documents() -> None:
    schemas = asyncapi.document()["components"]["schemas"]
    for _, model in ALL:
        sent = set(enveloped(model.model_validate_json(json.dumps(model.example))).headers())
        told = schemas["EventHeaders" if issubclass(model, Event) else "RequestHeaders"]
        assert set(told["required"]) <= sent <= set(told["properties"])


def test_money_and_quantities_are_text_in_the_document() -> None:
    value = asyncapi.document()["components"]["schemas"]["ReadingAccepted"]["properties"]["value"]
    assert DECIMAL.items() <= value.items()


@pytest.mark.parametrize("outcome", ["accepted", "rejected", "failed"])
def test_every_reply_of_the_document_is_one_that_the_asker_understands(outcome: str) -> None:
    schema = asyncapi.document()["components"]["schemas"][outcome.capitalize()]
    assert schema["properties"]["outcome"]["const"] == outcome
    example: dict[str, Any] = {"outcome": outcome}
    if outcome == "rejected":
        example |= {"code": "lower", "errors": [{"field": "value", "code": "lower", "text": "Za mało"}]}
    assert reply_adapter.validate_python(example).outcome == outcome


def test_checking_tells_a_document_that_is_out_of_date(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(asyncapi, "FILE", tmp_path / "asyncapi.yaml")
    assert asyncapi.main(["--check"]) == 1
    assert "python -m contracts.asyncapi" in capsys.readouterr().err
    asyncapi.main([])
    assert asyncapi.main(["--check"]) == 0
    (tmp_path / "asyncapi.yaml").write_text("asyncapi: 3.0.0\n")
    assert asyncapi.main(["--check"]) == 1


@pytest.mark.parametrize(("name", "model"), ALL)
def test_every_field_of_a_message_says_what_it_is_and_in_what_unit(name: str, model: type[Message]) -> None:
    assert [field for field, info in model.model_fields.items() if not info.description] == []


def test_the_document_calls_messages_by_their_types() -> None:
    """A reader of asyncapi.yaml knows no class of ours."""
    assert re.findall(r"`[A-Z][a-z]+[A-Z][A-Za-z]*`", asyncapi.FILE.read_text(encoding="utf-8")) == []
