"""How services say no: a code with its parameters, and the words that are written from these alone."""

import ast
from collections.abc import Iterator
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from importlib import import_module
from pathlib import Path
from string import Formatter
from typing import Any, get_args

import pytest

from services.chassis.refusals import WRITTEN, Quantity, Reasons

SERVICES = Path(__file__).parents[2] / "services"
REFUSING = sorted(path.parent.name for path in SERVICES.glob("*/refusals.py") if path.parent.name != "chassis")


def named(words: str) -> set[str]:
    """The parameters that words name."""
    return {name for _, name, _, _ in Formatter().parse(words) if name is not None}


def table(service: str) -> dict[str, str]:
    words: dict[str, str] = import_module(f"services.{service}.refusals").reasons.words
    return words


def calls(folder: Path) -> Iterator[tuple[str, ast.Call]]:
    """Each call in the modules of a folder, with the last name of what is called."""
    for path in sorted(folder.rglob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Call):
                yield ast.unparse(node.func), node


def reasons_given(service: str) -> list[tuple[str, set[str]]]:
    """The code and the names of the parameters of each `reasons.error(…)` of a service."""
    return [
        (ast.literal_eval(call.args[0]), {str(keyword.arg) for keyword in call.keywords} - {"field"})
        for name, call in calls(SERVICES / service)
        if name == "reasons.error"
    ]


@pytest.mark.parametrize("service", REFUSING)
def test_every_code_has_words_and_some_rule_gives_it(service: str) -> None:
    codes = set(get_args(import_module(f"services.{service}.refusals").Code))
    assert set(table(service)) == codes, f"each code of services/{service}/refusals.py has its words there"
    assert {code for code, _ in reasons_given(service)} == codes


@pytest.mark.parametrize("service", REFUSING)
def test_every_reason_is_given_with_the_parameters_that_its_words_name(service: str) -> None:
    words = table(service)
    for code, parameters in reasons_given(service):
        assert parameters == named(words[code]), code


@pytest.mark.parametrize("service", REFUSING)
def test_words_write_their_parameters_in_ways_that_there_are(service: str) -> None:
    for code, words in table(service).items():
        assert {spec for _, _, spec, _ in Formatter().parse(words) if spec is not None} <= set(WRITTEN), code


@pytest.mark.parametrize("service", REFUSING)
def test_the_readme_of_a_service_names_its_codes(service: str) -> None:
    readme = (SERVICES / service / "README.md").read_text(encoding="utf-8")
    outcomes = {
        ast.literal_eval(keyword.value)
        for name, call in calls(SERVICES / service)
        for keyword in call.keywords
        if name == "Refused" and keyword.arg == "code"
    }
    assert {code for code in {*table(service), *outcomes} if f"`{code}`" not in readme} == set()


def test_a_reason_is_made_from_a_service_s_table_and_nowhere_else() -> None:
    services = (path.parent for path in SERVICES.glob("*/app.py"))
    assert [folder.name for folder in services for name, _ in calls(folder) if name.endswith("FieldError")] == []


@pytest.mark.parametrize(
    ("words", "value", "text", "written"),
    [
        ("{it}", "10 000", "10 000", "10 000"),
        ("{it}", 3, "3", "3"),
        ("{it:day}", date(2026, 11, 2), "2026-11-02", "02.11.2026"),
        ("{it:moment}", datetime(2026, 11, 22, 10, 0, tzinfo=UTC), "2026-11-22T10:00:00+00:00", "22.11.2026, 11:00"),
        (
            "{it:quantity}",
            Quantity(Decimal("1234.500"), "m3"),
            "1234.500 m3",
            "1\u00a0234,5\u00a0m³",
        ),
        (
            "{it:quantity}",
            Quantity(Decimal("1E+9"), "GJ"),
            "1000000000 GJ",
            "1\u00a0000\u00a0000\u00a0000\u00a0GJ",
        ),
        ("{it:wait}", timedelta(seconds=30), "30", "30 sekund"),
        ("{it:wait}", timedelta(seconds=20.3), "21", "25 sekund"),
        ("{it:wait}", timedelta(seconds=56), "56", "1 min"),
        ("{it:wait}", timedelta(seconds=121), "121", "3 min"),
    ],
)
def test_a_parameter_is_text_for_programs_and_written_for_people(
    words: str, value: Any, text: str, written: str
) -> None:
    error = Reasons({"no": f"Nie: {words}."}).error("no", "field", it=value)
    assert (error.field, error.code, error.parameters, error.text) == ("field", "no", {"it": text}, f"Nie: {written}.")


def test_what_a_person_typed_is_never_read_as_words() -> None:
    error = Reasons({"taken": "Login {login} jest zajęty."}).error("taken", "login", login="{0}{x:day}")
    assert error.text == "Login {0}{x:day} jest zajęty."


def test_a_parameter_too_many_or_too_few_is_a_fault() -> None:
    reasons = Reasons({"late": "Najpóźniej {today:day}."})
    with pytest.raises(KeyError, match="today"):
        reasons.error("late")
    with pytest.raises(ValueError, match="the words do not name yesterday"):
        reasons.error("late", today=date(2026, 11, 2), yesterday=date(2026, 11, 1))
