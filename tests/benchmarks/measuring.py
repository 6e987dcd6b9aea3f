"""A measurement beside its reference, and how it is told."""

import json
import statistics
from collections.abc import Awaitable, Callable, Iterable
from dataclasses import asdict, dataclass
from pathlib import Path

from rich.console import Console
from rich.table import Table

ROUNDS = 5


@dataclass(frozen=True)
class Measurement:
    """A figure, what it is compared with, and the ratio that it must keep.

    `ratio` is made so that more is better; a figure without a bar is only told.
    """

    name: str
    value: float
    unit: str
    reference: float | None = None
    ratio: float | None = None
    bar: float | None = None

    @property
    def holds(self) -> bool:
        """Whether the bar is kept."""
        return self.bar is None or (self.ratio is not None and self.ratio >= self.bar)

    @classmethod
    def rate(cls, name: str, value: float, reference: float, unit: str, bar: float) -> "Measurement":
        """More is better: the ratio is value over reference."""
        return cls(name, value, unit, reference, value / reference, bar)

    @classmethod
    def cost(cls, name: str, value: float, reference: float, unit: str) -> "Measurement":
        """Less is better: at most the reference."""
        return cls(name, value, unit, reference, reference / value, 1.0)


async def alternated(*measured: Callable[[], Awaitable[float]], rounds: int = ROUNDS) -> list[float]:
    """The median of each, measured in turns so that the machine's other work touches all alike.

    The first round only warms up.
    """
    found = [[await measure() for measure in measured] for _ in range(rounds + 1)]
    return [statistics.median(values) for values in zip(*found[1:], strict=True)]


def tell(measurements: Iterable[Measurement], console: Console) -> None:
    """Print the table."""
    table = Table("", "value", "unit", "reference", "ratio", "bar", "holds")
    for m in measurements:
        cells = [f"{x:,.2f}" if x is not None else "" for x in (m.value, m.reference, m.ratio, m.bar)]
        holds = "" if m.bar is None else "yes" if m.holds else "[red]no"
        table.add_row(m.name, cells[0], m.unit, *cells[1:], holds)
    console.print(table)


def store(measurements: Iterable[Measurement], path: Path) -> None:
    """Write one JSON object a line."""
    path.parent.mkdir(parents=True, exist_ok=True)
    lines = [json.dumps({**asdict(m), "holds": m.holds}) for m in measurements]
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
