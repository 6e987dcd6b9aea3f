"""Statutory late-payment interest."""

import tomllib
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files

from services.billing.money import to_grosz

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RateTable:
    """Yearly rates: `percents[n]` holds from the local day `days[n]` until the next one."""

    days: tuple[date, ...]
    percents: tuple[Decimal, ...]

    def segments(self, first: date, last: date) -> Iterator[tuple[int, Decimal]]:
        """How many of the days `first`…`last`, both included, bear which rate.

        Raises LookupError when `first` is older than the table.
        """
        if first < self.days[0]:
            raise LookupError(f"the table of rates does not reach back to {first}")
        at = bisect_right(self.days, first) - 1
        while first <= last:
            end = self.days[at + 1] - _ONE_DAY if at + 1 < len(self.days) else last
            yield (min(end, last) - first).days + 1, self.percents[at]
            first, at = end + _ONE_DAY, at + 1


@dataclass(frozen=True, slots=True)
class PaidPart:
    """A part of a debt in PLN and the local day on which it was paid, or up to which interest is asked for."""

    amount: Decimal
    paid_on: date


def late_interest(parts: Sequence[PaidPart], due: date, rates: RateTable, year_days: int) -> Decimal:
    """Statutory late-payment interest in PLN (Civil Code art. 481 § 2), rounded once to the grosz.

    Counts the days after `due` up to and including each part's day, each at the yearly rate of its day over
    `year_days`. Raises LookupError for days older than `rates`.
    """
    exact = sum(
        (
            part.amount * percent * days / (100 * year_days)
            for part in parts
            for days, percent in rates.segments(due + _ONE_DAY, part.paid_on)
            if part.paid_on > due
        ),
        Decimal(0),
    )
    return to_grosz(exact)


@cache
def statutory_rates() -> RateTable:
    """The rates of `interest_rates.toml`."""
    table = tomllib.loads((files("services.billing") / "interest_rates.toml").read_text(encoding="utf-8"))["rates"]
    return RateTable(tuple(row["from"] for row in table), tuple(Decimal(row["percent"]) for row in table))
