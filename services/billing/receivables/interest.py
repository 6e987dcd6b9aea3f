"""Statutory late-payment interest (odsetki ustawowe za opóźnienie, Civil Code art. 481 § 2)."""

import tomllib
from bisect import bisect_right
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files

from services.billing.invoicing.money import to_grosz

_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class RateTable:
    """Yearly rates in percent, each from its first day until the next one begins; the days in order."""

    first_days: tuple[date, ...]
    percents: tuple[Decimal, ...]

    def segments(self, first: date, last: date) -> Iterable[tuple[int, Decimal]]:
        """Numbers of days from `first` to `last`, both included, each with its rate.

        Days before the table begins are left out: their rate is not known, and such debts are long barred by limitation
        (three years for periodic claims, Civil Code art. 118).
        """
        first = max(first, self.first_days[0])
        place = bisect_right(self.first_days, first) - 1
        while first <= last:
            next_change = self.first_days[place + 1] if place + 1 < len(self.first_days) else date.max
            until = min(last, next_change - _DAY)
            yield (until - first).days + 1, self.percents[place]
            first, place = until + _DAY, place + 1


@cache
def statutory_rates() -> RateTable:
    """The rates in `interest_rates.toml`, which tells their sources."""
    listed = tomllib.loads((files("services.billing.receivables") / "interest_rates.toml").read_text(encoding="utf-8"))[
        "rates"
    ]
    rates = sorted((entry["from"], Decimal(entry["percent"])) for entry in listed)
    return RateTable(tuple(day for day, _ in rates), tuple(percent for _, percent in rates))


@dataclass(frozen=True, slots=True)
class PaidPart:
    """A part of a debt in PLN and the local day on which it was paid, or up to which interest is asked."""

    amount: Decimal
    on: date


def late_interest(parts: Iterable[PaidPart], due: date, rates: RateTable, year_days: int) -> Decimal:
    """Interest in PLN on the parts of one debt that was due on `due`, rounded once to the grosz.

    Each part bears interest for the days after `due` up to and including its own, at the yearly rate of each day over
    `year_days` (the Code does not fix 365 or 366). No interest is counted on interest (Civil Code art. 482).
    """
    exact = sum(
        (
            part.amount * percent * days / (100 * year_days)
            for part in parts
            if part.on > due
            for days, percent in rates.segments(due + _DAY, part.on)
        ),
        Decimal(0),
    )
    return to_grosz(exact)
