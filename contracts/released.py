"""The schemas that were released: `python -m contracts.released [VERSION]`.

A release freezes its messages. `contracts/released/<version>/<type>.json` is the schema of a message that is new in
that release or has grown since the one before; what stands there is never overwritten, and a test holds today's models
against the last schema of each type. Until its first release a model may change freely.

A message may be dropped when a release has said that it is superseded; its schemas stay, so that the type is not given
to something else.
"""

import json
import re
import sys
from collections.abc import Mapping
from itertools import pairwise
from pathlib import Path
from typing import Any

from contracts.message import Message
from contracts.schema import SUPERSEDED_BY, breaks, messages, schema_of

FOLDER = Path(__file__).parent / "released"

_BREAKS = (
    "These messages break with what was released; the README tells what to do (“More in a message”, “A second version"
    " of a message”):\n"
)


def versions(folder: Path = FOLDER) -> list[str]:
    """The releases so far, the first one first."""
    return sorted((release.name for release in folder.glob("*/")), key=_parts)


def released(folder: Path = FOLDER) -> dict[str, dict[str, Any]]:
    """The last released schema of every message, by its type."""
    return {
        file.stem: json.loads(file.read_text(encoding="utf-8"))
        for version in versions(folder)
        for file in sorted((folder / version).glob("*.json"))
    }


def problems(folder: Path = FOLDER) -> list[str]:
    """How today's models break with what was released."""
    today = messages()
    found = []
    for message_type, schema in released(folder).items():
        if message_type in today:
            found += [f"{message_type}: {fault}" for fault in breaks(schema, schema_of(today[message_type]))]
        elif SUPERSEDED_BY not in schema:
            found.append(f"{message_type}: is gone, and no release said that it is superseded")
    return found + [f"{older}: is not said to be superseded, and there is {newer}" for older, newer in _unsaid(today)]


def unreleased(folder: Path = FOLDER) -> dict[str, dict[str, Any]]:
    """The schemas that the next release would add, by message type: what is new, has grown or is now superseded."""
    known = released(folder)
    today = {message_type: schema_of(model) for message_type, model in messages().items()}
    return {
        message_type: schema
        for message_type, schema in today.items()
        if message_type not in known or _says_more(schema, known[message_type])
    }


def release(version: str, folder: Path = FOLDER) -> list[str]:
    """Freeze today's messages as those of `version`; returns the types that are new, have grown or are now superseded.

    Raises `ValueError` when a model breaks with a release, or when `version` is not later than the last one.
    """
    if faults := problems(folder):
        raise ValueError(_BREAKS + "\n".join(faults))
    if not re.fullmatch(r"\d+(\.\d+)*", version):
        raise ValueError(f"“{version}” is no version; it is numbers and dots, such as 0.2.0")
    if (before := versions(folder)) and _parts(version) <= _parts(before[-1]):
        raise ValueError(f"{before[-1]} is released already; {version} is not later")
    fresh = unreleased(folder)
    for message_type, schema in fresh.items():
        file = folder / version / f"{message_type}.json"
        file.parent.mkdir(parents=True, exist_ok=True)
        file.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")
    return sorted(fresh)


def _unsaid(today: Mapping[str, type[Message]]) -> list[tuple[str, str]]:
    """Versions of a message that are followed by another one and do not say so."""
    versions_of: dict[str, dict[int, str]] = {}
    for message_type in today:
        name, _, version = message_type.rpartition(".v")
        versions_of.setdefault(name, {})[int(version)] = message_type
    pairs = [pair for each in versions_of.values() for pair in pairwise(each[version] for version in sorted(each))]
    return [(older, newer) for older, newer in pairs if today[older].superseded_by is not today[newer]]


def _says_more(schema: dict[str, Any], known: dict[str, Any]) -> bool:
    # Other words for people are no growth: only fields, types and supersession count.
    return bool(breaks(schema, known)) or schema.get(SUPERSEDED_BY) != known.get(SUPERSEDED_BY)


def _parts(version: str) -> list[int]:
    return [int(part) for part in version.split(".")]


def main(arguments: list[str], folder: Path = FOLDER) -> int:
    """Release today's messages as VERSION, or without one only tell what would be; exit code 1 tells what breaks."""
    try:
        if arguments:
            fresh, verb = release(arguments[0], folder), "released"
        elif faults := problems(folder):
            raise ValueError(_BREAKS + "\n".join(faults))
        else:
            fresh, verb = sorted(unreleased(folder)), "not released yet"
    except ValueError as error:
        sys.stderr.write(f"{error}\n")
        return 1
    sys.stdout.write("".join(f"{verb}: {message_type}\n" for message_type in fresh) or "nothing new\n")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
