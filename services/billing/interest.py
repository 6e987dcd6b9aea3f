"""Statutory late-payment interest."""

import tomllib
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from decimal import Decimal
from functools import cache
from importlib.resources import files

from services.billing.money import to_grosz

_ONE_DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Rate:
    """A yearly rate in percent, valid from a day until the next one."""

    valid_from: date
    percent: Decimal


@cache
def statutory_rates() -> Sequence[Rate]:
    """The rates of `interest_rates.toml`, the oldest first."""
    table = tomllib.loads((files("services.billing") / "interest_rates.toml").read_text())
    return tuple(sorted((Rate(row["from"], Decimal(row["percent"])) for row in table["rate"]), key=_from))


def late_interest(
    principal: Decimal, due: date, paid: date, *, divisor: int = 365, rates: Sequence[Rate] | None = None
) -> Decimal:
    """Statutory late-payment interest in PLN (Civil Code art. 481 § 2), rounded once to the grosz.

    Counts the days after `due` up to and including `paid`, each at the yearly rate of its day over `divisor` days.
    """
    if paid <= due or principal <= 0:
        return Decimal("0.00")
    table = statutory_rates() if rates is None else rates
    ends = [*(later.valid_from - _ONE_DAY for later in table[1:]), date.max]
    percent_days = Decimal(0)
    for rate, end in zip(table, ends, strict=True):
        first, last = max(due + _ONE_DAY, rate.valid_from), min(paid, end)
        if first <= last:
            percent_days += rate.percent * ((last - first).days + 1)
    return to_grosz(principal * percent_days / 100 / divisor)


def _from(rate: Rate) -> date:
    return rate.valid_from
