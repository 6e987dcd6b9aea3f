"""The AsyncAPI 3.0 document of the office, made from the messages: `python -m contracts.asyncapi [--check]`.

Another system should need nothing but `contracts/asyncapi.yaml` to take part. A test holds the names of exchanges and
headers that stand here against the code that uses them.
"""

import sys
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import yaml
from pydantic import BaseModel

from contracts.bounds import (
    FIRST_DAY,
    FIRST_MOMENT,
    LARGEST_WHOLE,
    LAST_DAY,
    LAST_MOMENT,
    MOST_DECIMALS,
    MOST_DIGITS,
)
from contracts.envelope import MEDIA_TYPE, PREFIX
from contracts.message import Event, Message, Request
from contracts.released import versions
from contracts.reply import Accepted, Failed, Rejected
from contracts.schema import messages, schema_of

FILE = Path(__file__).parent / "asyncapi.yaml"

EVENTS, REQUESTS, REPLIES = "ebok.events", "ebok.requests", "ebok.replies"
DEADLINE, IDEMPOTENCY_KEY = "x-ebok-deadline", "x-ebok-idempotency-key"

_REPLY_MODELS: dict[str, type[BaseModel]] = {"accepted": Accepted, "rejected": Rejected, "failed": Failed}
_BINDING = "0.3.0"

_BOUNDS = f"""\
Wherever they stand, these are refused: a time without its zone, or not of the years {FIRST_MOMENT.year} to
{LAST_MOMENT.year}; a date not of the years {FIRST_DAY.year} to {LAST_DAY.year}; a whole number beyond {LARGEST_WHOLE};
money or a quantity of {10**MOST_DIGITS} or more, or of more than {MOST_DECIMALS} decimals; a text with the character
U+0000; and a blank one where it is the number or the name that people know something by."""

_INTRODUCTION = f"""\
What the services of the customer office say to each other, over RabbitMQ.

Every message is a CloudEvent 1.0 in binary mode: the attributes are AMQP headers with the prefix `cloudEvents_`, the
body is JSON. The routing key is the message's type. Delivery is at least once: keep the ids (`cloudEvents_id`) that
have taken effect. `cloudEvents_sequence` grows with every event about the same thing (`cloudEvents_subject`); ignore an
event that is older than what you know, because events may come in another order.

A message only ever grows: optional fields, and values of those texts that have `x-known-values`. So ignore fields that
you do not know, and bear values that you do not know. Anything else is a new message with the next `.v<major>`; the old
one is then `deprecated` and has `x-superseded-by`. Read both from then on: a later release sends the new one only.

Money and quantities are decimal text, times are UTC, dates are local (Europe/Warsaw).

{_BOUNDS}

`info.version` is the last release that froze its messages.
"""


class _Dumper(yaml.SafeDumper):
    """Writes texts of several lines as such, and every part in full."""

    def ignore_aliases(self, data: object) -> bool:  # noqa: ARG002 (the base's signature)
        return True


def _text(dumper: yaml.SafeDumper, value: str) -> yaml.ScalarNode:
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|" if "\n" in value else None)


_Dumper.add_representer(str, _text)


def document() -> dict[str, Any]:
    """The whole document as plain data."""
    known = messages()
    events = {name: model for name, model in known.items() if issubclass(model, Event)}
    requests = {name: model for name, model in known.items() if issubclass(model, Request)}
    return {
        "asyncapi": "3.0.0",
        "info": {
            "title": "Otwarty eBOK",
            "version": versions()[-1],
            "description": _INTRODUCTION,
            "license": {"name": "EUPL-1.2"},
        },
        "defaultContentType": MEDIA_TYPE,
        "servers": {
            "broker": {
                "host": "{host}",
                "protocol": "amqp",
                "protocolVersion": "0.9.1",
                "description": "RabbitMQ 3.10 or newer, one virtual host an office.",
                "variables": {"host": {"default": "localhost:5672"}},
            }
        },
        "channels": {
            "events": _channel(EVENTS, "topic", "Facts that services state.", events),
            "requests": _channel(REQUESTS, "direct", "What a service is asked to do now.", requests),
            "replies": {
                "address": None,
                "description": "Replies to requests; the routing key is the request's AMQP property `reply_to`.",
                "messages": {name: _ref("messages", name) for name in _REPLY_MODELS},
                "bindings": _exchange(REPLIES, "direct"),
            },
        },
        "operations": {name: _operation(name, model) for name, model in known.items()},
        "components": {
            "messages": {
                **{name: _message(name, model) for name, model in known.items()},
                **{name: _reply(name, model) for name, model in _REPLY_MODELS.items()},
            },
            "schemas": {
                "EventHeaders": _headers("subject", "sequence"),
                "RequestHeaders": _request_headers(),
                **_schemas([*known.values(), *_REPLY_MODELS.values()]),
            },
        },
    }


def text() -> str:
    """The document as it is stored."""
    body = yaml.dump(document(), Dumper=_Dumper, sort_keys=False, allow_unicode=True, width=120)
    return f"# Made by `python -m contracts.asyncapi`; do not edit.\n{body}"


def _ref(kind: str, name: str) -> dict[str, str]:
    return {"$ref": f"#/components/{kind}/{name}"}


