"""Refusals: each reason is a code with its parameters, and its Polish words are written from these alone."""

import math
from collections.abc import Callable, Mapping
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from string import Formatter
from typing import Any, Final, Generic, NamedTuple, TypeVar

from contracts.reply import FieldError
from services.chassis import figures

Code = TypeVar("Code", bound=str)


class Quantity(NamedTuple):
    """A figure with the symbol of its unit."""

    value: Decimal
    unit: str


Parameter = str | int | date | datetime | timedelta | Quantity
"""What words may name: a text, a count, a local date, a moment, a wait or a quantity."""


class Reasons(Generic[Code]):
    """Why a service says no: the words of each code.

    Words name their parameters as a format string does, and after the colon how a parameter is written for people (see
    `WRITTEN`); without a colon it is written as it is: `"Podaj datę późniejszą niż {last_on:day}."`
    """

    def __init__(self, words: Mapping[Code, str]) -> None:
        self.words = words

    def error(self, code: Code, field: str = "", **parameters: Parameter) -> FieldError:
        """The reason `code` at a field of the request. The parameters are those that its words name, no more, no less.

        Raises KeyError for a code without words or a parameter that is missing, ValueError for one too many.
        """
        texts = {name: _text(value) for name, value in parameters.items()}
        return FieldError(field=field, code=code, parameters=texts, text=said(self.words[code], texts, WRITTEN))


def _text(value: Parameter) -> str:
    """The parameter as programs read it (see `FieldError`)."""
    match value:
        case datetime():
            return value.astimezone(UTC).isoformat()
        case date():
            return value.isoformat()
        case timedelta():
            return str(math.ceil(value.total_seconds()))
        case Quantity():
            return f"{value.value:f} {value.unit}"
    return str(value)


def _quantity(text: str) -> str:
    value, _, unit = text.partition(" ")
    return figures.short_quantity(Decimal(value), unit)


def _wait(text: str) -> str:
    fives = math.ceil(int(text) / 5)  # each of which counts "sekund", not "sekundy"
    return f"{fives * 5} sekund" if fives < 12 else f"{math.ceil(fives / 12)} min"


Written = Mapping[str, Callable[[str], str]]
"""How a parameter's text is written for people, by what follows the colon in the words."""

WRITTEN: Final[Written] = {
    "": str,
    "day": lambda text: figures.day(date.fromisoformat(text)),
    "moment": lambda text: figures.moment(datetime.fromisoformat(text)),
    "quantity": _quantity,
    "wait": _wait,
}
"""As Polish writes them. A wait is rounded up: to five seconds, and from a minute on to whole minutes."""


def said(words: str, parameters: Mapping[str, str], written: Written) -> str:
    """The words with their parameters filled in. Raises KeyError and ValueError as `Reasons.error` does."""
    return _Words(written).vformat(words, (), parameters)


class _Words(Formatter):
    def __init__(self, written: Written) -> None:
        self._written = written

    def format_field(self, value: str, format_spec: str) -> str:
        return self._written[format_spec](value)

    def check_unused_args(self, used_args: set[int | str], args: object, kwargs: Mapping[str, Any]) -> None:  # noqa: ARG002 (the base's signature)
        if unused := kwargs.keys() - used_args:
            raise ValueError(f"the words do not name {', '.join(sorted(unused))}")
