"""Files that a test gives to an import."""

import csv
import secrets
from collections.abc import Iterable, Mapping
from pathlib import Path


def csv_file(folder: Path, rows: Iterable[Mapping[str, object]]) -> Path:
    """A new CSV file in `folder` with `rows`, each given by column name."""
    rows = list(rows)
    path = folder / f"{secrets.token_hex(4)}.csv"
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, fieldnames=list(dict.fromkeys(name for row in rows for name in row)))
        writer.writeheader()
        writer.writerows(rows)
    return path
