"""From a utility's TOML file to its profile; every mistake is told by file, section and field."""

import json
import tomllib
from collections.abc import Collection, Iterator, Mapping
from pathlib import Path
from typing import Any, Final

from pydantic import ValidationError

from services.chassis.profile.languages import Languages
from services.chassis.profile.looks import Looks
from services.chassis.profile.profile import Profile
from services.chassis.profile.sections import Section
from services.chassis.profile.utility import Utility

OF_EVERYBODY: Final[tuple[type[Section], ...]] = (Utility, Languages, Looks)
"""The sections that no service owns."""


class ProfileError(ValueError):
    """A profile that cannot be used; the text names the file, each wrong `section.field`, and what is wrong with it."""


def read_profile(file: Path, sections: Collection[type[Section]]) -> Profile:
    """Read and check the profile in a TOML file, made of those `OF_EVERYBODY` and the services' `sections`.

    Files that it names (documents, blocklist) are read from beside it. Raises `ProfileError` with all mistakes.
    """
    tables = _tables(file)
    found: list[Section] = []
    wrong: list[str] = []
    for section in (*OF_EVERYBODY, *sections):
        table = json.dumps(tables.pop(section.section, {}), default=str)
        try:
            # Strict JSON mode refuses "14" for 14 and 1 for true, yet reads lists as tuples and text as dates.
            found.append(section.model_validate_json(table, strict=True, context={"folder": file.parent}))
        except ValidationError as error:
            wrong += _mistakes(section, error)
    wrong += [f"{name}: no service has such a section" for name in tables]
    if not wrong:
        profile = Profile(found)
        wrong = [f"{section.section}: {problem}" for section, problem in profile.problems()]
    if wrong:
        raise ProfileError("\n".join(f"{file}: {mistake}" for mistake in wrong))
    return profile


def _tables(file: Path) -> dict[str, Any]:
    try:
        return tomllib.loads(file.read_text(encoding="utf-8-sig"))  # some editors begin a file with a mark (BOM)
    except tomllib.TOMLDecodeError as error:
        raise ProfileError(f"{file}: is no TOML: {error}") from error
    except UnicodeDecodeError as error:
        raise ProfileError(f"{file}: is not written in UTF-8: save it again as UTF-8") from error
    except OSError as error:
        raise ProfileError(f"{file}: cannot be read: {error}") from error


def _mistakes(section: type[Section], error: ValidationError) -> Iterator[str]:
    for problem in error.errors():
        steps = (f"[{step}]" if isinstance(step, int) else f".{step}" for step in problem["loc"])
        yield f"{section.section}{''.join(steps)}: {_told(problem)}"


def _told(problem: Mapping[str, Any]) -> str:
    match problem["type"]:
        case "missing":
            return "is missing"
        case "extra_forbidden":
            return "there is no such setting"
        case "value_error":
            return str(problem["ctx"]["error"])
    given = "" if isinstance(problem["input"], dict | list) else f", not {problem['input']!r}"
    return str(problem["msg"]).removeprefix("Input ") + given
