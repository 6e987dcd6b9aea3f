"""Kinds that will grow: writers are held to the known values, readers bear any other.

A message says `kind: Open[EntryKind]`, where `EntryKind = Literal["charge", "payment"]`. For mypy that is a known value
or an `Unknown`, so a misspelt value is refused where the message is made, and whoever reads one has to say what becomes
of the rest. In the schema it is a `string` with `x-known-values`, which a later release may lengthen.

A kind without which a reader would act wrongly is no open kind: it stays a plain `Literal`, and its docstring says why.
"""

from typing import Annotated, Any, TypeVar, get_args

from pydantic import GetCoreSchemaHandler, WithJsonSchema
from pydantic_core import CoreSchema, core_schema

KNOWN_VALUES = "x-known-values"
"""The word of the schema that lists what an open kind may be today."""


class Unknown(str):
    """A value for which its reader has no name, because the sender is newer: the text as it came."""

    __slots__ = ()


class _OpenKind:
    def __get_pydantic_core_schema__(self, source: Any, handler: GetCoreSchemaHandler) -> CoreSchema:
        known = get_args(get_args(source)[0])
        text = handler.generate_schema(Annotated[str, WithJsonSchema({"type": "string", KNOWN_VALUES: list(known)})])
        return core_schema.no_info_after_validator_function(
            lambda value: value if value in known else Unknown(value), text
        )


_Known = TypeVar("_Known", bound=str)

Open = Annotated[_Known | Unknown, _OpenKind()]
"""`Open[Literal[…]]`: one of the known values, or `Unknown`."""