def _exchange(name: str, kind: str) -> dict[str, Any]:
    exchange = {"name": name, "type": kind, "durable": True, "autoDelete": False}
    return {"amqp": {"is": "routingKey", "exchange": exchange, "bindingVersion": _BINDING}}


def _channel(exchange: str, kind: str, description: str, models: Iterable[str]) -> dict[str, Any]:
    names = list(models)
    return {
        "address": "{messageType}",
        "description": f"{description} The routing key is the message's type.",
        "parameters": {"messageType": {"description": "The type of the message.", "enum": names}},
        "messages": {name: _ref("messages", name) for name in names},
        "bindings": _exchange(exchange, kind),
    }


def _operation(name: str, model: type[Message]) -> dict[str, Any]:
    channel = "events" if issubclass(model, Event) else "requests"
    operation: dict[str, Any] = {
        "action": "send" if issubclass(model, Event) else "receive",
        "channel": {"$ref": f"#/channels/{channel}"},
        "summary": _summary(model),
        "tags": [{"name": model.owner()}],
        "messages": [{"$ref": f"#/channels/{channel}/messages/{name}"}],
    }
    if issubclass(model, Request):
        operation["description"] = _outcome(model)
        operation["reply"] = {
            "address": {
                "location": "$message.header#/replyTo",
                "description": "The AMQP property reply_to; the reply carries the request's correlation_id.",
            },
            "channel": {"$ref": "#/channels/replies"},
            "messages": [{"$ref": f"#/channels/replies/messages/{reply}"} for reply in _REPLY_MODELS],
        }
    return operation


def _outcome(model: type[Request]) -> str:
    caused = ", ".join(event.message_type for event in model.causes)
    told = "An accepted request changes nothing." if not caused else f"An accepted request may bring back: {caused}."
    return told if model.answer is None else f"{told} Its reply's `answer` is the request's `x-answer`."


def _message(name: str, model: type[Message]) -> dict[str, Any]:
    return {
        "name": name,
        "title": model.__name__,
        "summary": _summary(model),
        "contentType": MEDIA_TYPE,
        "headers": _ref("schemas", "EventHeaders" if issubclass(model, Event) else "RequestHeaders"),
        "correlationId": {"location": f"$message.header#/{PREFIX}correlationid"},
        "payload": _ref("schemas", model.__name__),
        "examples": [{"payload": model.example}],
    }


def _reply(name: str, model: type[BaseModel]) -> dict[str, Any]:
    return {
        "name": name,
        "title": model.__name__,
        "summary": _summary(model),
        "contentType": MEDIA_TYPE,
        "payload": _ref("schemas", model.__name__),
    }


def _summary(model: type[BaseModel]) -> str:
    return (model.__doc__ or "").split("\n\n")[0].strip()


def _headers(*more: str) -> dict[str, Any]:
    attributes: dict[str, dict[str, Any]] = {
        "specversion": {"type": "string", "const": "1.0"},
        "id": {"type": "string", "format": "uuid", "description": "The same when the message comes twice."},
        "type": {"type": "string", "description": "The message's type, also the routing key."},
        "source": {"type": "string", "description": "`/` and the name of the service that sent it."},
        "time": {"type": "string", "format": "date-time"},
        "datacontenttype": {"type": "string", "const": MEDIA_TYPE},
        "correlationid": {"type": "string", "description": "The same from a person's click to the last e-mail."},
        "causationid": {"type": "string", "description": "Id of the message that made the sender send this one."},
        "subject": {"type": "string", "description": "Id of the thing that the event is about."},
        "sequence": {"type": "integer", "minimum": 1, "description": "The event's version of that thing."},
    }
    optional = {"correlationid", "causationid", "subject", "sequence"}
    wanted = [name for name in attributes if name not in {"subject", "sequence"} or name in more]
    return {
        "type": "object",
        "properties": {PREFIX + name: attributes[name] for name in wanted},
        "required": [PREFIX + name for name in wanted if name not in optional],
    }


def _request_headers() -> dict[str, Any]:
    headers = _headers()
    headers["properties"][DEADLINE] = {
        "type": "string",
        "format": "date-time",
        "description": "After it nobody waits for the reply, and the request is dropped, not run.",
    }
    headers["properties"][IDEMPOTENCY_KEY] = {
        "type": "string",
        "description": "The same request with the same key is carried out once and gets the same reply.",
    }
    return headers


def _schemas(models: Iterable[type[BaseModel]]) -> dict[str, Any]:
    """The schema of each model and of every part, by class name; `TypeError` when two differ under one name."""
    found: dict[str, Any] = {}
    for model in models:
        schema = schema_of(model, "#/components/schemas/{model}")
        for name, part in {**schema.pop("$defs", {}), model.__name__: schema}.items():
            if found.setdefault(name, part) != part:
                raise TypeError(f"two models are called {name}")
    return dict(sorted(found.items()))


def main(arguments: list[str]) -> int:
    """Write the document, or with --check only tell (exit code 1) that the stored one is out of date."""
    if "--check" not in arguments:
        FILE.write_text(text(), encoding="utf-8")
        return 0
    if FILE.exists() and FILE.read_text(encoding="utf-8") == text():
        return 0
    sys.stderr.write("contracts/asyncapi.yaml is out of date; run: python -m contracts.asyncapi\n")
    return 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
