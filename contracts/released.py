"""The schemas that were released, one file each in `contracts/released/`: `python -m contracts.released`.

`<type>.json` is a message's first schema; each growth (new optional fields) adds `<type>.2.json`, `.3.json` and so on.
The tool adds files and never overwrites one; a test holds today's models against all of them.
"""

import json
import sys
from pathlib import Path
from typing import Any

from contracts.schema import breaks, messages, schema_of

FOLDER = Path(__file__).parent / "released"


def released(folder: Path = FOLDER) -> dict[str, list[dict[str, Any]]]:
    """Every released schema by message type, the first one first."""
    found: dict[str, list[tuple[int, dict[str, Any]]]] = {}
    for file in sorted(folder.glob("*.json")):
        name = file.name.removesuffix(".json")
        stem, _, last = name.rpartition(".")
        message_type, growth = (stem, int(last)) if last.isdigit() else (name, 1)
        found.setdefault(message_type, []).append((growth, json.loads(file.read_text(encoding="utf-8"))))
    return {name: [schema for _, schema in sorted(files, key=lambda each: each[0])] for name, files in found.items()}


def problems(folder: Path = FOLDER) -> list[str]:
    """How today's models break with what was released."""
    today = messages()
    found = []
    for message_type, schemas in released(folder).items():
        if message_type not in today:
            found.append(f"{message_type}: is gone")
            continue
        schema = schema_of(today[message_type])
        told = dict.fromkeys(fault for earlier in schemas for fault in breaks(earlier, schema))
        found += [f"{message_type}: {fault}" for fault in told]
    return found


def unreleased(folder: Path = FOLDER) -> dict[str, dict[str, Any]]:
    """The schemas of today that are not stored yet, by the name of the file that `release` would add."""
    known = released(folder)
    fresh = {}
    for message_type, model in messages().items():
        schema = schema_of(model)
        growths = known.get(message_type, [])
        # Other words for people are no growth: only fields and types count.
        if not any(not breaks(one, schema) and not breaks(schema, one) for one in growths):
            fresh[f"{message_type}.{len(growths) + 1}.json" if growths else f"{message_type}.json"] = schema
    return fresh


def release(folder: Path = FOLDER) -> list[str]:
    """Store what is new; returns the names of the files. Raises `ValueError` when a model breaks with a release."""
    if faults := problems(folder):
        raise ValueError("\n".join(faults))
    folder.mkdir(exist_ok=True)
    fresh = unreleased(folder)
    for name, schema in fresh.items():
        with (folder / name).open("x", encoding="utf-8") as file:
            file.write(json.dumps(schema, ensure_ascii=False, indent=2) + "\n")
    return sorted(fresh)


def main() -> int:
    """Release today's messages; exit code 1 tells what breaks."""
    try:
        added = release()
    except ValueError as error:
        sys.stderr.write(f"These messages break with what was released; make a new message (.v2) instead:\n{error}\n")
        return 1
    sys.stdout.write("".join(f"added contracts/released/{name}\n" for name in added) or "nothing new\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
