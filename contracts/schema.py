"""JSON schemas of messages, as they are on the wire, and which later schema still understands an earlier one."""

import importlib
import pkgutil
from collections.abc import Iterator, Mapping
from typing import Any

from pydantic import BaseModel
from pydantic.json_schema import GenerateJsonSchema, JsonSchemaValue
from pydantic_core import core_schema

import contracts
from contracts.kinds import KNOWN_VALUES
from contracts.message import Message, Request, type_registry

DECIMAL = {"type": "string", "pattern": r"^-?[0-9]+(\.[0-9]+)?$"}
"""Money and quantities travel as text, so that no reader turns them into binary fractions."""

SUPERSEDED_BY = "x-superseded-by"
"""The word of a message's schema for the type of the message that takes its place."""

ANSWER = "x-answer"
"""The word of a request's schema for that of its answer, so that an answer only grows as well."""

_WORDS = frozenset({"title", "description", "example", "examples", "x-secret", "deprecated", SUPERSEDED_BY})
"""What a schema says to people; the wire does not depend on it."""


_BOUNDS = frozenset({"maxLength", "maxItems"})
"""Words that may come later: they keep out what nobody sends. Once there, they stay as they are."""


class _OnTheWire(GenerateJsonSchema):
    def decimal_schema(self, schema: core_schema.DecimalSchema) -> JsonSchemaValue:  # noqa: ARG002 (the base's signature)
        return dict(DECIMAL)


def messages() -> dict[str, type[Message]]:
    """Every message of the office by its type, in the order of the types."""
    for module in pkgutil.walk_packages(contracts.__path__, "contracts."):
        importlib.import_module(module.name)
    return {name: type_registry[name] for name in sorted(type_registry)}


def schema_of(model: type[BaseModel], ref_template: str = "#/$defs/{model}") -> dict[str, Any]:
    """The JSON schema (draft 2020-12) of a message, or of another model that travels."""
    schema = model.model_json_schema(schema_generator=_OnTheWire, ref_template=ref_template)
    if issubclass(model, Message) and model.superseded_by is not None:
        schema |= {"deprecated": True, SUPERSEDED_BY: model.superseded_by.message_type}
    if issubclass(model, Request) and model.answer is not None:
        schema[ANSWER] = schema_of(model.answer, ref_template)
    return schema


def breaks(released: Mapping[str, Any], today: Mapping[str, Any]) -> list[str]:
    """How `today` breaks with those who know only `released`: each fault with its place; empty when it does not.

    Three changes are allowed: a new optional field, a new value of an open kind, and a first bound of a length. A field
    that is gone, renamed, of another type, newly required (older senders leave it out) or no longer required (older
    readers need it) is a fault; so is a new value of a closed enumeration, because older readers park what they do not
    know.
    """
    return list(_breaks(_resolved(released), _resolved(today), "body"))


def _breaks(released: Any, today: Any, place: str) -> Iterator[str]:
    if not isinstance(released, dict) or not isinstance(today, dict):
        if released != today:
            yield f"{place}: was {released!r}, is {today!r}"
        return
    for word in sorted((released.keys() | today.keys()) - _WORDS - {"properties", "required"}):
        if word in _BOUNDS and word not in released:
            continue
        if word not in released or word not in today:
            yield f"{place}: {word} {'is new' if word in today else 'is gone'}"
        elif word == KNOWN_VALUES:
            gone = [value for value in released[word] if value not in today[word]]
            yield from (f"{place}: the known value {value!r} is gone" for value in gone)
        elif isinstance(released[word], list) and isinstance(today[word], list):
            yield from _list_breaks(released[word], today[word], f"{place}.{word}")
        else:
            yield from _breaks(released[word], today[word], f"{place}.{word}" if word != "items" else f"{place}[]")
    yield from _field_breaks(released, today, place)


def _list_breaks(released: list[Any], today: list[Any], place: str) -> Iterator[str]:
    if len(released) != len(today):
        yield f"{place}: was {released!r}, is {today!r}"
        return
    for number, (before, after) in enumerate(zip(released, today, strict=True)):
        yield from _breaks(before, after, f"{place}[{number}]")


def _field_breaks(released: Mapping[str, Any], today: Mapping[str, Any], place: str) -> Iterator[str]:
    before, after = released.get("properties", {}), today.get("properties", {})
    was_required, is_required = set(released.get("required", ())), set(today.get("required", ()))
    for name in before:
        if name not in after:
            yield f"{place}.{name}: is gone"
            continue
        if (name in was_required) != (name in is_required):
            yield f"{place}.{name}: is {'now required' if name in is_required else 'no longer required'}"
        yield from _breaks(before[name], after[name], f"{place}.{name}")
    for name in after:
        if name not in before and name in is_required:
            yield f"{place}.{name}: is new and required"


def _resolved(schema: Mapping[str, Any]) -> Any:
    """The schema with every `$ref` replaced by what it names, so that the names of parts do not matter."""
    definitions = schema.get("$defs", {})

    def resolve(part: Any) -> Any:
        if isinstance(part, dict):
            if "$ref" in part:
                target = definitions[part["$ref"].rpartition("/")[2]]
                return resolve({**target, **{word: value for word, value in part.items() if word != "$ref"}})
            return {word: resolve(value) for word, value in part.items() if word != "$defs"}
        return [resolve(each) for each in part] if isinstance(part, list) else part

    return resolve(schema)
