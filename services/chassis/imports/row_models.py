"""A row of a file and its pydantic model: how cells are written in Poland, and what is wrong with them."""

import re
import types
from collections.abc import Iterable
from datetime import date, datetime
from decimal import Decimal
from functools import lru_cache
from typing import Annotated, Any, TypeVar, Union, get_args, get_origin

from pydantic import AfterValidator, BaseModel, ConfigDict, Field, ValidationError, field_validator
from pydantic_core import ErrorDetails

from contracts.bounds import OUT_OF_BOUNDS, bounded
from services.chassis import written

Row = TypeVar("Row", bound=BaseModel)

LONGEST_TEXT = 500
"""Characters of a text in a file, where its column sets no other bound; a message carries more."""


class FileRow(BaseModel):
    """What a row of a file is made of: nothing in it keeps the message that tells it from being sent."""

    model_config = ConfigDict(str_max_length=LONGEST_TEXT)

    @field_validator("*")
    @classmethod
    def _days_that_a_message_may_tell(cls, value: Any) -> Any:
        return bounded(value) if type(value) is date else value  # numbers and moments have their columns' own bounds


def _postal_code(value: str) -> str:
    if not re.fullmatch(r"[0-9]{2}-[0-9]{3}", value):
        raise ValueError("a postal code is written 00-000")
    return value


PostalCode = Annotated[str, AfterValidator(_postal_code)]
"""`00-950`."""


def _whole(value: str) -> str:
    if re.fullmatch(r"[0-9]+([.,][0-9]+)?[eE]\+[0-9]+", value):
        raise ValueError("a spreadsheet has shortened this number; make the column text and write the number in full")
    return value


Identifier = Annotated[str, AfterValidator(_whole)]
"""A number that names something, as of a meter: a spreadsheet may have made `1,23457E+11` of it."""


def _to_the_grosz(value: Decimal) -> Decimal:
    exponent = value.as_tuple().exponent
    if isinstance(exponent, int) and exponent < -2:
        raise ValueError("an amount has two decimals, and thousands are set apart by a blank: 1 000,00")
    return value


LARGEST = Decimal("99999999.99")
"""PLN; more than that is a mistake, and would not fit into a balance together with others."""

# The bound stands before the validator: behind one, pydantic tells it as Python writes it.
Money = Annotated[Decimal, Field(le=LARGEST, decimal_places=2), AfterValidator(_to_the_grosz)]
"""PLN, `LARGEST` at most. `1.000` is refused: where some write thousands so, it would be taken for one złoty."""

_ISO_MOMENT = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}[T ][0-9]{2}:[0-9]{2}")
_UNREADABLE = object()
_YES_NO = {"tak": "true", "nie": "false"}

_NUMBER = "is no number; write for example 12,5"
_DAY = "is no date; write for example 2026-10-31"
_MOMENT = "is no moment; write for example 2026-10-31T12:00:00Z"
_REASONS = {
    "missing": "is missing",
    "decimal": _NUMBER,
    "float": _NUMBER,
    "int": "is no whole number",
    "finite": _NUMBER,
    "datetime": _MOMENT,
    "timezone": _MOMENT,
    "date": _DAY,
    "bool": "write tak or nie, true or false",
    "string_type": "must be a text",
    "string_too_short": "is missing",
    "string_too_long": "is too long",
    "too_long": "is too long",  # so called where another validator stands before the bound
    "string_pattern": "is not written as it must be",
    "model": "must be an object with fields in braces { }",
    "dict": "must be an object with fields in braces { }",
    "list": "must be a list in brackets [ ]",
    "tuple": "must be a list in brackets [ ]",
    "extra_forbidden": "there is no such field",
}
"""By the beginning of pydantic's error type; the longest beginning counts."""


@lru_cache
def columns(model: type[BaseModel]) -> tuple[str, ...]:
    """The names that the columns of a file for `model` may have."""
    return tuple(field.alias or name for name, field in model.model_fields.items())


@lru_cache
def required_columns(model: type[BaseModel]) -> frozenset[str]:
    """Those that must be there."""
    return frozenset(field.alias or name for name, field in model.model_fields.items() if field.is_required())


def read_row(model: type[Row], values: dict[str, Any]) -> Row | list[tuple[str, str]]:
    """The row, or what is wrong with it: pairs of column and reason."""
    given = {name: _as_written(model, name, value) for name, value in values.items() if value is not None}
    try:
        return model.model_validate(given)
    except ValidationError as error:
        return [_told(problem) for problem in error.errors()]


def _as_written(model: type[BaseModel], column: str, value: Any) -> Any:
    """`1 234,5`, `31.10.2026` and `tak` as what they mean; what nobody writes so is unreadable to pydantic."""
    kinds = _kinds(model).get(column, frozenset())
    if date in kinds or datetime in kinds:
        return _time(value, with_moments=datetime in kinds)
    if not isinstance(value, str):
        return value
    if Decimal in kinds or int in kinds:
        meant = written.number(value)
        return _UNREADABLE if meant is None else meant
    return _YES_NO.get(value.lower(), value) if bool in kinds else value


def _time(value: Any, *, with_moments: bool) -> Any:
    if not isinstance(value, str):
        return _UNREADABLE
    if with_moments and _ISO_MOMENT.match(value):
        return value
    return written.day(value) or _UNREADABLE


@lru_cache
def _kinds(model: type[BaseModel]) -> dict[str, frozenset[Any]]:
    return {field.alias or name: frozenset(_parts(field.annotation)) for name, field in model.model_fields.items()}


def _parts(annotation: Any) -> Iterable[Any]:
    if get_origin(annotation) in (Union, types.UnionType):
        for part in get_args(annotation):
            yield from _parts(part)
    elif hasattr(annotation, "__metadata__"):
        yield from _parts(get_args(annotation)[0])
    else:
        yield annotation


def _told(problem: ErrorDetails) -> tuple[str, str]:
    place = ".".join(str(step) for step in problem["loc"])
    kind, details = problem["type"], problem.get("ctx", {})
    match kind:
        case "value_error":
            return place, str(details["error"])
        case "literal_error":
            return place, f"may be: {str(details['expected']).replace(' or ', ', ')}"
        case str() if kind == OUT_OF_BOUNDS:
            return place, problem["msg"]
        case "greater_than":
            return place, f"must be more than {details['gt']}"
        case "greater_than_equal":
            return place, f"must be at least {details['ge']}"
        case "less_than":
            return place, f"must be less than {details['lt']}"
        case "less_than_equal":
            return place, f"must be at most {details['le']}"
        case "decimal_max_places":
            return place, f"may have at most {details['decimal_places']} decimals"
        case "decimal_max_digits" | "decimal_whole_digits":
            return place, "the number is too long"
    known = max((start for start in _REASONS if kind.startswith(start)), key=len, default=None)
    return place, _REASONS[known] if known else f"does not fit ({problem['msg']})"
